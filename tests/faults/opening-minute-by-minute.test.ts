import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openingAt } from '../../src/directory/hours/opening.ts'
import { parseHours } from '../../src/directory/hours/opening-hours.ts'

/**
 * Our evaluator beside a second one that knows nothing of it: that one reads the clock of the place minute by minute.
 * Rules are drawn as data, written in the notation for ours, and looked up as they are for the other.
 */
const NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

interface Drawn {
  days: readonly { day: number; week: number | undefined }[]
  holidays: boolean
  /** Minutes; the end is the next day's when it is not after the beginning. Empty: off. */
  spans: readonly (readonly [number, number])[]
}

const minute = fc.nat(95).map((quarter) => quarter * 15)
const span = fc.tuple(minute, minute).filter(([from, to]) => from !== to)
const ruleDay = fc.record({
  day: fc.nat(6),
  week: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq: 6 }),
})
const rule: fc.Arbitrary<Drawn> = fc.record({
  days: fc.array(ruleDay, { minLength: 1, maxLength: 7 }),
  holidays: fc.boolean(),
  spans: fc.array(span, { maxLength: 2 }),
})

/** Zones with the instants around which their clocks are set in 2026, and one whose clock never is. */
const CHANGES: readonly (readonly [string, readonly string[]])[] = [
  ['Europe/Kyiv', ['2026-03-29T01:00Z', '2026-10-25T01:00Z']],
  ['America/New_York', ['2026-03-08T07:00Z', '2026-11-01T06:00Z']],
  ['Australia/Lord_Howe', ['2026-04-04T15:00Z', '2026-10-03T15:30Z']],
  ['Africa/Casablanca', ['2026-02-15T02:00Z', '2026-03-22T02:00Z']],
  ['Asia/Kathmandu', ['2026-01-01T00:00Z']],
]
const moment = fc.constantFrom(...CHANGES).chain(([zone, instants]) =>
  fc.record({
    zone: fc.constant(zone),
    now: fc
      .tuple(fc.constantFrom(...instants), fc.integer({ min: -3 * 1440 * 60, max: 3 * 1440 * 60 }))
      .map(([instant, seconds]) => Date.parse(instant) + seconds * 1000),
  }),
)

const two = (value: number) => String(value).padStart(2, '0')
const clock = (value: number) => `${two(Math.floor(value / 60))}:${two(value % 60)}`

function written({ days, holidays, spans }: Drawn): string {
  const names = days.map((one) => `${NAMES[one.day] ?? ''}${one.week === undefined ? '' : `[${one.week}]`}`)
  const times = spans.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(',')
  return `${[...names, ...(holidays ? ['PH'] : [])].join(',')} ${times === '' ? 'off' : times}`
}

interface Clock {
  date: string
  day: number
  minute: number
}

const formats = new Map(
  CHANGES.map(([timeZone]) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }),
  ]),
)
const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month)),
)

const known = new Map<string, Clock>()

/** Kept, since the same minutes are asked for again and again. */
function read(at: number, zone: string): Clock {
  const name = `${zone} ${Math.floor(at / 60_000)}`
  let clockThere = known.get(name)
  if (clockThere === undefined) known.set(name, (clockThere = readAnew(at, zone)))
  return clockThere
}

/** "Sunday 29 March 2026 at 04:30" */
function readAnew(at: number, zone: string): Clock {
  const text = formats.get(zone)?.format(at) ?? ''
  const [, weekday = '', date = '', month = '', year = '', hour = '', past = ''] =
    /^(\w+),? (\d+) (\w+) (\d+),? at (\d+):(\d+)$/u.exec(text) ?? []
  return {
    date: `${year}-${two(MONTHS.indexOf(month) + 1)}-${two(Number(date))}`,
    day: WEEKDAYS.indexOf(weekday.slice(0, 3)),
    minute: Number(hour) * 60 + Number(past),
  }
}

function dayBefore({ date, day }: Clock): Clock {
  const before = new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return { date: before, day: (day + 6) % 7, minute: 0 }
}

