import type { Finding } from '../finding.ts'
import { LONGEST_CELL } from '../read/limits.ts'

/** What the reading of one cell says; column and row are added by whoever knows them. */
export type Said = Omit<Finding, 'row' | 'column'> & { once?: boolean }

export interface Mended {
  value: string
  said: readonly Said[]
  /** Cells of other columns that this one fills where they are empty. */
  more?: Readonly<Record<string, string>>
}

export const as = (value: string): Mended => ({ value, said: [] })
export const saying = (value: string, ...said: Said[]): Mended => ({ value, said })

export function refused(problem: string, remedy: string): Said {
  return { kind: 'refused', problem, remedy }
}
export function leftOut(problem: string, remedy: string): Said {
  return { kind: 'quarantined', problem, remedy }
}

export const IF_WRONG = 'If that is wrong, write it as the template has it.'
export function readAs(value: string): Said {
  return { kind: 'mended', problem: `was read as ${value}`, remedy: IF_WRONG }
}
/** Said once for a column. */
export function readThroughout(problem: string, remedy = IF_WRONG): Said {
  return { kind: 'mended', problem, remedy, once: true }
}

export const TOO_LONG: Said = {
  kind: 'refused',
  problem: `has more than ${LONGEST_CELL.toLocaleString('en')} characters`,
  remedy: 'Look for a quotation mark that is not closed, or shorten it.',
}
