import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { intervalsOf } from '../../../../src/directory/export/hsds/schedules.ts'
import { hoursOf } from '../../../../src/directory/import/formats/hsds/hours.ts'
import { hsdsService } from '../../../../src/directory/import/formats/hsds/records.ts'
import { daysOf, timeOf } from '../../../../src/directory/import/formats/weekly-hours.ts'
import { isOpenAt } from '../../../../src/directory/hours/opening.ts'
import { parseHours } from '../../../../src/directory/hours/opening-hours.ts'
import { anyHours } from '../../export/any-service.ts'

/** Days and times as other systems write them. */
describe('a time', () => {
  test.each([
    ['09:00:00Z', 540],
    ['9:00 AM', 540],
    ['12:30 am', 30],
    ['13:00pm', 780],
    ['1:00 p.m.', 780],
    ['9h30', 570],
    ['08:00:00+03:00', 480],
    ['24:00', 0],
    ['25:00', undefined],
    ['09:61', undefined],
    ['evening', undefined],
    ['', undefined],
  ])('%s', (text, minute) => {
    expect(timeOf(text)).toBe(minute)
  })
})

describe('days', () => {
  test.each([
    ['Monday', [0]],
    ['Sun-Thurs', [6, 0, 1, 2, 3]],
    ['Mon-Thurs  and Sat', [0, 1, 2, 3, 5]],
    ['Every day', [0, 1, 2, 3, 4, 5, 6]],
    ['Fri,Fri', [4]],
    ['Sometimes', undefined],
    ['Monthly', undefined],
    ['Tues, Weds; thur', [1, 2, 3]],
    ['Mon-Sometimes', undefined],
    ['', undefined],
  ])('%s', (text, days) => {
    expect(daysOf(text)).toEqual(days)
  })
})

const schedulesOf = (schedules: readonly object[]) =>
  hsdsService.parse({ id: 'a', name: 'a', schedules }).schedules

describe('schedules', () => {
  test.each([
    [{ freq: 'WEEKLY', interval: 2, byday: 'MO', opens_at: '09:00', closes_at: '12:00' }],
    [{ freq: 'MONTHLY', bymonthday: '2,3', opens_at: '09:00', closes_at: '12:00' }],
    [{ freq: 'MONTHLY', byday: '-1FR', opens_at: '09:00', closes_at: '12:00' }],
    [{ freq: 'WEEKLY', byday: 'MO', until: '2026-01-01', opens_at: '09:00', closes_at: '12:00' }],
    [{ freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '09:00' }],
    [{ freq: 'WEEKLY', byday: 'MO', opens_at: 'early' }],
    [{ freq: 'WEEKLY', opens_at: '09:00', closes_at: '12:00' }],
  ])('that our hours cannot say are left out as a whole: %j', (schedule) => {
    const good = { freq: 'WEEKLY', byday: 'TU', opens_at: '09:00', closes_at: '12:00' }
    expect(hoursOf(schedulesOf([good, schedule]))).toHaveProperty('problem')
    expect(hoursOf(schedulesOf([good]))).toEqual({ hours: 'Tu 09:00-12:00' })
  })

  test('that only describe themselves are no hours', () => {
    expect(hoursOf(schedulesOf([{ description: 'Most mornings' }]))).toBeUndefined()
  })

  test('that were made from hours are open at the same minutes again, holidays apart', () => {
    const holidays = { dates: new Set(['2026-12-31']), everyYear: new Set<string>() }
    const minute = fc.integer({ min: 0, max: 70 * 1440 - 1 }).map((at) => Date.UTC(2026, 1, 1) + at * 60_000)
    const clock = (at: number) =>
      `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`
    let compared = 0
    fc.assert(
      fc.property(anyHours, fc.array(minute, { minLength: 20, maxLength: 20 }), (osm, instants) => {
        const intervals = intervalsOf(osm)?.map(({ from, to, ...rest }) => ({
          ...rest,
          opens_at: clock(from),
          closes_at: clock(to === 1440 ? 1439 : to),
        }))
        const read = hoursOf(schedulesOf(intervals ?? []))
        const [before, after] = [
          parseHours(osm),
          parseHours(read !== undefined && 'hours' in read ? read.hours : ''),
        ]
        if ('problem' in before || intervals === undefined) return
        // A minute before midnight is taken for midnight.
        if (/23:59|00:00/u.test(osm)) return
        if ('problem' in after) throw new Error(`${osm}: ${JSON.stringify(read)}`)
        compared += 1
        for (const now of instants) {
          const [was, is] = [before.hours, after.hours].map((hours) =>
            isOpenAt({ hours, timeZone: 'UTC', holidays }, now),
          )
          expect([osm, is]).toEqual([osm, was])
        }
      }),
      { numRuns: 300 },
    )
    expect(compared).toBeGreaterThan(100)
  })
})
