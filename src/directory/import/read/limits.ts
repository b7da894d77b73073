import type { Finding } from '../finding.ts'

/**
 * How much an import takes in. A directory that people keep has less than 5,000 services; these bounds stand well above it,
 * and low enough that no file of any kind takes more than 300 MB of memory (tests/faults/import-memory.test.ts).
 */
const MB = 1024 * 1024
export const MOST_BYTES = 16 * MB
/** What is packed in a workbook or zip, counted while it is unpacked: what it says of itself may be false. */
export const MOST_UNPACKED = 12 * MB
export const MOST_FILES = 2_000
export const MOST_ROWS = 11_000
export const MOST_COLUMNS = 500
/** Rows times columns. */
export const MOST_CELLS = 800_000
/** Characters of one cell. */
export const LONGEST_CELL = 10_000
/** Of a workbook: more than any spreadsheet program writes into a cell. */
export const LONGEST_RUN = 100_000
export const DEEPEST = 60
/** Objects, lists and their entries of a JSON document. */
export const MOST_PARTS = 1_000_000

/** The file as a whole does not go in. */
export interface Refusal {
  refusal: Finding
}

export function refuse(problem: string, remedy: string, row?: number): Refusal {
  return { refusal: { ...(row === undefined ? {} : { row }), kind: 'refused', problem, remedy } }
}

const ONLY_THE_LIST = 'Keep only the list itself in it, or cut it into several files by area.'

export const tooBig = (): Refusal =>
  refuse(`The file has more than ${MOST_BYTES / MB} MB, which no list of services needs`, ONLY_THE_LIST)
export const tooMuchPacked = (): Refusal =>
  refuse(
    `What is packed in the file has more than ${MOST_UNPACKED / MB} MB`,
    'Copy the list into a new workbook without empty rows, or save it as CSV.',
  )
/** Whoever reads the cell still sees that it was too long, and nothing holds on to the rest. */
export function shortened(cell: string): string {
  return cell.length > LONGEST_CELL ? cell.slice(0, LONGEST_CELL + 1) : cell
}

export const tooManyRows = (): Refusal =>
  refuse(`The list has more than ${MOST_ROWS.toLocaleString('en')} rows`, ONLY_THE_LIST)
export const tooManyColumns = (): Refusal =>
  refuse(`The list has more than ${MOST_COLUMNS} columns`, 'Keep only the columns of the services in it.')
export const tooManyCells = (): Refusal =>
  refuse(
    `The list has more than ${MOST_CELLS.toLocaleString('en')} cells`,
    'Keep only the columns of the services in it, or cut it into several files by area.',
  )
