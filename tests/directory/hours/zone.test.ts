import { expect, it } from 'vitest'
import { dateIn, dateOf, wallMinute, weekdayOf } from '../../../src/directory/hours/zone.ts'

it('reads the date of a place, which is not that of the server', () => {
  const late = Date.parse('2026-03-02T21:30Z')
  expect(dateIn('Africa/Nairobi', late)).toBe('2026-03-03')
  expect(dateIn('America/Bogota', late)).toBe('2026-03-02')
})

it('counts wall minutes through quarter-hour zones and back through the hour that comes twice', () => {
  const midnight = Date.parse('2026-03-02T00:00Z') / 60_000
  expect(wallMinute(midnight, 'Asia/Kathmandu') - midnight).toBe(345)
  const twice = Date.parse('2026-10-25T01:00Z') / 60_000
  expect(wallMinute(twice, 'Europe/Warsaw') - wallMinute(twice - 1, 'Europe/Warsaw')).toBe(-59)
})

it('knows the days of the week from Monday on', () => {
  const monday = Date.parse('2026-03-02T00:00Z') / 86_400_000
  expect([0, 1, 6, 7, -1].map((days) => weekdayOf(monday + days))).toEqual([0, 1, 6, 0, 6])
  expect(dateOf(monday)).toBe('2026-03-02')
})
