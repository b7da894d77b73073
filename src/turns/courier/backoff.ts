import { KEPT_FOR } from '../../privacy/kept-for.ts'

/**
 * When to try again: exponential with full jitter, so that many waiting conversations do not come back at once, capped,
 * and not before the platform's own word. Undefined when that would be later than a day after the message was due: by
 * then it would only do harm.
 */
const FIRST_MS = 1_000
const LEAST_MS = 200
const CAP_MS = 10 * 60_000
export const GIVE_UP_MS = KEPT_FOR.waitingMessage.ms

export interface Tried {
  /** Deliveries tried so far. */
  attempts: number
  /** How long ago the message was due for the first time. */
  lateMs: number
  /** What the platform asked for. */
  platformMs?: number
}

/** `share`: the dice, from 0 to 1. */
export function nextTryMs({ attempts, lateMs, platformMs = 0 }: Tried, share: number): number | undefined {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempts, 20))
  const wait = Math.max(platformMs, Math.round(ceiling * share), LEAST_MS)
  return lateMs + wait > GIVE_UP_MS ? undefined : wait
}
