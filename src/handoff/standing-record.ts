import type { Instant } from '../operations/environment.ts'
import type { EntryId } from '../storage/cases.ts'
import type { CaseRecord, Pending } from './case-record.ts'

/** How a record changes when the case passes from hand to hand. */

/** notice: she is told that somebody is there. Absent when a colleague takes over. */
export function withHolder(record: CaseRecord, at: Instant, notice: EntryId | undefined): CaseRecord {
  const pending: Pending[] =
    notice === undefined ? record.pending : [...record.pending, { kind: 'claimed', id: notice }]
  // Whoever takes it now has as much time for her last question as anybody else.
  const since = record.unansweredSince === undefined ? {} : { unansweredSince: at }
  return { ...record, ...since, claimedAt: at, spoke: false, alarmed: false, pending }
}

/** Back in the queue, or at its end: a new waiting period, of which she is told. */
export function withoutHolder(record: CaseRecord, notice: Pending): CaseRecord {
  return { ...record, spoke: false, alarmed: false, pending: [...record.pending, notice] }
}