function ruleFor(rules: readonly Drawn[], { date, day: weekday }: Clock, holidays: ReadonlySet<string>) {
  const special = holidays.has(date) ? rules.filter((one) => one.holidays).at(-1) : undefined
  const week = Math.ceil(Number(date.slice(-2)) / 7)
  return (
    special ??
    rules
      .filter(({ days }) =>
        days.some((one) => one.day === weekday && (one.week === undefined || one.week === week)),
      )
      .at(-1)
  )
}

/** undefined: it would be open, and one of the days that make it so is a holiday of which the rules say nothing. */
function plainState(
  rules: readonly Drawn[],
  at: number,
  zone: string,
  holidays: ReadonlySet<string>,
): boolean | undefined {
  const here = read(at, zone)
  const before = dayBefore(here)
  const today = ruleFor(rules, here, holidays)
  const isSilentOf = ({ date }: Clock) => holidays.has(date) && !rules.some((one) => one.holidays)
  if (today?.spans.some(([from, to]) => here.minute >= from && (here.minute < to || to < from)))
    return isSilentOf(here) ? undefined : true
  if (today?.spans.length === 0) return false
  const yesterday = ruleFor(rules, before, holidays)
  if (yesterday?.spans.some(([from, to]) => to < from && here.minute < to) !== true) return false
  return isSilentOf(here) || isSilentOf(before) ? undefined : true
}

/** Milliseconds of the first minute at which the plain reading changes; undefined when none within the days. */
function firstChange(
  days: number,
  now: number,
  stateOf: (at: number) => boolean | undefined,
): number | undefined {
  const first = Math.floor(now / 60_000) * 60_000
  const state = stateOf(first)
  for (let at = first + 60_000; at < first + days * 86_400_000; at += 60_000)
    if (stateOf(at) !== state) return at
  return undefined
}

it('agrees with a plain reading of the clock, and names the first minute at which it changes', () => {
  const seen = { open: 0, closed: 0, always: 0, unknown: 0 }
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      moment,
      fc.array(fc.integer({ min: -4, max: 9 }), { maxLength: 2 }),
      (rules, { zone, now }, near) => {
        const parsed = parseHours(rules.map(written).join('; '))
        fc.pre('hours' in parsed)
        const dates = new Set([
          '2026-12-31',
          ...near.map((days) => new Date(now + days * 86_400_000).toISOString().slice(0, 10)),
        ])
        const holidays = { dates, everyYear: new Set(['01-01']) }
        const all = new Set([...dates, '2026-01-01'])
        const stateOf = (at: number) => plainState(rules, at, zone, all)
        const opening = openingAt({ hours: parsed.hours, timeZone: zone, holidays }, now)
        // Nothing is known of the holidays of 2025.
        fc.pre(read(now, zone).date > '2026-01-01')
        seen[opening.kind] += 1
        const isToday = all.has(read(now, zone).date) && !rules.some((one) => one.holidays)
        const unknown = { kind: 'unknown', ...(isToday && { holiday: true }) }
        const state = stateOf(now)
        if (state === undefined) {
          expect(opening).toEqual(unknown)
          return
        }
        const change = firstChange(9, now, stateOf)
        const changed = change === undefined ? undefined : read(change, zone)
        const date = (at: number) => Date.parse(`${read(at, zone).date}T00:00Z`) / 86_400_000
        const days = change === undefined ? Number.POSITIVE_INFINITY : date(change) - date(now)
        if (change !== undefined && days < 7 && stateOf(change) === undefined)
          expect(opening).toEqual(unknown)
        else if (state) {
          if (opening.kind !== 'always')
            expect(opening).toEqual({ kind: 'open', until: clock(changed?.minute ?? -1) })
          else expect(days).toBeGreaterThanOrEqual(7)
        } else if (days >= 7) expect(opening).toEqual(unknown)
        else
          expect(opening).toEqual({
            kind: 'closed',
            opensDay: changed?.day,
            opensAt: clock(changed?.minute ?? -1),
            today: days === 0,
            tomorrow: days === 1,
          })
      },
    ),
    { numRuns: 150 },
  )
  expect(Math.min(seen.open, seen.closed, seen.unknown)).toBeGreaterThan(0)
})
