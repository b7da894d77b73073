import type { Instant } from '../operations/environment.ts'

/** A calendar month in UTC, `2026-09`: written so, months sort as they follow each other. */
export type Month = string

export const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/u

export function monthOf(now: Instant): Month {
  return new Date(now).toISOString().slice(0, 7)
}

/** So many months later, or earlier where it is negative. */
export function monthsAfter(month: Month, months: number): Month {
  return monthOf(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + months))
}

/**
 * The latest month that may be shown: the one before the last that is over. A month that has just ended is within the memory
 * of whoever knows one person of it.
 */
export function lastShown(now: Instant): Month {
  return monthsAfter(monthOf(now), -2)
}
