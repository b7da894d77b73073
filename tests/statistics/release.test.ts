import { describe, expect, it } from 'vitest'
import { MEASURES, nameOf, readName, TOPIC_CLASSES, waitOf } from '../../src/statistics/counter-names.ts'
import { lastShown, monthOf, monthsAfter } from '../../src/statistics/months.ts'
import { monthsShown, release } from '../../src/statistics/release.ts'
import { type Counter, type Grid, tablesOf } from '../../src/statistics/tables.ts'

const grid: Grid = { languages: ['en', 'es'], needs: ['shelter', 'legal'], areas: ['demo/XV01', 'demo/XV02'] }
const BEFORE_NOVEMBER = Date.UTC(2026, 10, 1) - 1
const NOVEMBER = Date.UTC(2026, 10, 27, 9)
const at = (
  measure: (typeof MEASURES)[number],
  row: string,
  value: number,
  area?: string,
  month = '2026-09',
): Counter => ({
  name: nameOf({ measure, row, month, ...(area === undefined ? {} : { area }) }),
  value,
})

describe('the month of a statistic', () => {
  it('may be shown when the month after it is over, and not a moment before', () => {
    const september = [at('contact', 'en', 40)]
    expect(release(september, { month: '2026-09', grid, now: BEFORE_NOVEMBER })).toBeUndefined()
    expect(
      release(september, { month: '2026-09', grid, now: BEFORE_NOVEMBER + 1 })?.get('contact')?.total,
    ).toBe(40)
    expect(monthsShown(september, Date.UTC(2026, 10, 1) - 1)).toEqual([])
    expect(monthsShown(september, Date.UTC(2026, 10, 1))).toEqual(['2026-09'])
  })

  it('is neither the one that runs nor the one before', () => {
    const counters = ['2026-11', '2026-10', '2026-09', '2026-08'].map((month) =>
      at('contact', 'en', 40, undefined, month),
    )
    expect(monthsShown(counters, NOVEMBER)).toEqual(['2026-09', '2026-08'])
    expect(release(counters, { month: '2026-10', grid, now: NOVEMBER })).toBeUndefined()
    expect(release(counters, { month: '2027-01', grid, now: NOVEMBER })).toBeUndefined()
  })

  it('goes by the calendar, over the end of a year', () => {
    expect([monthOf(Date.UTC(2026, 0, 1) - 1), monthOf(Date.UTC(2026, 0, 1))]).toEqual(['2025-12', '2026-01'])
    expect([monthsAfter('2026-01', -1), monthsAfter('2025-12', 2), monthsAfter('2026-03', -13)]).toEqual([
      '2025-12',
      '2026-02',
      '2025-02',
    ])
    expect(lastShown(Date.UTC(2026, 0, 31))).toBe('2025-11')
  })
})

describe('what is released of a month', () => {
  const counters = [
    at('contact', 'en', 100),
    at('contact', 'en', 30, 'demo/XV01'),
    at('contact', 'en', 4, 'demo/XV02'),
    at('contact', 'es', 50),
    at('contact', 'es', 20, 'demo/XV01'),
    at('contact', 'es', 3, 'demo/XV02'),
    at('gap', 'shelter', 80),
    at('gap', 'shelter', 20, 'demo/XV01'),
    at('gap', 'shelter', 30, 'demo/XV02'),
  ]

  it('is made of its own counters and of nothing else', () => {
    const others = [
      at('contact', 'en', 7_000, undefined, '2026-08'),
      at('gap', 'shelter', 7_000, 'demo/XV02', '2026-10'),
      { name: 'heard.tier1.en.2026-W36', value: 7_000 },
    ]
    const alone = release(counters, { month: '2026-09', grid, now: NOVEMBER })
    expect(release([...others, ...counters], { month: '2026-09', grid, now: NOVEMBER })).toEqual(alone)
    expect(alone?.get('contact')?.rows).toEqual(['en', 'es'])
  })

  it('says nothing at all of an area with few contacts, and does not even name it', () => {
    const more = counters.map((one) => ({
      ...one,
      value: one.name.includes('XV01') ? one.value + 40 : one.value,
    }))
    const released = release(more, { month: '2026-09', grid, now: NOVEMBER })
    expect(released?.get('contact')?.columns).toContain('demo/XV01')
    for (const table of released?.values() ?? []) expect(table.columns).not.toContain('demo/XV02')
  })

  it('does not tell an area where nobody was from one where a few were', () => {
    const seen = [0, 1, 9].map((few) => {
      const others = counters.filter(({ name }) => !name.includes('XV02'))
      const there = few === 0 ? [] : [at('contact', 'en', few, 'demo/XV02')]
      // Who is not there told no area: all sums stay as they were.
      return release([...others, ...there], { month: '2026-09', grid, now: NOVEMBER })
    })
    const places = seen.map((one) => [...(one?.values() ?? [])].map(({ rows, columns }) => [rows, columns]))
    expect(places).toEqual([places[0], places[0], places[0]])
  })

  it('says nothing where there were few contacts at all', () => {
    const few = [at('contact', 'en', 9), at('gap', 'shelter', 40)]
    const released = release(few, { month: '2026-09', grid, now: NOVEMBER })
    for (const table of released?.values() ?? [])
      expect(
        [table.total, ...table.rowTotals, ...table.columnTotals, ...table.cells.flat()].every(
          (one) => one === undefined,
        ),
      ).toBe(true)
  })

  it('counts who told no area as those in no area', () => {
    const { contact } = tablesOf(counters, '2026-09', grid)
    expect(contact.columns).toEqual(['', 'demo/XV01', 'demo/XV02'])
    expect(contact.cells).toEqual([
      [66, 30, 4],
      [27, 20, 3],
    ])
    expect(release(counters, { month: '2026-09', grid, now: NOVEMBER })?.get('contact')?.rowTotals).toEqual([
      100, 50,
    ])
  })
})

describe('the name of a counter', () => {
  it('is read as it was written, and holds only words of closed sets', () => {
    for (const measure of MEASURES)
      for (const area of [undefined, 'demo/XV01'])
        for (const row of [...TOPIC_CLASSES, 'pt-BR', '24h', 'aidConduct']) {
          const counted = { measure, row, month: '2026-09', ...(area === undefined ? {} : { area }) }
          expect(readName(nameOf(counted))).toEqual(counted)
        }
    for (const name of [
      'heard.tier1.en.2026-W36',
      'stat.contact.2026-09',
      'stat.who.en.2026-09',
      'stat.contact.en.demo/XV01',
    ])
      expect(readName(name)).toBeUndefined()
    expect([0, 15, 16, 60, 240, 1_440, 1_441].map(waitOf)).toEqual([
      '15min',
      '15min',
      '1h',
      '1h',
      '4h',
      '24h',
      'longer',
    ])
  })
})
