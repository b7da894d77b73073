import type { PackOfRow } from '../pack/read-service.ts'
import type { Finding } from './finding.ts'
import type { Sheet } from './sheet.ts'

/**
 * Files of other systems, which are no table: a JSON document, or a folder (or zip) of files. Their size, depth and number of
 * entries are bounded before anything here is called (`read/limits.ts`).
 */
export type Foreign =
  | { kind: 'json'; value: unknown }
  /** Path inside the package to its text, in UTF-8. */
  | { kind: 'package'; files: ReadonlyMap<string, string> }

export interface Format {
  /** For the report: "HSDS 3, as JSON". */
  name: string
  isOne(foreign: Foreign): boolean
  /**
   * The heading is the template's (`service-columns.ts`), a row's number that of the record from 1, lists are separated by `;`.
   * The importer reads the cells as strictly as those of any sheet. Never throws.
   */
  read(foreign: Foreign, pack: PackOfRow): { sheet: Sheet; findings: Finding[] }
}
