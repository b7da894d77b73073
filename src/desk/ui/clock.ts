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
  return new Date().getTime() + ahead
}

/** Learns from the `date` header of an answer. */
export function heedServerTime(header: string | null): void {
  const told = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(told)) return
  if (Math.abs(told - now()) > CLOSE_ENOUGH_MS) ahead = told - new Date().getTime()
}

/** Follows `now()`, so that what shows a waiting time is drawn again. */
export const ticking = signal(now())

export function startTicking(): void {
  setInterval(() => {
    ticking.value = now()
  }, TICK_MS)
}
