import type { Instant } from '../../../operations/environment.ts'
import type { KeptAnswer, Taken, Writing } from '../wire.ts'
import { createEventReader, type Arrived } from './event-lines.ts'

/** The server as the phone sees it: it may be away at any moment, and no call ever throws for that. */

export type WriteOutcome = { kind: 'taken'; at: Instant } | { kind: 'refused' } | { kind: 'away' }

interface As {
  /** The phone's address. */
  name: string
  /** The last event that it has. */
  last: string
}

export async function write(as: As, writing: Writing): Promise<WriteOutcome> {
  try {
    const response = await fetch('/simulator/api/write', {
      method: 'POST',
      headers: { ...named(as), 'content-type': 'application/json' },
      body: JSON.stringify(writing),
    })
    if (!response.ok) return { kind: response.status >= 500 ? 'away' : 'refused' }
    const { at }: Taken = await response.json()
    return { kind: 'taken', at }
  } catch {
    return { kind: 'away' }
  }
}

export async function kept(as: As): Promise<KeptAnswer | undefined> {
  try {
    const response = await fetch('/simulator/api/kept', { headers: named(as) })
    if (!response.ok) return undefined
    const answer: KeptAnswer = await response.json()
    return answer
  } catch {
    return undefined
  }
}

/** Resolves when the stream has ended, for whatever reason. */
export async function listen(
  as: As,
  signal: AbortSignal,
  on: { open: () => void; event: (arrived: Arrived) => void },
): Promise<void> {
  try {
    const response = await fetch('/simulator/api/events', { headers: named(as), signal })
    if (!response.ok || response.body === null) return
    on.open()
    const read = createEventReader()
    const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read())
      for (const arrived of read(piece.value)) on.event(arrived)
  } catch {
    // Away: the caller tries again.
  }
}

function named({ name, last }: As): Record<string, string> {
  return { 'x-phone': name, ...(last === '' ? {} : { 'last-event-id': last }) }
}
