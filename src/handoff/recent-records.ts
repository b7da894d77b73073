import type { CaseId, StoredCase } from '../storage/cases.ts'
import type { CaseRecord } from './case-record.ts'

/**
 * Records that were read last, so that a queue that is looked at every few seconds is decrypted once. One a case, known
 * by key and revision; whoever asks has made sure that the key still lives.
 */
export interface RecentRecords {
  get(row: StoredCase, read: () => CaseRecord | undefined): CaseRecord | undefined
  drop(id: CaseId): void
}

const MOST = 500

export function recentRecords(): RecentRecords {
  const held = new Map<CaseId, { keyId: string; revision: number; record: CaseRecord }>()
  return {
    get({ id, keyId, revision }, read) {
      const known = held.get(id)
      if (known?.keyId === keyId && known.revision === revision) return known.record
      const record = read()
      held.delete(id)
      if (record === undefined) return undefined
      held.set(id, { keyId, revision, record })
      const [oldest] = held.keys()
      if (held.size > MOST && oldest !== undefined) held.delete(oldest)
      return record
    },
    drop: (id) => void held.delete(id),
  }
}
