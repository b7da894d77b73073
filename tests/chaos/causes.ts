import type { Event } from './history.ts'
import type { Repeat } from './replies.ts'

/**
 * Why a message may have been sent twice: its sender died or stood still before it could write down that it was sent, the
 * platform's answer did not reach it, or the store that it had to write to was away. Undefined: none of it.
 */
export type Cause = 'kill' | 'pause' | 'answerLost' | 'storeAway'

/** From the platform's acceptance until it is written down, with all tries of writing. */
const SETTLING_MS = 10_000
/** A line that was slow may have delayed the acceptance by so much. */
const UNDER_WAY_MS = 5_000

export function causeOf(events: readonly Event[], { first, again }: Repeat): Cause | undefined {
  const process = first.by
  const from = first.at - UNDER_WAY_MS
  const until = Math.min(first.at + SETTLING_MS, again.at)
  const died = events.some(
    (event) => event.kind === 'killed' && event.process === process && event.at >= from && event.at <= until,
  )
  if (died) return 'kill'
  const overlaps = (event: { at: number; until: number }) => event.at <= until && event.until >= from
  const stood = events.some(
    (event) => event.kind === 'paused' && event.process === process && overlaps(event),
  )
  if (stood) return 'pause'
  const faults = events.filter((event) => event.kind === 'faulted').filter(overlaps)
  const mine = faults.filter((fault) => concerns(fault, process))
  if (mine.some(({ line }) => line === 'platform')) return 'answerLost'
  return mine.some(({ line }) => line === 'data' || line === 'keys') ? 'storeAway' : undefined
}

/** A line belongs to a process in all of its lives. */
export function concerns({ process }: { process: string }, life: string): boolean {
  return process === '*' || process === life.replace(/#\d+$/u, '')
}
