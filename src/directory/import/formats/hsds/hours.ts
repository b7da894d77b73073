import { parseHours } from '../../../hours/opening-hours.ts'
import { type DayTimes, timeOf, weeklyHours } from '../weekly-hours.ts'
import type { HsdsSchedule } from './records.ts'

/**
 * Schedules (iCal rules) as hours in our notation. When one of them cannot be said in it, none is: half of the hours would
 * send somebody to a closed door.
 */
export type ReadHours =
  | { hours: string; timeZone?: string }
  /** There are schedules, and they say something that our hours cannot. */
  | { problem: string }
  | undefined

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const OWN = /^opening_hours=(.*); time zone ([\w/+-]+)$/u

export function hoursOf(schedules: readonly HsdsSchedule[]): ReadHours {
  const timed = schedules.filter(({ opens_at, closes_at, byday, notes }) =>
    [opens_at, closes_at, byday, notes].some((value) => value !== ''),
  )
  if (timed.length === 0) return undefined
  const own = ownHours(timed)
  if (own !== undefined) return own
  const times: DayTimes[] = []
  for (const schedule of timed) {
    const read = timesOf(schedule)
    if ('problem' in read) return read
    times.push(...read.times)
  }
  const hours = weeklyHours(times)
  return hours === undefined ? { problem: 'has schedules that contradict one another' } : { hours }
}

/** As our own export notes them beside the rules. */
function ownHours(schedules: readonly HsdsSchedule[]): ReadHours {
  const [first, another] = new Set(schedules.map(({ notes }) => notes))
  const [, hours = '', timeZone = ''] = OWN.exec(first ?? '') ?? []
  if (another !== undefined || hours === '' || 'problem' in parseHours(hours)) return undefined
  return { hours, timeZone }
}

function timesOf(schedule: HsdsSchedule): { times: DayTimes[] } | { problem: string } {
  const { freq, byday, opens_at: opens, closes_at: closes } = schedule
  if (!['', '1'].includes(schedule.interval)) return { problem: 'has hours of every second or third week' }
  if ([schedule.bymonthday, schedule.byweekno, schedule.byyearday].some((value) => value !== ''))
    return { problem: 'has hours by dates of the month or weeks of the year' }
  if (schedule.count !== '' || schedule.until !== '') return { problem: 'has hours that end after some time' }
  const from = timeOf(opens)
  const to = timeOf(closes)
  if (from === undefined || to === undefined) return { problem: 'has a schedule without times' }
  const days = byday === '' && freq.toUpperCase() === 'DAILY' ? DAYS.join() : byday
  const times: DayTimes[] = []
  for (const part of days.split(/[,;\s]+/u)) {
    if (part === '') continue
    const [, week, name = ''] =
      /^([1-5])?(MO|TU|WE|TH|FR|SA|SU)/u.exec(part.toUpperCase().replace(/^\+/u, '')) ?? []
    if (name === '') return { problem: 'has days that are not understood' }
    const isMonthly = freq.toUpperCase() === 'MONTHLY'
    if (isMonthly !== (week !== undefined)) {
      if (isMonthly) return { problem: 'has hours of a month without saying which week' }
      // A week that is named where every week is meant: the published samples have it, and it can mean either.
      return { problem: 'has days of one week in the month among those of every week' }
    }
    times.push({ day: DAYS.indexOf(name), week: week === undefined ? undefined : Number(week), from, to })
  }
  return times.length === 0 ? { problem: 'has a schedule without days' } : { times }
}
