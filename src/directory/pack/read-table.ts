import { parse } from 'csv-parse/sync'
import { unguarded } from './formula-guard.ts'
import type { Problem } from './pack.ts'

/**
 * Reads a table as people save it: commas, semicolons or tabs, a byte order mark, a row of HXL tags under the heading,
 * empty rows. Rows keep the number that a spreadsheet shows. Nothing throws; a row that cannot be used is a problem and
 * the others are still read, so that the keeper of the file sees all of them at once.
 */
export interface Table {
  columns: readonly string[]
  rows: readonly TableRow[]
}

export interface TableRow {
  /** As a spreadsheet counts: the heading is row 1. */
  row: number
  cells: ReadonlyMap<string, string>
}

export interface Columns {
  required: readonly string[]
  isKnown(column: string): boolean
}

const EMPTY: Table = { columns: [], rows: [] }
const DELIMITERS = [',', ';', '\t']

export function readTable(
  file: string,
  content: string,
  { required, isKnown }: Columns,
): { table: Table; problems: Problem[] } {
  const records = recordsOf(content)
  if ('line' in records) {
    const problem = 'cannot be read as a table'
    const remedy = 'Check the quotation marks from this row on, and save it as CSV in UTF-8.'
    return { table: EMPTY, problems: [{ file, ...records.line, problem, remedy }] }
  }
  const [heading = [], ...body] = records.cells
  const columns = heading.map((name) => name.toLowerCase())
  const problems: Problem[] = []
  const add = (field: string, problem: string, remedy: string) =>
    problems.push({ file, row: 1, ...(field === '' ? {} : { field }), problem, remedy })
  for (const [at, name] of columns.entries()) {
    if (columns.indexOf(name) !== at) add(name, 'stands twice in the heading', 'Keep one of the columns.')
    else if (!isKnown(name))
      add(
        name,
        'is not a column that is known',
        'Correct its name or delete the column: what is not known may hold private data.',
      )
  }
  for (const name of required)
    if (!columns.includes(name)) add(name, 'is missing from the heading', 'Add the column.')
  if (problems.length > 0) return { table: EMPTY, problems }

  const rows: TableRow[] = []
  for (const [at, cells] of body.entries()) {
    const row = at + 2
    if (cells.every((cell) => cell === '')) continue
    if (row === 2 && cells.every((cell) => cell === '' || cell.startsWith('#'))) continue
    if (cells.slice(columns.length).some((cell) => cell !== ''))
      problems.push({
        file,
        row,
        problem: 'has more cells than the heading',
        remedy: 'Put quotation marks around texts that hold a comma or a semicolon.',
      })
    else
      rows.push({
        row,
        cells: new Map(columns.map((name, column) => [name, unguarded(cells[column] ?? '')])),
      })
  }
  return { table: { columns, rows }, problems }
}

function recordsOf(content: string): { cells: string[][] } | { line: { row?: number } } {
  const [first = ''] = content.split(/\r?\n/u, 1)
  const count = (mark: string) => first.split(mark).length
  const [delimiter = ','] = DELIMITERS.toSorted((a, b) => count(b) - count(a))
  try {
    return { cells: parse(content, { bom: true, delimiter, relax_column_count: true, trim: true }) }
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : Number.NaN
    return { line: Number.isInteger(line) ? { row: line } : {} }
  }
}
