import type { Instant } from '../operations/environment.ts'

/** The wall clock of a place. */
export interface LocalTime {
  year: number
  month: number
  day: number
  /** 0 Monday to 6 Sunday. */
  weekday: number
  /** Minutes after midnight. */
  minute: number
  /** ISO date. */
  date: string
}

const formats = new Map<string, Intl.DateTimeFormat>()
const PATTERN = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/u

export function localTime(now: Instant, timeZone: string): LocalTime {
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
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0] = (PATTERN.exec(format.format(now)) ?? [])
    .slice(1)
    .map(Number)
  const utc = new Date(Date.UTC(year, month - 1, day))
  return {
    year,
    month,
    day,
    weekday: (utc.getUTCDay() + 6) % 7,
    minute: hour * 60 + minute,
    date: utc.toISOString().slice(0, 10),
  }
}
