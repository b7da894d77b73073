import { parse } from 'csv-parse/sync'
import type { Finding } from '../finding.ts'
import {
  MOST_CELLS,
  MOST_COLUMNS,
  MOST_ROWS,
  type Refusal,
  refuse,
  shortened,
  tooManyCells,
  tooManyColumns,
  tooManyRows,
} from './limits.ts'
import { swallowing } from './swallowed.ts'

/** Text to rows of cells: comma, semicolon, tab or bar, whichever cuts the first rows most evenly. */
export type Grid = {
  /** Of a workbook with several. */
  name?: string
  rows: readonly (readonly string[])[]
  /** Rows that do not go in whatever they hold, and why; counted from 1. */
  keptOut?: ReadonlyMap<number, Finding>
  /** Columns that the sheet does not show, counted from 0. */
  hiddenColumns?: ReadonlySet<number>
  /** The whole sheet is hidden. */
  isHidden?: boolean
}

export function readDelimited(written: string): Grid | Refusal {
  // A parser takes the first line's end for that of all lines.
  const text = written.includes('\r') ? written.replaceAll(/\r\r\n|\r\n?/gu, '\n') : written
  // Excel's own way to say it, in a row of its own.
  const said = /^sep=(.)\n/u.exec(text)
  const delimiter = said?.[1] ?? delimiterOf(text)
  let cells = 0
  try {
    const rows = parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      on_record(record: string[], { records }) {
        cells += record.length
        if (records > MOST_ROWS) throw new Stopped(tooManyRows())
        if (record.length > MOST_COLUMNS && record.findLastIndex((cell) => cell !== '') >= MOST_COLUMNS)
          throw new Stopped(tooManyColumns())
        if (cells > MOST_CELLS) throw new Stopped(tooManyCells())
        return record.map(shortened)
      },
    })
    return { rows, keptOut: swallowing(rows, delimiter) }
  } catch (error) {
    if (error instanceof Stopped) return error.refusal
    const line = error instanceof Error && 'records' in error ? Number(error.records) : Number.NaN
    return refuse(
      'The file cannot be read as a table from here on',
      'Look for a quotation mark that opens and never closes, or save the list as .xlsx.',
      Number.isInteger(line) ? line + 1 : undefined,
    )
  }
}

class Stopped extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super('stopped')
    this.refusal = refusal
  }
}

const DELIMITERS = [',', ';', '\t', '|']
const SAMPLE = 65_536
const SAMPLE_LINES = 30

/** The one that stands about as often in every row outside quotation marks, and most often. */
function delimiterOf(text: string): string {
  const lines = linesOf(text.slice(0, SAMPLE)).slice(0, SAMPLE_LINES)
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0)
    const usual = counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 0
    const even = counts.filter((count) => count === usual).length
    const score = lines.length === 0 ? 0 : usual * (even / lines.length) ** 2
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** What stands in quotation marks is left out. */
function linesOf(sample: string): string[] {
  return sample
    .replaceAll(/"(?:[^"]|"")*"/gu, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
}
