import type { Instant } from '../../operations/environment.ts'

/**
 * Wall clocks by Intl. A wall minute counts the minutes that a clock in the zone would show since 1970-01-01 00:00; it
 * jumps where the zone changes its offset. Offsets are remembered by minute, since all services of a pack ask the same.
 */
export const DAY_MINUTES = 1440

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()
const PATTERN = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/u
/** Entries per zone; forgotten all at once when full. */
const REMEMBERED = 2048

export function minuteOf(now: Instant): number {
  return Math.floor(now / 60_000)
}

/** Minutes to add to a minute since 1970 in UTC to get the wall minute. */
export function offsetAt(minute: number, timeZone: string): number {
  let known = offsets.get(timeZone)
  if (known === undefined) offsets.set(timeZone, (known = new Map()))
  let offset = known.get(minute)
  if (offset === undefined) {
    if (known.size >= REMEMBERED) known.clear()
    known.set(minute, (offset = readOffset(minute, timeZone)))
  }
  return offset
}

export function wallMinute(minute: number, timeZone: string): number {
  return minute + offsetAt(minute, timeZone)
}

/** ISO date of a wall day (days since 1970-01-01). */
export function dateOf(wallDay: number): string {
  return new Date(wallDay * 86_400_000).toISOString().slice(0, 10)
}

/** ISO date in the zone. */
export function dateIn(timeZone: string, now: Instant): string {
  return dateOf(Math.floor(wallMinute(minuteOf(now), timeZone) / DAY_MINUTES))
}

/** 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(wallDay: number): number {
  return (((wallDay + 3) % 7) + 7) % 7
}

/** The first minute after `before`, and not after `until`, at which the offset is no longer that of `before`. */
export function offsetChange(before: number, until: number, timeZone: string): number {
  const old = offsetAt(before, timeZone)
  let low = before
  let high = until
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, timeZone) === old) low = middle
    else high = middle
  }
  return high
}

function readOffset(minute: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(timeZone, format)
  }
  const found = PATTERN.exec(format.format(minute * 60_000)) ?? []
  const [month = 1, day = 1, year = 1970, hour = 0, past = 0] = found.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, past) / 60_000 - minute
}
