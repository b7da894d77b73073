/**
 * A table of numbers before and after it was made safe to show. Rows are what was counted, columns are areas; the column
 * `''` is those who told none.
 */
export interface Counts {
  rows: readonly string[]
  columns: readonly string[]
  /** By row, then by column. */
  cells: readonly (readonly number[])[]
  /**
   * both: who is counted stands in one row and one column, so that the sums of both mean something. rows: one person may
   * stand in several rows, and only the sums of rows do.
   */
  totals: 'both' | 'rows'
}

/** Rounded, at least 10; undefined: withheld, which says neither that it is small nor that it is not. */
export type Shown = number | undefined

export interface Released {
  rows: readonly string[]
  columns: readonly string[]
  cells: readonly (readonly Shown[])[]
  rowTotals: readonly Shown[]
  columnTotals: readonly Shown[]
  total: Shown
}

export const FEWEST = 10
export const STEP = 5

export const rounded = (value: number) => Math.round(value / STEP) * STEP

/** What a shown number may have been before it was rounded: everybody knows the rule. */
export function meant(shown: number): { low: number; high: number } {
  return { low: Math.max(FEWEST, shown - 2), high: shown + 2 }
}
