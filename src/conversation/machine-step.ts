import { createActor, type AnyActorScope } from 'xstate'
import { type Context, emptyContext } from '../../flows/context.ts'
import type { ConversationEvent } from '../../flows/events.ts'
import { machine } from '../../flows/machine.ts'
import type { Want } from '../../flows/page.ts'
import { pathOf, valueOf } from './state-path.ts'

/**
 * The one place that touches XState's engine: a pure transition of a path and a context, with the wants that the flow
 * asked for as data. It reuses one scope instead of building an actor per turn, which is what XState's own `transition()`
 * does; tests/conversation/machine-step.test.ts holds the two against each other (docs/decisions/0002-xstate-pure.md).
 */
export interface Moved {
  path: string
  context: Context
  wants: readonly Want[]
}

type Snapshot = ReturnType<typeof machine.resolveState>

const idle = createActor(machine, { input: { context: emptyContext('whatsapp', '') } })
const taken: Want[] = []
const scope: AnyActorScope = {
  self: idle,
  id: idle.id,
  sessionId: idle.sessionId,
  system: idle.system,
  logger: () => {},
  defer: () => {},
  emit: () => {},
  stopChild: () => {},
  actionExecutor: (action) => {
    if (action.type === 'want') taken.push((action.params as { want: Want }).want)
  },
}

/** Resolved once a path: a snapshot carries nothing but its state nodes, the context is put in by every turn. */
const resolved = new Map<string, Snapshot>()

export function move(path: string, context: Context, event: ConversationEvent): Moved {
  taken.length = 0
  const before = { ...snapshotAt(path, context), context } as Snapshot
  const after = machine.transition(before, event, scope)
  return { path: pathOf(after.value), context: after.context, wants: taken.length === 0 ? NONE : [...taken] }
}

function snapshotAt(path: string, context: Context): Snapshot {
  let snapshot = resolved.get(path)
  if (snapshot === undefined) {
    snapshot = machine.resolveState({ value: valueOf(path), context })
    resolved.set(path, snapshot)
  }
  return snapshot
}

const NONE: readonly Want[] = []
