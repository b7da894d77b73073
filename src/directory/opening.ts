import type { Instant } from '../operations/environment.ts'
import type { Opening } from './directory.ts'
import type { Hours, Span } from './opening-hours.ts'
import { type LocalTime, localTime } from './local-time.ts'

/**
 * Whether a place is open at an instant, in its own time zone, and what changes next. It counts in the wall clock of
 * the place, as its own door does, so a change to summer time moves nothing.
 */
const DAY = 1440
/** Looks this many days ahead: a weekday's name says no more than the coming week. */
const AHEAD = 7

export function openingAt(
  hours: Hours | undefined,
  timeZone: string,
  holidays: ReadonlySet<string>,
  now: Instant,
): Opening {
  if (hours === undefined) return { kind: 'unknown' }
  const here = localTime(now, timeZone)
  const spans = spansFrom(hours, holidays, here)
  const open = spans.find(({ from, to }) => from <= here.minute && here.minute < to)
  if (open !== undefined) {
    const until = endOf(open, spans)
    return until > AHEAD * DAY ? { kind: 'always' } : { kind: 'open', until: clock(until) }
  }
  const next = spans.find(({ from }) => from > here.minute)
  if (next === undefined) return { kind: 'unknown' }
  const days = Math.floor(next.from / DAY)
  return {
    kind: 'closed',
    opensDay: (here.weekday + days) % 7,
    opensAt: clock(next.from),
    today: days === 0,
    tomorrow: days === 1,
  }
}

/** All open spans from yesterday on, in minutes after today's midnight, in order. */
function spansFrom(hours: Hours, holidays: ReadonlySet<string>, here: LocalTime): Span[] {
  const spans: Span[] = []
  for (let offset = -1; offset <= AHEAD; offset += 1) {
    const date = new Date(Date.UTC(here.year, here.month - 1, here.day + offset))
    for (const { from, to } of spansOn(hours, holidays, date))
      spans.push({ from: from + offset * DAY, to: to + offset * DAY })
  }
  return spans.toSorted((a, b) => a.from - b.from)
}

/** The last rule that names a day decides it; a holiday is decided by the last rule that names holidays. */
export function spansOn({ rules }: Hours, holidays: ReadonlySet<string>, date: Date): readonly Span[] {
  const weekday = (date.getUTCDay() + 6) % 7
  const week = Math.ceil(date.getUTCDate() / 7)
  if (holidays.has(date.toISOString().slice(0, 10))) {
    const special = rules.findLast((rule) => rule.holidays)
    if (special !== undefined) return special.spans
  }
  const rule = rules.findLast(({ days }) =>
    days.some((one) => one.day === weekday && (one.week === undefined || one.week === week)),
  )
  return rule?.spans ?? []
}

/** The first minute at which it is closed, over spans that touch or overlap. */
function endOf(open: Span, spans: readonly Span[]): number {
  let end = open.to
  for (const { from, to } of spans) if (from <= end && to > end) end = to
  return end
}

function clock(minute: number): string {
  const inDay = ((minute % DAY) + DAY) % DAY
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
}
