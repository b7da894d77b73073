import { type Hours, parseHours, type Span } from './opening-hours.ts'
import { inItsOrder } from '../right-to-left.ts'
import type { Service } from '../service.ts'
import { worded, wordedIn } from '../worded.ts'

/**
 * A service's hours for reading: what its own people wrote in the person's language; else the week of its schedule, days
 * by Intl and times in ASCII digits ("Mon-Fri 08:00-16:00"); else what was written in another language. The week is not
 * read out of a schedule that says more than a week can, such as a day of one week in the month.
 */
export function hoursShown(hours: Service['hours'], language: string): string {
  const written = hours?.text
  if (hours === undefined) return ''
  const own = wordedIn(written, language)
  if (own !== '') return own
  const parsed = parseHours(hours.osm ?? '')
  const week = 'hours' in parsed ? weekShown(parsed.hours, language) : ''
  return week === '' ? worded(written, language) : week
}

function weekShown({ rules }: Hours, language: string): string {
  if (rules.some(({ days }) => days.some(({ week }) => week !== undefined))) return ''
  const week = [0, 1, 2, 3, 4, 5, 6].map((day) =>
    spansShown(rules.findLast(({ days }) => days.some((one) => one.day === day))?.spans ?? [], language),
  )
  if (new Set(week).size === 1) return week[0]?.includes(DAY_AND_NIGHT) === true ? '24/7' : (week[0] ?? '')
  const parts: string[] = []
  for (let first = 0; first < 7; ) {
    let last = first
    while (last < 6 && week[last + 1] === week[first]) last += 1
    const names = [...new Set([first, last])].map((day) => dayName(day, language)).join('-')
    if (week[first] !== '') parts.push(`${names} ${week[first] ?? ''}`)
    first = last + 1
  }
  return parts.join('; ')
}

const DAY_AND_NIGHT = '00:00-24:00'

function spansShown(spans: readonly Span[], language: string): string {
  const times = spans
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to }) => `${clock(from)}-${clock(to > 1440 ? to - 1440 : to)}`)
    .join(', ')
  return inItsOrder(times, language)
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** 0 is Monday; 1970-01-05 was one. */
function dayName(day: number, language: string): string {
  let format = formats.get(language)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
    formats.set(language, format)
  }
  return format.format(Date.UTC(1970, 0, 5 + day))
}
