import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Interval, intervalsOf } from '../../../../src/directory/export/hsds/schedules.ts'
import { isOpenAt } from '../../../../src/directory/hours/opening.ts'
import { parseHours } from '../../../../src/directory/hours/opening-hours.ts'
import { uuidV5 } from '../../../../src/directory/export/hsds/uuid-v5.ts'
import { anyHours } from '../any-service.ts'

/** Hours as intervals that others understand. */
const said = (osm: string) =>
  intervalsOf(osm)?.map(({ freq, byday, from, to }) => `${freq} ${byday} ${from / 60}-${to / 60}`)

describe('hours as intervals', () => {
  test.each([
    ['Mo-Fr 08:00-12:00,13:00-16:00', ['WEEKLY MO,TU,WE,TH,FR 8-12', 'WEEKLY MO,TU,WE,TH,FR 13-16']],
    ['24/7', ['WEEKLY MO,TU,WE,TH,FR,SA,SU 0-24']],
    ['Fr 20:00-02:00', ['WEEKLY FR 20-24', 'WEEKLY SA 0-2']],
    ['Su 20:00-02:00', ['WEEKLY SU 20-24', 'WEEKLY MO 0-2']],
    ['Fr 20:00-02:00; Sa off', ['WEEKLY FR 20-24']],
    ['Mo-Fr 08:00-16:00; We off', ['WEEKLY MO,TU,TH,FR 8-16']],
    ['Sa[1],Sa[3] 09:00-12:00', ['MONTHLY 1SA,3SA 9-12']],
    ['Sa 09:00-12:00; Sa[5] off', ['MONTHLY 1SA,2SA,3SA,4SA 9-12']],
  ])('%s', (osm, intervals) => {
    expect(said(osm)).toEqual(intervals)
  })

  test.each(['Sa[1] 20:00-02:00', 'Fr 20:00-02:00; Sa[1] off', 'when somebody is there'])(
    'what cannot be said is not said in part: %s',
    (osm) => {
      expect(intervalsOf(osm)).toBeUndefined()
    },
  )

  test('are open at the same minutes as the hours themselves, holidays apart', () => {
    const holidays = { dates: new Set<string>(['2026-12-31']), everyYear: new Set<string>() }
    // Ten weeks, of which no day is a holiday.
    const minute = fc.integer({ min: 0, max: 70 * 1440 - 1 }).map((at) => Date.UTC(2026, 1, 1) + at * 60_000)
    fc.assert(
      fc.property(anyHours, fc.array(minute, { minLength: 20, maxLength: 20 }), (osm, instants) => {
        const parsed = parseHours(osm)
        const intervals = intervalsOf(osm)
        if ('problem' in parsed || intervals === undefined) return
        for (const now of instants) {
          const real = isOpenAt({ hours: parsed.hours, timeZone: 'UTC', holidays }, now)
          expect([osm, new Date(now).toISOString(), holds(intervals, now)]).toEqual([
            osm,
            new Date(now).toISOString(),
            real,
          ])
        }
      }),
      { numRuns: 300 },
    )
  })
})

function holds(intervals: readonly Interval[], now: number): boolean {
  const date = new Date(now)
  const minute = date.getUTCHours() * 60 + date.getUTCMinutes()
  const day = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][date.getUTCDay()] ?? ''
  const week = Math.ceil(date.getUTCDate() / 7)
  return intervals.some(
    ({ byday, from, to }) =>
      byday.split(',').some((one) => one === day || one === `${week}${day}`) && from <= minute && minute < to,
  )
}

test('a name has the id of version 5 that the standard gives it', () => {
  // RFC 9562, A.4: the DNS namespace and www.example.com.
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  )
})
