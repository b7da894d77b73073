import type { Released, Shown } from '../../src/statistics/table.ts'
import { type Constraint, most } from './linear-program.ts'

/**
 * Whoever holds a published table and wants to know what was withheld: everybody knows how it was rounded, that nothing is
 * less than nought and that cells sum up to sums. What is withheld says nothing by itself.
 */
export interface Bounds {
  least: number
  most: number
}

/** Of each number of the table that was withheld, by cell, row, column and in all, all that it could be. */
export function worksOut(table: Released, totals: 'both' | 'rows') {
  const sumOf = (isIn: (row: number, column: number) => boolean) =>
    table.rows.flatMap((_, r) => table.columns.map((_unused, c) => (isIn(r, c) ? 1 : 0)))
  const numbers = [
    ...table.rows.flatMap((_, r) =>
      table.columns.map((_unused, c) => ({
        where: `cell ${r} ${c}`,
        shown: table.cells[r]?.[c],
        of: sumOf((row, column) => row === r && column === c),
      })),
    ),
    ...table.rows.map((_, r) => ({
      where: `row ${r}`,
      shown: table.rowTotals[r],
      of: sumOf((row) => row === r),
    })),
    ...(totals === 'rows'
      ? []
      : [
          ...table.columns.map((_, c) => ({
            where: `column ${c}`,
            shown: table.columnTotals[c],
            of: sumOf((_row, column) => column === c),
          })),
          { where: 'all', shown: table.total, of: sumOf(() => true) },
        ]),
  ]
  const known = numbers.flatMap(({ shown, of }) => constraintsOf(shown, of))
  const bounds = numbers
    .filter(({ shown }) => shown === undefined)
    .map(({ where, of }) => ({ where, bounds: boundsOf(of, known) }))
  return new Map(bounds.map((one) => [one.where, one.bounds]))
}

function constraintsOf(shown: Shown, of: readonly number[]): Constraint[] {
  if (shown === undefined) return []
  return [
    { of, atMost: shown + 2 },
    { of: of.map((by) => -by), atMost: -Math.max(10, shown - 2) },
  ]
}

function boundsOf(of: readonly number[], known: readonly Constraint[]): Bounds {
  const high = most(of, known)
  const low = most(
    of.map((by) => -by),
    known,
  )
  if (high === undefined || low === undefined) throw new Error('nothing fits what was published')
  return {
    least: low === 'endless' ? Number.NaN : Math.ceil(-low - 1e-6),
    most: high === 'endless' ? Number.POSITIVE_INFINITY : Math.floor(high + 1e-6),
  }
}
