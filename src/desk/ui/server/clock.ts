import { signal } from '@preact/signals'

/**
 * The server's time, as near as its answers tell it: waiting times must be right on a desk whose own clock is not.
 * Milliseconds since 1970.
 */
const TICK_MS = 1_000
/** The header counts whole seconds, and an answer takes a while. */
const CLOSE_ENOUGH_MS = 3_000

let ahead = 0

export function now(): number {
  return ownClock() + ahead
}

/** The clock of the computer that the desk is open on. Nothing else of the page reads it. */
function ownClock(): number {
  // oxlint-disable-next-line no-restricted-properties -- no Clock is handed to a page
  return Date.now()
}

/** Learns from the `date` header of an answer. */
export function heedServerTime(header: string | null): void {
  const told = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(told)) return
  if (Math.abs(told - now()) > CLOSE_ENOUGH_MS) ahead = told - ownClock()
}

/** Follows `now()`, so that what shows a waiting time is drawn again. */
export const ticking = signal(now())

export function startTicking(): void {
  setInterval(() => {
    ticking.value = now()
  }, TICK_MS)
}
