import type { Finding } from '../finding.ts'

/**
 * Rows that hold other rows: a quotation mark that opens and closes only somewhere below makes one cell of all that stands
 * between, and a service is gone or has another's words and numbers. A text of several lines is told from it by how many
 * separators stand in one line of it; in a sentence a space follows them.
 */
const FEWEST = 3
const MOST_OF_THEM = 0.6

/** Such rows by their number, counted from 1, each with what is said of it. */
export function swallowing(
  rows: readonly (readonly string[])[],
  delimiter: string,
): ReadonlyMap<number, Finding> {
  const width = usualWidth(rows)
  const found = new Map<number, Finding>()
  for (const [at, cells] of rows.entries())
    if (isSwallowing(cells, delimiter, width)) found.set(at + 1, finding(at + 1))
  return found
}

function isSwallowing(cells: readonly string[], delimiter: string, width: number): boolean {
  return cells.some((cell, at) => {
    if (!cell.includes('\n')) return false
    const counts = cell.split('\n').map((line) => separators(line, delimiter))
    const last = counts.at(-1) ?? 0
    // Where the row that was swallowed goes on behind the mark, as much of it stands in the cell as stood before it.
    if (last >= FEWEST && last >= at) return true
    return counts.some((count) => count >= FEWEST && count >= (width - 1) * MOST_OF_THEM)
  })
}

function separators(line: string, delimiter: string): number {
  const [, ...parts] = line.split(delimiter)
  return parts.filter((part) => !part.startsWith(' ')).length
}

/** How many cells most rows have. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const widths = rows.map((cells) => cells.length).filter((width) => width > 1)
  return widths.toSorted((a, b) => a - b)[widths.length >> 1] ?? 0
}

function finding(row: number): Finding {
  return {
    row,
    kind: 'refused',
    problem: 'The row runs over several lines and seems to hold other rows, so none of it was read',
    remedy:
      'Look for a quotation mark that opens and never closes, take it out, and import the file again: rows below may be missing too.',
  }
}
