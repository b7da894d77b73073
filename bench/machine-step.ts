import { transition } from 'xstate'
import { type Context, emptyContext } from '../flows/context.ts'
import type { ConversationEvent } from '../flows/events.ts'
import { machine } from '../flows/machine.ts'
import { factsAt } from '../src/conversation/facts.ts'
import { move } from '../src/conversation/machine-step.ts'
import { pathOf, valueOf } from '../src/conversation/state-path.ts'
import { benchDirectory, MOMENT } from './parts.ts'
import { ratioRow, type Row } from './row.ts'

/** Our step of the machine beside XState's own `transition()`, over the same walk (docs/decisions/0002-xstate-pure.md). */
const ROUNDS = 7
const WALKS = 1_000
const BEGIN = 'menu.start'
const WALK = ['choose.health', 'choose.yes', 'choose.threeDays', 'choose.proof', 'choose.menu'] as const

interface At {
  path: string
  context: Context
}
type Step = (at: At, event: ConversationEvent) => At

export function machineStepRows(): Row[] {
  const facts = factsAt({ directory: benchDirectory(), languages: ['en'], entrance: 'open' }, MOMENT)
  const events = WALK.map((type): ConversationEvent => ({ type, facts }))
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const own = stepsPerSecond(events, ({ path, context }, event) => move(path, context, event))
    const xstates = stepsPerSecond(events, ({ path, context }, event) => {
      const [next] = transition(machine, machine.resolveState({ value: valueOf(path), context }), event)
      return { path: pathOf(next.value), context: next.context }
    })
    // The first round warms up.
    if (round === 0) continue
    ours.push(own)
    theirs.push(xstates)
  }
  return [ratioRow('one step of the machine', 'steps/s', ours, "XState's transition()", theirs, 1)]
}

function stepsPerSecond(events: readonly ConversationEvent[], step: Step): number {
  let at: At = { path: BEGIN, context: { ...emptyContext('whatsapp', 'en'), taught: true } }
  const begin = performance.now()
  for (let walk = 0; walk < WALKS; walk += 1) {
    for (const event of events) at = step(at, event)
    if (at.path !== BEGIN) throw new Error(`the walk ended at ${at.path}`)
  }
  return (WALKS * events.length) / ((performance.now() - begin) / 1000)
}
