import { parseHours, type Hours, type Span } from '../../hours/opening-hours.ts'
import { DAY_MINUTES } from '../../hours/zone.ts'

/**
 * Hours as HSDS has them: one entry for each interval, with the days on which it holds. Rules that replace one another are
 * worked out; what goes past midnight is split, its second part on the next day unless that day is off. A night that begins
 * on one day of a month has no next day that can be named, so such hours are not given as a schedule at all.
 */
export interface Interval {
  freq: 'WEEKLY' | 'MONTHLY'
  /** "MO,TU", or "1SA,3SA" where the freq is MONTHLY. */
  byday: string
  /** Minutes after midnight; `to` is 1440 at most. */
  from: number
  to: number
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const WEEKS = [1, 2, 3, 4, 5] as const

/** undefined: these hours cannot be said this way. */
export function intervalsOf(osm: string): Interval[] | undefined {
  const parsed = parseHours(osm)
  if ('problem' in parsed) return undefined
  const found = new Map<string, Interval & { days: string[] }>()
  const add = (freq: Interval['freq'], day: string, { from, to }: Span) => {
    if (from >= to) return
    const key = `${freq} ${from} ${to}`
    const known = found.get(key)
    if (known === undefined) found.set(key, { freq, byday: '', from, to, days: [day] })
    else if (!known.days.includes(day)) known.days.push(day)
  }
  const special = [0, 1, 2, 3, 4, 5, 6].map((day) => isMonthly(parsed.hours, day))
  for (const [day, name] of DAYS.entries()) {
    const next = (day + 1) % 7
    const nextName = DAYS[next] ?? ''
    for (const week of special[day] === true ? WEEKS : [undefined])
      for (const span of spansOn(parsed.hours, day, week) ?? []) {
        const freq = week === undefined ? 'WEEKLY' : 'MONTHLY'
        add(freq, `${week ?? ''}${name}`, { from: span.from, to: Math.min(span.to, DAY_MINUTES) })
        if (span.to <= DAY_MINUTES) continue
        if (week !== undefined || special[next] === true) return undefined
        if (spansOn(parsed.hours, next)?.length !== 0)
          add(freq, nextName, { from: 0, to: span.to - DAY_MINUTES })
      }
  }
  return [...found.values()].map(({ days, ...interval }) => ({ ...interval, byday: inOrder(days).join(',') }))
}

function isMonthly({ rules }: Hours, day: number): boolean {
  return rules.some(({ days }) => days.some((one) => one.day === day && one.week !== undefined))
}

/** undefined: no rule names the day; empty: it is off. */
function spansOn({ rules }: Hours, day: number, week?: number): readonly Span[] | undefined {
  return rules.findLast(({ days }) =>
    days.some((one) => one.day === day && (one.week === undefined || one.week === week)),
  )?.spans
}

function inOrder(days: readonly string[]): string[] {
  const at = (day: string) => DAYS.findIndex((name) => day.endsWith(name))
  return days.toSorted((a, b) => at(a) - at(b) || a.localeCompare(b))
}
