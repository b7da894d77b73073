import type { AccountId, CaseId, EntryId } from '../../storage/cases.ts'
import type { CaseBook } from '../case-book.ts'
import type { CaseRecord } from '../case-record.ts'

/**
 * What Lantern remembers of a case's place in Chatwoot. It is part of the case's sealed record, so it dies with the
 * case's key; every step of the handoff carries it along unseen, because each one spreads the record that it read.
 */
export interface Line {
  /** A contact may have been made, whether we know its number or not. */
  asked?: true
  contact?: number
  source?: string
  /** A conversation may have been made, whether we know its number or not. */
  asking?: true
  conversation?: number
  /** Entries up to this one were handed over. */
  relayed: number
  /** What may have been handed over: it was being sent when the last process ended, or no answer came. */
  sending?: EntryId
  /** The last message that we know to be ours. */
  last: number
  /** Messages up to this one were looked at. */
  seen: number
  /** The attributes that agents see, as text. */
  told?: string
}

type Lined = CaseRecord & { chatwoot?: Line }

/** Who holds a case that is in Chatwoot: all of its agents. 16 bytes, as every account. */
export const CHATWOOT = Buffer.from('chatwoot........').toString('base64url') as AccountId

export const hasLine = (record: Lined) => record.chatwoot !== undefined

export function lineOf(record: Lined): Line {
  return record.chatwoot ?? { relayed: 0, last: 0, seen: 0 }
}

export function withLine(record: CaseRecord, changes: Partial<Line>): CaseRecord {
  const lined: Lined = { ...record, chatwoot: { ...lineOf(record), ...changes } }
  return lined
}

export async function noteLine(book: CaseBook, id: CaseId, changes: Partial<Line>): Promise<void> {
  await book.change(id, ({ record }) => ({ answer: undefined, record: withLine(record, changes) }))
}
