import { isNothing } from '../cells/nothing.ts'
import type { Finding } from '../finding.ts'
import type { SheetRow } from '../sheet.ts'

/** Rows among the services that are none: a sum or a source under the list, a group's title, the heading once more. */
const FEWEST_COLUMNS = 4

export function remarkIn({ row, cells }: SheetRow, heading: readonly string[]): Finding | undefined {
  const filled = cells.filter((cell) => !isNothing(cell))
  if (filled.length > 1 && cells.every((cell, at) => cell === (heading[at] ?? '')))
    return {
      row,
      kind: 'note',
      problem: 'The row repeats the heading, so it was passed over',
      remedy: 'Nothing to do.',
    }
  if (filled.length > 1 || heading.length < FEWEST_COLUMNS) return undefined
  return {
    row,
    kind: 'note',
    problem: 'The row holds a single cell, so it was taken for a remark and passed over',
    remedy: 'If it is a service, fill in the others.',
  }
}
