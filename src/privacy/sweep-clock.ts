import type { Instant } from '../operations/environment.ts'

/**
 * The time for what erases. A wrong clock must not cost anybody their conversation: one that jumps ahead by more than two
 * hours is believed only after it has stayed there for an hour of sweeps, and until then time passes as it did. A
 * machine that was asleep is an hour late by this, no more. One that goes back is believed at once: it erases nothing.
 */
export interface SweepClock {
  /** Once for each sweep. */
  at(now: Instant): Instant
}

const JUMP_MS = 2 * 3_600_000
const DOUBT_MS = 3_600_000

/** `last`: when something last happened, as far as the store knows. `everyMs`: from one sweep to the next. */
export function createSweepClock(last: Instant | undefined, everyMs: number): SweepClock {
  let believed = last
  let doubts = 0
  return {
    at(now) {
      const isDoubtful = believed !== undefined && now - believed > JUMP_MS && doubts * everyMs < DOUBT_MS
      if (isDoubtful) {
        doubts += 1
        return (believed ?? now) + doubts * everyMs
      }
      believed = now
      doubts = 0
      return now
    },
  }
}
