import { MOST_ROWS } from './limits.ts'
import { columnNumber } from './workbook-bounds.ts'

/** A cell that reaches over several rows; counted from 1. */
export interface Merged {
  column: number
  from: number
  to: number
}

const MERGED = /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/gu
/** More than a list that somebody wrote by hand has. */
const MOST = 5_000

/** Those that are merged downwards; a title over several columns says nothing of any row. */
export function mergedCells(xml: string): Merged[] {
  const found: Merged[] = []
  for (const [, column = '', from, , to] of xml.matchAll(MERGED)) {
    if (Number(to) > Number(from) && Number(from) <= MOST_ROWS)
      found.push({ column: columnNumber(column), from: Number(from), to: Math.min(Number(to), MOST_ROWS) })
    if (found.length === MOST) break
  }
  return found
}
