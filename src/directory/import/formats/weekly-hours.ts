import { parseHours } from '../../hours/opening-hours.ts'

/**
 * Days with times, as other systems keep them, as hours in the OSM subset. Intervals of one day are put together, a day of
 * one week in the month has what holds every week too, and what ends at midnight ends at 24:00.
 */
export interface DayTimes {
  /** 0 Monday to 6 Sunday. */
  day: number
  /** 1 to 5: only in that week of the month. */
  week?: number | undefined
  /** Minutes after midnight; at or before `from` it ends on the next day. */
  from: number
  to: number
}

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const DAY_MINUTES = 1440
/** A day that ends a minute before midnight ends at midnight. */
const LAST_MINUTE = 1439

/** undefined: there are none, or they cannot be said in the subset. */
export function weeklyHours(times: readonly DayTimes[]): string | undefined {
  // "09:00 to 09:00" may mean a whole day or nothing at all; from midnight to midnight is a day.
  if (times.some(({ from, to }) => from === to && from !== 0)) return undefined
  const weekly = DAYS.map((_, day) =>
    spansOf(times.filter((one) => one.day === day && one.week === undefined)),
  )
  const monthly = new Map<string, string>()
  for (const { day, week } of times)
    if (week !== undefined)
      monthly.set(
        `${DAYS[day] ?? ''}[${week}]`,
        spansOf(times.filter((one) => one.day === day && (one.week === undefined || one.week === week))),
      )
  if (monthly.size === 0 && weekly.every((spans) => spans === '00:00-24:00')) return '24/7'
  const rules: string[] = []
  for (const spans of new Set(weekly))
    if (spans !== '') rules.push(`${daysShown(weekly.map((one) => one === spans))} ${spans}`)
  for (const [day, spans] of monthly) rules.push(`${day} ${spans}`)
  const osm = rules.join('; ')
  return 'hours' in parseHours(osm) ? osm : undefined
}

function spansOf(times: readonly DayTimes[]): string {
  const spans: { from: number; to: number }[] = []
  const known = times
    .map(({ from, to }) => ({ from, to: endOf(from, to) }))
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
  for (const { from, to } of known) {
    const last = spans.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else spans.push({ from, to })
  }
  return spans
    .map(({ from, to }) => `${clock(from)}-${clock(to > DAY_MINUTES ? to - DAY_MINUTES : to)}`)
    .join(',')
}

function endOf(from: number, to: number): number {
  if (to === LAST_MINUTE || to === 0) return DAY_MINUTES
  return to > from ? to : to + DAY_MINUTES
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

function daysShown(isOn: readonly boolean[]): string {
  const parts: string[] = []
  for (let first = 0; first < 7; first += 1) {
    if (isOn[first] !== true) continue
    let last = first
    while (last < 6 && isOn[last + 1] === true) last += 1
    const names = [DAYS[first] ?? '', DAYS[last] ?? '']
    parts.push(...(last - first >= 2 ? [names.join('-')] : [...new Set(names)]))
    first = last
  }
  return parts.join(',')
}

const TIME =
  /^(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?(?:\.\d+)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(?:z|[+-]\d{2}:?\d{2})?$/iu

/**
 * Minutes after midnight, by the clock at the door: "09:00:00Z", "9:00 AM", "13:00pm", "9h30"; an offset behind it is not
 * counted in, since those who write these mean their own clock. undefined where it is no time.
 */
export function timeOf(text: string): number | undefined {
  const [, hours, minutes = '00', half = ''] = TIME.exec(text.trim()) ?? []
  if (hours === undefined) return undefined
  const past = Number(minutes)
  let hour = Number(hours)
  const isAfternoon = half.toLowerCase().startsWith('p')
  if (isAfternoon && hour < 12) hour += 12
  if (half !== '' && !isAfternoon && hour === 12) hour = 0
  if (hour > 24 || past > 59 || (hour === 24 && past > 0)) return undefined
  return hour === 24 ? 0 : hour * 60 + past
}

const DAY_NAMES = [
  /^mo(?:n(?:day)?)?\.?$/u,
  /^tu(?:e(?:s(?:day)?)?)?\.?$/u,
  /^we(?:ds?|dnesday)?\.?$/u,
  /^th(?:u(?:rs?(?:day)?)?)?\.?$/u,
  /^fr(?:i(?:day)?)?\.?$/u,
  /^sa(?:t(?:urday)?)?\.?$/u,
  /^su(?:n(?:day)?)?\.?$/u,
]

/** "Monday", "Sun-Thurs", "Mon-Thurs  and Sat", "MO"; undefined where any part is no day. */
export function daysOf(text: string): number[] | undefined {
  const days: number[] = []
  const parts = text.toLowerCase().split(/,|;|&|\/|\band\b/u)
  for (const part of parts) {
    if (part.trim() === '') continue
    if (/^\s*(?:every ?day|daily|all days)\s*$/u.test(part)) return [0, 1, 2, 3, 4, 5, 6]
    const ends = part.split(/-|–|\bto\b/u).map(dayOf)
    const [first, last = first] = ends
    if (ends.length > 2 || ends.includes(undefined) || first === undefined || last === undefined)
      return undefined
    for (let step = 0; step <= (last - first + 7) % 7; step += 1) days.push((first + step) % 7)
  }
  return days.length === 0 ? undefined : [...new Set(days)]
}

function dayOf(text: string): number | undefined {
  const day = DAY_NAMES.findIndex((name) => name.test(text.trim()))
  return day === -1 ? undefined : day
}
