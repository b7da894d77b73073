import { openSqliteCases as openReal } from '../../../src/storage/sqlite/sqlite-cases.ts'
import type { Cases } from '../../../src/storage/cases.ts'
import { watched } from './reach.ts'

/** The cases, with points around what is written of them. */
export function openSqliteCases(folder: string): Cases {
  return watched('cases', openReal(folder), ['commit', 'erase', 'compact'], ['kill', 'reject'])
}
