import { describe, expect, it } from 'vitest'
import type { Holidays } from '../../../src/directory/hours/holidays.ts'
import { openingAt } from '../../../src/directory/hours/opening.ts'
import { type Hours, parseHours } from '../../../src/directory/hours/opening-hours.ts'

const none: Holidays = { dates: new Set(), everyYear: new Set() }
function hours(text: string): Hours {
  const parsed = parseHours(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.hours
}
const at = (text: string, instant: string, timeZone = 'Africa/Nairobi', holidays = none) =>
  openingAt({ hours: hours(text), timeZone, holidays }, Date.parse(instant))

describe('opening hours', () => {
  it.each([
    ['24/7', '2026-03-02T10:00Z', { kind: 'always' }],
    ['Mo-Fr 08:00-16:00', '2026-03-02T05:00Z', { kind: 'open', until: '16:00' }],
    ['Mo-Fr 08:00-16:00', '2026-03-02T12:59Z', { kind: 'open', until: '16:00' }],
    [
      'Mo-Fr 08:00-16:00',
      '2026-03-02T13:00Z',
      { kind: 'closed', opensDay: 1, opensAt: '08:00', today: false, tomorrow: true },
    ],
    [
      'Mo-Fr 08:00-16:00',
      '2026-03-02T04:00Z',
      { kind: 'closed', opensDay: 0, opensAt: '08:00', today: true, tomorrow: false },
    ],
    [
      'Mo-Fr 08:00-16:00',
      '2026-03-06T14:00Z',
      { kind: 'closed', opensDay: 0, opensAt: '08:00', today: false, tomorrow: false },
    ],
    ['Mo-Fr 08:00-12:00,13:00-16:00', '2026-03-02T06:00Z', { kind: 'open', until: '12:00' }],
    ['Sa 20:00-02:00', '2026-03-07T22:00Z', { kind: 'open', until: '02:00' }],
    ['Mo[1] 09:00-10:00', '2026-03-02T06:30Z', { kind: 'open', until: '10:00' }],
    [
      'Mo-Su 08:00-20:00; We off',
      '2026-03-04T09:00Z',
      { kind: 'closed', opensDay: 3, opensAt: '08:00', today: false, tomorrow: true },
    ],
    ['Mo-Su off', '2026-03-02T09:00Z', { kind: 'unknown' }],
  ])('%s at %s', (text, instant, expected) => {
    expect(at(text, instant)).toEqual(expected)
  })

  it('closes on a holiday when the rule says so, and only then', () => {
    const holidays = { dates: new Set(['2026-03-02']), everyYear: new Set<string>() }
    expect(at('Mo-Fr 08:00-16:00; PH off', '2026-03-02T09:00Z', 'Africa/Nairobi', holidays).kind).toBe(
      'closed',
    )
    expect(at('Mo-Fr 08:00-16:00; PH 10:00-11:00', '2026-03-02T07:30Z', 'Africa/Nairobi', holidays)).toEqual({
      kind: 'open',
      until: '11:00',
    })
  })

  it.each([
    'Mo-Fr 08:00-16:00,08:00-12:00',
    'Fr 08:00-12:00,11:30-16:00',
    'Sa 20:00-02:00,23:00-24:00',
    'Mo 08:00-12:00,08:00-12:00',
  ])('says nothing of "%s", where two times of one day overlap', (text) =>
    expect(parseHours(text)).toEqual({ problem: expect.stringContaining('overlap') }),
  )
  it('takes times that touch, and a later rule for a short day', () => {
    expect(at('Mo 08:00-12:00,12:00-16:00', '2026-03-02T06:00Z').kind).toBe('open')
    expect(at('Mo-Fr 08:00-16:00; Fr 08:00-12:00', '2026-03-06T10:00Z').kind).toBe('closed')
  })

  describe('of a place that says nothing of holidays', () => {
    const holidays = { dates: new Set(['2026-03-02']), everyYear: new Set<string>() }
    const kindAt = (text: string, instant: string) => at(text, instant, 'Africa/Nairobi', holidays).kind
    const ANOTHER_DAY = { kind: 'unknown' }
    const TODAY = { kind: 'unknown', holiday: true }

    it.each([
      ['in its hours', 'Mo-Fr 08:00-16:00', '2026-03-02T09:00Z', TODAY],
      ['before them', 'Mo-Fr 08:00-16:00', '2026-03-02T04:00Z', TODAY],
      ['since it opens on it next', 'Mo-Fr 08:00-16:00', '2026-03-01T12:00Z', ANOTHER_DAY],
      ['also where it is open every day', 'Mo-Su 08:00-20:00', '2026-03-02T09:00Z', TODAY],
      ['after midnight, in the night after it', 'Mo 20:00-02:00', '2026-03-02T22:00Z', ANOTHER_DAY],
      ['after midnight, in a night that began before it', 'Su 20:00-02:00', '2026-03-01T22:00Z', TODAY],
    ])('are not known on a holiday, %s', (_, text, instant, unknown) => {
      expect(at(text, instant, 'Africa/Nairobi', holidays)).toEqual(unknown)
    })

    it('are those of any other day before, and after it has closed', () => {
      expect(kindAt('Mo-Su 08:00-16:00', '2026-03-01T12:00Z')).toBe('open')
      expect(at('Mo-Fr 08:00-16:00', '2026-03-02T14:00Z', 'Africa/Nairobi', holidays)).toEqual({
        kind: 'closed',
        opensDay: 1,
        opensAt: '08:00',
        today: false,
        tomorrow: true,
      })
      expect(kindAt('Mo-Fr 08:00-16:00', '2026-03-03T09:00Z')).toBe('open')
    })

    it('are day and night where they say so, in either way of writing', () => {
      for (const text of ['24/7', 'Mo-Su 00:00-24:00'])
        expect(kindAt(text, '2026-03-02T09:00Z')).toBe('always')
    })
  })

  it("goes by the door's own clock when summer time begins", () => {
    expect(at('Su 08:00-16:00', '2026-03-29T05:59Z', 'Europe/Warsaw').kind).toBe('closed')
    expect(at('Su 08:00-16:00', '2026-03-29T06:00Z', 'Europe/Warsaw').kind).toBe('open')
    expect(at('Su 08:00-16:00', '2026-03-22T06:59Z', 'Europe/Warsaw').kind).toBe('closed')
  })

  it.each([
    'Monday 9-5',
    'Mo-Fr 8:00-16:00',
    'Mo 08:00',
    'Xx 08:00-09:00',
    'Mo-Fr 08:00-25:00',
    '',
    ';',
    'Mo-Fr',
    'Mo-Fr 08:00-08:00',
    'Mo-Fr 08:00-12:00; Mo-Fr 13:00-17:00',
    '24/7; Mo-Su 09:00-17:00',
    `Mo ${'08:00-09:00,'.repeat(1000)}`,
  ])('refuses what it does not understand: "%s"', (text) => {
    expect(parseHours(text)).toHaveProperty('problem')
  })

  it.each([
    [
      'a night shift goes on into the next day',
      'Fr 20:00-02:00; Sa 10:00-12:00',
      '2026-03-06T22:30Z',
      'open',
    ],
    ['but not into a day that is off', 'Fr 20:00-02:00; Sa off', '2026-03-06T22:30Z', 'closed'],
    [
      'a rule for the first Monday wins in its week',
      'Mo-Fr 08:00-16:00; Mo[1] off',
      '2026-03-02T09:00Z',
      'closed',
    ],
    ['and in no other', 'Mo-Fr 08:00-16:00; Mo[1] off', '2026-03-09T09:00Z', 'open'],
    [
      'a weekday that is more than a week away is not named',
      'Mo[1] 09:00-10:00',
      '2026-03-02T08:00Z',
      'unknown',
    ],
    ['nor is one that is exactly a week away', 'Mo 09:00-10:00', '2026-03-02T08:00Z', 'unknown'],
    ['day and night but for holidays', '24/7', '2026-12-31T20:00Z', 'always'],
  ])('%s', (_, text, instant, kind) => {
    expect(at(text, instant).kind).toBe(kind)
  })

  it('never says open where it cannot know: holidays of a year that the pack does not list', () => {
    const listed = { dates: new Set(['2026-12-25']), everyYear: new Set<string>() }
    const yearly = { dates: new Set<string>(), everyYear: new Set(['12-25']) }
    const text = 'Mo-Fr 08:00-16:00; PH off'
    expect(at(text, '2026-03-02T09:00Z', 'Africa/Nairobi', listed).kind).toBe('open')
    expect(at(text, '2027-03-02T09:00Z', 'Africa/Nairobi', listed).kind).toBe('unknown')
    expect(at(text, '2026-03-02T09:00Z').kind).toBe('unknown')
    expect(at(text, '2026-12-31T20:00Z', 'Africa/Nairobi', listed).kind).toBe('unknown')
    expect(at(text, '2031-12-25T09:00Z', 'Africa/Nairobi', yearly).kind).toBe('closed')
    expect(at(text, '2031-12-26T09:00Z', 'Africa/Nairobi', yearly).kind).toBe('open')
  })

  it.each([
    ['closes at the first minute that the skipped hour leaves', '2026-03-29T00:30Z', '03:00'],
    ['closes at 02:30 of the first of two such hours', '2026-10-24T23:30Z', '02:30'],
  ])('%s', (_, instant, until) => {
    expect(at('Su 00:00-02:30', instant, 'Europe/Warsaw')).toEqual({ kind: 'open', until })
  })
})
