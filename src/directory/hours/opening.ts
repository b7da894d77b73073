import type { Instant } from '../../operations/environment.ts'
import type { Opening } from '../directory.ts'
import { type Holidays, isHoliday, knowsYear } from './holidays.ts'
import type { Hours, Rule } from './opening-hours.ts'
import { dateOf, DAY_MINUTES, minuteOf, offsetAt, offsetChange, wallMinute, weekdayOf } from './zone.ts'

/**
 * Whether a place is open at an instant, in its own time zone, and the first minute at which that changes, also across
 * a change to or from summer time. Open is only said when it is sure: hours that speak of public holidays are unknown in
 * a year whose holidays the pack does not know, hours that do not, unless they are day and night, are unknown on a holiday that
 * it knows, and a night shift ends at midnight before a day that is `off`.
 * Whoever is told may live by another clock than the door: `shownIn` is the zone in which days and times are said.
 */
export interface Schedule {
  hours: Hours
  timeZone: string
  holidays: Holidays
}

/** "Opens on Monday" is true for the next seven days only. */
const AHEAD_DAYS = 7

export function openingAt(schedule: Schedule | undefined, now: Instant, shownIn?: string): Opening {
  if (schedule === undefined) return { kind: 'unknown' }
  const { timeZone } = schedule
  const zone = shownIn ?? timeZone
  const start = minuteOf(now)
  const wall = wallMinute(start, timeZone)
  const isOpen = stateAt(schedule, wall)
  const isHolidayNow = isUnruledHoliday(schedule, Math.floor(wall / DAY_MINUTES))
  const unknown: Opening = { kind: 'unknown', ...(isHolidayNow && { holiday: true }) }
  if (isOpen === undefined) return unknown
  const change = changeAfter(schedule, start, isOpen)
  if (change === undefined) return isOpen ? { kind: 'always' } : unknown
  if (stateAt(schedule, wallMinute(change, timeZone)) === undefined) return unknown
  const changed = wallMinute(change, zone)
  if (isOpen) return { kind: 'open', until: clock(changed) }
  const day = Math.floor(changed / DAY_MINUTES)
  const days = day - Math.floor(wallMinute(start, zone) / DAY_MINUTES)
  if (days >= AHEAD_DAYS) return unknown
  return {
    kind: 'closed',
    opensDay: weekdayOf(day),
    opensAt: clock(changed),
    today: days === 0,
    tomorrow: days === 1,
  }
}

/** Open, closed, or undefined when it cannot be known. Cheaper than `openingAt`. */
export function isOpenAt(schedule: Schedule | undefined, now: Instant): boolean | undefined {
  return schedule === undefined ? undefined : stateAt(schedule, wallMinute(minuteOf(now), schedule.timeZone))
}

/** The first minute since 1970 at which the state is another one, within the days that can be spoken of. */
function changeAfter(schedule: Schedule, start: number, state: boolean): number | undefined {
  const { timeZone } = schedule
  const end = start + (AHEAD_DAYS + 1) * DAY_MINUTES
  for (let minute = start; minute < end; ) {
    const wall = wallMinute(minute, timeZone)
    const reached = minute + (nextBoundary(schedule, wall) - wall)
    minute =
      offsetAt(reached, timeZone) === offsetAt(minute, timeZone)
        ? reached
        : offsetChange(minute, reached, timeZone)
    if (stateAt(schedule, wallMinute(minute, timeZone)) !== state) return minute
  }
  return undefined
}

/** The next wall minute at which anything may change: a span's beginning or end, or midnight. */
function nextBoundary(schedule: Schedule, wall: number): number {
  const day = Math.floor(wall / DAY_MINUTES)
  let next = (day + 1) * DAY_MINUTES
  for (const began of [day - 1, day])
    for (const { from, to } of ruleOn(schedule, began)?.spans ?? [])
      for (const edge of [began * DAY_MINUTES + from, began * DAY_MINUTES + to])
        if (edge > wall && edge < next) next = edge
  return next
}

function stateAt(schedule: Schedule, wall: number): boolean | undefined {
  const day = Math.floor(wall / DAY_MINUTES)
  const minute = wall - day * DAY_MINUTES
  const { hours, holidays } = schedule
  if (hours.rules.some((rule) => rule.holidays) && !knowsYear(holidays, dateOf(day).slice(0, 4)))
    return undefined
  const today = ruleOn(schedule, day)
  const isOff = today !== undefined && today.spans.length === 0
  const isOpen =
    isBegun(today, minute) ||
    (!isOff && (ruleOn(schedule, day - 1)?.spans.some(({ to }) => minute + DAY_MINUTES < to) ?? false))
  if (!isOpen) return false
  const isInDoubt =
    isUnruledHoliday(schedule, day) || (!isBegun(today, minute) && isUnruledHoliday(schedule, day - 1))
  return isInDoubt ? undefined : true
}

/** Whether the hours of the day itself hold at the minute, and not those of a night that began before it. */
function isBegun(rule: Rule | undefined, minute: number): boolean {
  return rule?.spans.some(({ from, to }) => from <= minute && minute < to) === true
}

/** A holiday on which most doors are shut, and of which these hours say nothing. */
function isUnruledHoliday({ hours, holidays }: Schedule, wallDay: number): boolean {
  return (
    isHoliday(holidays, dateOf(wallDay)) &&
    !hours.rules.some((rule) => rule.holidays) &&
    !isDayAndNight(hours)
  )
}

function isDayAndNight({ rules }: Hours): boolean {
  const [only, ...others] = rules
  return (
    only !== undefined &&
    others.length === 0 &&
    only.days.filter(({ week }) => week === undefined).length === WEEK &&
    only.spans.some(({ from, to }) => from === 0 && to >= DAY_MINUTES)
  )
}
const WEEK = 7

/** The last rule that names the day decides it; a holiday is decided by the last rule that names holidays. */
function ruleOn({ hours, holidays }: Schedule, wallDay: number): Rule | undefined {
  const date = dateOf(wallDay)
  if (isHoliday(holidays, date)) {
    const special = hours.rules.findLast((rule) => rule.holidays)
    if (special !== undefined) return special
  }
  const weekday = weekdayOf(wallDay)
  const week = Math.ceil(Number(date.slice(8)) / 7)
  return hours.rules.findLast(({ days }) =>
    days.some((one) => one.day === weekday && (one.week === undefined || one.week === week)),
  )
}

function clock(wall: number): string {
  const minute = wall - Math.floor(wall / DAY_MINUTES) * DAY_MINUTES
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
