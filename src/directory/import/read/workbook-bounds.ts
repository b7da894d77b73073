import {
  LONGEST_RUN,
  MOST_CELLS,
  MOST_COLUMNS,
  MOST_ROWS,
  type Refusal,
  refuse,
  tooManyCells,
  tooManyColumns,
  tooManyRows,
} from './limits.ts'

/**
 * How far the cells of a worksheet reach, before anything builds rows from it: one cell in the last corner would otherwise
 * make a table of seventeen thousand million. Cells that are written in no usual way are refused, since they cannot be bounded.
 */
const CELL = /<(?:\w+:)?c((?:\s+[\w:]+="[^"<>&]*")*)\s*(\/?)>/gu
const ANY_CELL = /<(?:\w+:)?c(?=[\s/>])/gu
const ROW = /<(?:\w+:)?row((?:\s+[\w:]+="[^"<>&]*")*)\s*\/?>/gu
const ANY_ROW = /<(?:\w+:)?row(?=[\s/>])/gu
const PLACE = /\sr="([A-Z]{1,3})(\d{1,7})"/u
const NUMBER = /\sr="(\d{1,7})"/u
/** A spreadsheet's own last row; empty ones up to it are common, and cost little. */
const LAST_ROW = 1_048_576

export function outOfBounds(xml: string): Refusal | undefined {
  if (longestRun(xml) > LONGEST_RUN)
    return refuse(
      `A cell has more than ${LONGEST_RUN.toLocaleString('en')} characters`,
      'Shorten its text; the list needs a sentence or two.',
    )
  let [cells, rows, lastRow, lastColumn] = [0, 0, 0, 0]
  for (const [, attributes = '', isEmpty = ''] of xml.matchAll(CELL)) {
    cells += 1
    const [, letters = '', digits = ''] = PLACE.exec(attributes) ?? []
    if (letters === '') return unusual()
    if (isEmpty !== '') continue
    lastRow = Math.max(lastRow, Number(digits))
    lastColumn = Math.max(lastColumn, columnNumber(letters))
    if (lastRow > MOST_ROWS) return tooManyRows()
    if (lastColumn > MOST_COLUMNS) return tooManyColumns()
    if (lastRow * lastColumn > MOST_CELLS) return tooManyCells()
  }
  for (const [, attributes = ''] of xml.matchAll(ROW)) {
    rows += 1
    if (/\sr=/u.test(attributes) && Number(NUMBER.exec(attributes)?.[1] ?? LAST_ROW + 1) > LAST_ROW)
      return unusual()
  }
  return count(xml, ANY_CELL) === cells && count(xml, ANY_ROW) === rows ? undefined : unusual()
}

/** From one tag to the next. */
function longestRun(xml: string): number {
  let longest = 0
  for (let at = 0; at !== -1 && at < xml.length; ) {
    const next = xml.indexOf('<', at + 1)
    longest = Math.max(longest, (next === -1 ? xml.length : next) - at)
    at = next
  }
  return longest
}

function count(xml: string, pattern: RegExp): number {
  let found = 0
  for (const _ of xml.matchAll(pattern)) found += 1
  return found
}

export function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

const unusual = (): Refusal =>
  refuse(
    'The workbook is written in an unusual way',
    'Open it in a spreadsheet program and save it again as .xlsx.',
  )
