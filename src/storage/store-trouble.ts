import { StoreFailed } from '../errors.ts'
import { sqliteCode } from './sqlite/file.ts'

/**
 * Busy, locked, no memory, read-only, interrupted, I/O, full, cannot open, locking protocol (sqlite.org/rescode.html). What is
 * corrupt does not pass: a damaged page must not hold up all who are not on it.
 */
const OF_THE_DISK = new Set([5, 6, 7, 8, 9, 10, 13, 14, 15])

/** Whether a store is to blame for a failure, and not what was asked of it: it may go well the next time. */
export function isStoreTrouble(error: unknown): boolean {
  return error instanceof StoreFailed || OF_THE_DISK.has(sqliteCode(error))
}
