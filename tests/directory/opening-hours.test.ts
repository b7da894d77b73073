import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localTime } from '../../src/directory/local-time.ts'
import { openingAt, spansOn } from '../../src/directory/opening.ts'
import { type Hours, parseHours } from '../../src/directory/opening-hours.ts'

const none = new Set<string>()
function hours(text: string): Hours {
  const parsed = parseHours(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.hours
}
const at = (text: string, instant: string, zone = 'Africa/Nairobi', holidays: ReadonlySet<string> = none) =>
  openingAt(hours(text), zone, holidays, Date.parse(instant))

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
    const holidays = new Set(['2026-03-02'])
    expect(at('Mo-Fr 08:00-16:00; PH off', '2026-03-02T09:00Z', 'Africa/Nairobi', holidays).kind).toBe(
      'closed',
    )
    expect(at('Mo-Fr 08:00-16:00', '2026-03-02T09:00Z', 'Africa/Nairobi', holidays).kind).toBe('open')
    expect(at('Mo-Fr 08:00-16:00; PH 10:00-11:00', '2026-03-02T07:30Z', 'Africa/Nairobi', holidays)).toEqual({
      kind: 'open',
      until: '11:00',
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
  ])('refuses what it does not understand: "%s"', (text) => {
    expect(parseHours(text)).toHaveProperty('problem')
  })

  it('never says open when the plain reading of the week says closed, nor closed when it says open', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    const span = fc
      .tuple(fc.nat(22), fc.constantFrom(0, 15, 30), fc.integer({ min: 1, max: 8 }))
      .map(([hour, minute, length]) => {
        const end = Math.min(hour + length, 23)
        return `${two(hour)}:${two(minute)}-${two(end)}:${two(59)}`
      })
    const days = fc.subarray(['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'], { minLength: 1 })
    const rule = fc.tuple(
      days,
      fc.oneof({ weight: 4, arbitrary: span }, { weight: 1, arbitrary: fc.constant('off') }),
    )
    const zones = fc.constantFrom(
      'Africa/Nairobi',
      'Europe/Kyiv',
      'America/Bogota',
      'Asia/Dhaka',
      'Asia/Baku',
    )
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        zones,
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
        (rules, zone, now) => {
          const parsed = hours(rules.map(([names, times]) => `${names.join(',')} ${times}`).join('; '))
          const local = localTime(now, zone)
          const date = new Date(Date.UTC(local.year, local.month - 1, local.day))
          const plainly = spansOn(parsed, none, date).some(
            ({ from, to }) => from <= local.minute && local.minute < to,
          )
          const { kind } = openingAt(parsed, zone, none, now)
          expect(kind === 'open' || kind === 'always').toBe(plainly)
        },
      ),
      { numRuns: 500 },
    )
  })
})
