import type { Finding } from '../finding.ts'
import { columnNumber } from './workbook-bounds.ts'

/**
 * What a worksheet holds and does not show: rows that a filter took away or somebody put aside, columns of notes for
 * colleagues. Whoever looked at the sheet has not seen them.
 */
export interface Hidden {
  /** Counted from 1. */
  rows: readonly number[]
  /** Counted from 0. */
  columns: ReadonlySet<number>
}

const ROW = /<(?:\w+:)?row(\s[^>]*|\/)?>(?:<(?:\w+:)?c\s[^>]*?\br="[A-Z]+(\d+)")?/gu
const COLUMN = /<(?:\w+:)?col\s([^>]*)>/gu
const LAST_COLUMN = columnNumber('XFD')

export function hiddenIn(xml: string): Hidden {
  const rows: number[] = []
  let row = 0
  for (const [, attributes = '', ofCell] of xml.matchAll(ROW)) {
    row = Number(attribute(attributes, 'r') ?? ofCell ?? row + 1)
    if (isHidden(attributes, 'ht')) rows.push(row)
  }
  const columns = new Set<number>()
  for (const [, attributes = ''] of xml.matchAll(COLUMN)) {
    if (!isHidden(attributes, 'width')) continue
    const last = Math.min(Number(attribute(attributes, 'max')), LAST_COLUMN)
    for (let column = Number(attribute(attributes, 'min')); column <= last; column += 1)
      columns.add(column - 1)
  }
  return { rows, columns }
}

/** Of a row, a column or a whole sheet; a size of nought hides as well. */
function isHidden(attributes: string, size: string): boolean {
  return (
    /^(?:1|true)$/u.test(attribute(attributes, 'hidden') ?? '') ||
    Number(attribute(attributes, size) ?? 1) === 0
  )
}

export function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}=["']([^"']*)["']`, 'u').exec(attributes)?.[1]
}

export function hiddenRow(row: number): Finding {
  return {
    row,
    kind: 'held',
    problem: 'The row is hidden in the sheet, so it waits for somebody to look at it',
    remedy:
      'Take off the filter or show the row. Delete it if it does not belong to the list, and import the file again.',
  }
}
