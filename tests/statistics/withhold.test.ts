import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counts, FEWEST, type Released, rounded } from '../../src/statistics/table.ts'
import { withhold } from '../../src/statistics/withhold.ts'
import { worksOut } from './attacker.ts'
import { most } from './linear-program.ts'

const value = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 2, arbitrary: fc.integer({ min: 8, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
)
const names = (length: number) => Array.from({ length }, (_, at) => `n${at}`)
const tables: fc.Arbitrary<Counts> = fc
  .record({
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 4 }),
    totals: fc.constantFrom('both' as const, 'rows' as const),
  })
  .chain(({ height, width, totals }) =>
    fc
      .array(fc.array(value, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      })
      .map((cells) => ({ rows: names(height), columns: names(width), cells, totals })),
  )
const hiddenOnes = fc.subarray(names(4))

/** What the number behind a place of the table is. */
function truth({ cells }: Counts, where: string): number {
  const [kind, first = '', second = ''] = where.split(' ')
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0)
  if (kind === 'cell') return cells[Number(first)]?.[Number(second)] ?? Number.NaN
  if (kind === 'row') return sum(cells[Number(first)] ?? [])
  if (kind === 'column') return sum(cells.map((row) => row[Number(first)] ?? 0))
  return sum(cells.flat())
}

function places(counts: Counts, released: Released) {
  const { totals } = counts
  return [
    ...released.cells.flatMap((row, r) => row.map((shown, c) => ({ where: `cell ${r} ${c}`, shown }))),
    ...released.rowTotals.map((shown, r) => ({ where: `row ${r}`, shown })),
    ...(totals === 'rows' ? [] : released.columnTotals.map((shown, c) => ({ where: `column ${c}`, shown }))),
    ...(totals === 'rows' ? [] : [{ where: 'all', shown: released.total }]),
  ]
}

/** Why a released table gives something away, place by place. */
function givenAway(counts: Counts, released: Released): string[] {
  return [...worksOut(released, counts.totals)].flatMap(([where, { least, most: high }]) => {
    const is = truth(counts, where)
    const said = `${where}, which is ${is}, is ${least} to ${high}`
    if (high - least < 1) return [`${said}: known`]
    const isFree = is < FEWEST ? least <= 0 && high >= FEWEST : high - least >= FEWEST
    return isFree ? [] : [said]
  })
}

describe('a table that is shown', () => {
  it('lets nobody work out what was withheld, by any sum or difference of what is shown', () => {
    fc.assert(
      fc.property(tables, hiddenOnes, (counts, hidden) => {
        expect(givenAway(counts, withhold(counts, new Set(hidden)))).toEqual([])
      }),
      { numRuns: 250 },
    )
  })

  it('has no number under ten and none that is not rounded to five', () => {
    fc.assert(
      fc.property(tables, hiddenOnes, (counts, hidden) => {
        const released = withhold(counts, new Set(hidden))
        for (const { where, shown } of places(counts, released)) {
          const is = truth(counts, where)
          if (is < FEWEST) expect(shown).toBeUndefined()
          if (shown !== undefined) expect(shown).toBe(rounded(is))
        }
        released.columns.forEach((column, c) => {
          if (hidden.includes(column))
            expect(released.cells.map((row) => row[c])).toEqual(counts.rows.map(() => undefined))
        })
      }),
    )
  })

  it('withholds nought like any other small number', () => {
    const table = (none: number): Counts => ({
      rows: ['a', 'b'],
      columns: ['x', 'y', 'z'],
      cells: [
        [60, 40, none],
        [70, 80, 90],
      ],
      totals: 'both',
    })
    const seen = [0, 1, 9].map((none) => withhold(table(none)).cells[0]?.map((shown) => shown === undefined))
    expect(seen).toEqual([seen[0], seen[0], seen[0]])
  })

  it('is the same each time', () => {
    fc.assert(
      fc.property(tables, (counts) => {
        expect(withhold(counts)).toEqual(withhold(structuredClone(counts)))
      }),
    )
  })

  it('keeps what can be shown: only what would give a small number away goes with it', () => {
    const counts: Counts = {
      rows: ['ar', 'en', 'es'],
      columns: ['', 'XV01', 'XV02', 'XV03'],
      cells: [
        [40, 31, 12, 6],
        [300, 120, 45, 22],
        [80, 25, 15, 7],
      ],
      totals: 'both',
    }
    const no = undefined
    expect(withhold(counts)).toEqual({
      rows: counts.rows,
      columns: counts.columns,
      // 12 goes with 6, since the sum of the row is shown; 6 and 7 are enough for each other in their column.
      cells: [
        [40, 30, no, no],
        [300, 120, 45, 20],
        [80, 25, 15, no],
      ],
      rowTotals: [90, 485, 125],
      columnTotals: [420, 175, 70, 35],
      total: 705,
    })
  })
})

describe('whoever works out what was withheld', () => {
  it('finds it where only the small numbers are left out', () => {
    const counts: Counts = {
      rows: ['a', 'b'],
      columns: ['x', 'y'],
      cells: [
        [50, 3],
        [50, 60],
      ],
      totals: 'both',
    }
    const safe = withhold(counts)
    const naive: Released = {
      ...safe,
      cells: [
        [50, undefined],
        [50, 60],
      ],
      rowTotals: [55, 110],
      columnTotals: [100, 65],
      total: 165,
    }
    expect(givenAway(counts, naive)).not.toEqual([])
    expect(givenAway(counts, safe)).toEqual([])
  })

  it('finds the most that sums allow', () => {
    const both = [
      { of: [1, 1], atMost: 10 },
      { of: [1, 0], atMost: 4 },
    ]
    expect(most([1, 2], both)).toBe(20)
    expect(most([1, 0], both)).toBe(4)
    expect(most([-1, 0], [...both, { of: [-1, 0], atMost: -3 }])).toBe(-3)
    expect(most([-1, 0], [...both, { of: [-1, 0], atMost: -5 }])).toBeUndefined()
    expect(most([0, 1], [{ of: [1, -1], atMost: 1 }])).toBe('endless')
  })
})
