import type { Instant } from '../operations/environment.ts'
import type { KeyId } from '../privacy/vault/vault.ts'

/**
 * Where cases and what was said in them are kept. Like the store of conversations it sees sealed bytes and ids that say
 * nothing; what stands in the clear is what the queue is ordered and swept by. Every method is atomic, and a promise
 * that resolves means that the bytes are on the disk.
 */

/** Eight random digits, as they are said on the telephone. */
export type CaseId = string & { readonly __case: unique symbol }
/** Whoever makes an entry chooses its id (base64url of 16 bytes), so that the second time is recognised. */
export type EntryId = string & { readonly __entry: unique symbol }
/** base64url of 16 random bytes. */
export type AccountId = string & { readonly __account: unique symbol }

export type CaseState = 'waiting' | 'active' | 'offered' | 'closed' | 'withdrawn'

export interface StoredCase {
  id: CaseId
  keyId: KeyId
  /** Starts at 1; each change adds 1. Part of the sealed record's AAD. */
  revision: number
  state: CaseState
  /** Who has it (active, offered); undefined while it waits and after its end. */
  holder: AccountId | undefined
  /** To whom it is offered. */
  offeredTo: AccountId | undefined
  /** 0 is the most urgent. */
  rank: number
  openedAt: Instant
  /** When `state` last became another; a change that leaves the state as it is does not move it. */
  changedAt: Instant
  sealed: Uint8Array
}

export interface StoredEntry {
  id: EntryId
  /** Grows by one inside a case. */
  seq: number
  at: Instant
  sealed: Uint8Array
}

export interface CaseChange {
  id: CaseId
  /** The revision that was read; 0 for a case that was not there. */
  expected: number
  keyId: KeyId
  state: CaseState
  holder: AccountId | undefined
  offeredTo: AccountId | undefined
  rank: number
  at: Instant
  sealed: Uint8Array
  /** Of a case that is to begin: by what it would be known if it was taken back already. */
  mark?: Uint8Array
  /** Appended in the same write, in this order; one whose id is there already is left out. */
  entries: readonly Omit<StoredEntry, 'seq'>[]
}

export type CaseOutcome = 'committed' | 'stale' | 'withdrawn'

export interface Cases {
  load(id: CaseId): Promise<StoredCase | undefined>
  /**
   * stale: another change came first, or the case is there under another key. withdrawn: its mark was noted. Nothing was
   * written then.
   */
  commit(change: CaseChange): Promise<CaseOutcome>
  /** Until then no case begins under this mark, in any process. */
  noteWithdrawn(mark: Uint8Array, until: Instant): Promise<void>
  /** Drops the marks whose time is over. */
  forgetWithdrawn(now: Instant): Promise<void>
  /** Waiting, active and offered cases: lowest rank first, then the longest open, then by id. */
  open(limit: number): Promise<StoredCase[]>
  /** The open cases of this holder, the longest open first. */
  held(holder: AccountId): Promise<StoredCase[]>
  /** Entries with a higher seq than `after`, in order. */
  entries(id: CaseId, after: number, limit: number): Promise<StoredEntry[]>
  /** One entry; undefined when it is not there: how a second click is recognised. */
  entry(id: CaseId, entry: EntryId): Promise<StoredEntry | undefined>
  /** Removes the case and its entries, overwriting their bytes. Idempotent. */
  erase(id: CaseId): Promise<void>
  /** Closed or withdrawn cases whose state changed before `before`, the oldest first. */
  ended(before: Instant, limit: number): Promise<{ id: CaseId; keyId: KeyId }[]>
  /** Every key id in use, for the orphan sweep at start. */
  keyIds(): AsyncIterable<{ id: CaseId; keyId: KeyId }>
  /**
   * Where several processes share the store: calls back with the number of a case that any of them changed, and nothing
   * else of it. Ends with `close`.
   */
  changedAnywhere?(listener: (id: CaseId) => void): void
  /** Cleans what deletion left in files (WAL). Resolves false when a reader was in the way and it must be tried again. */
  compact(): Promise<boolean>
  close(): Promise<void>
}
