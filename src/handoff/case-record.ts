import type { CaseRequest } from '../conversation/conversation.ts'
import { WrittenByNewer } from '../errors.ts'
import type { Instant } from '../operations/environment.ts'
import { isOfNewer, open, seal } from '../privacy/sealing/seal.ts'
import type { Key } from '../privacy/vault/vault.ts'
import type { AccountId, EntryId, StoredCase, StoredEntry } from '../storage/cases.ts'
import type { CaseLink, Delivery, EndReason, Entry, Outcome, Presence } from './handoff.ts'

/** What a case and its entries say, sealed under the case's own key, and read back. */

/** What has yet to reach her conversation, in this order. */
export type Pending =
  | { kind: 'claimed'; id: EntryId }
  | { kind: 'ended'; id: EntryId; why: EndReason }
  /** kept: her conversation has it already and waits for her; taken back when she is here, so that it is offered anew. */
  | { kind: 'entry'; id: EntryId; kept?: true }

export interface CaseRecord {
  request: CaseRequest
  link: CaseLink
  /** The item that opened it, so that the second time is recognised. */
  openedBy: EntryId
  presence: Presence
  /** When she was last seen there, away or gone. */
  presenceAt: Instant
  windowUntil?: Instant
  /** Messages of hers since the holder's last one. */
  unanswered: number
  /** Since when she waits for an answer of the holder; undefined when nothing of hers is unanswered. */
  unansweredSince?: Instant
  /** When the last holder took it. */
  claimedAt?: Instant
  /** The holder has written since then. */
  spoke: boolean
  /** The desk was told that this waiting period, or this question of hers, is past its time. */
  alarmed: boolean
  pending: Pending[]
  notTaken: EntryId[]
  outcome?: Outcome
}

export type EntryBody =
  | { kind: 'person'; text: string }
  | { kind: 'caseworker'; by: AccountId; text: string }
  | { kind: 'card'; by: AccountId; service: string; title: string }
  | { kind: 'note'; by: AccountId; text: string }
  | { kind: 'happened'; what: Happened; by?: AccountId }
export type Happened = Extract<Entry, { kind: 'happened' }>['what']

/** This key has sealed as much as one key may; no case comes near it. */
export class CaseKeySpent extends Error {
  override readonly name = 'CaseKeySpent'
}

export function sealCase(key: Key, id: string, revision: number, record: CaseRecord): Uint8Array {
  return sealed(key, 'case', id, revision, record)
}

export function openCase(key: Key, { id, revision, sealed: bytes }: StoredCase): CaseRecord | undefined {
  return opened<CaseRecord>(key, 'case', id, revision, bytes)
}

export function sealEntry(key: Key, id: EntryId, at: Instant, body: EntryBody): Omit<StoredEntry, 'seq'> {
  return { id, at, sealed: sealed(key, 'entry', id, 0, body) }
}

export function openEntry(key: Key, { id, sealed: bytes }: StoredEntry): EntryBody | undefined {
  return opened<EntryBody>(key, 'entry', id, 0, bytes)
}

/** As the desk sees it. */
export function entryOf({ id, seq, at }: StoredEntry, body: EntryBody, record: CaseRecord): Entry {
  switch (body.kind) {
    case 'caseworker':
    case 'card':
      return { id, seq, at, ...body, delivery: deliveryOf(id, record) }
    case 'person':
    case 'note':
    case 'happened':
      return { id, seq, at, ...body }
  }
}

function deliveryOf(id: EntryId, { pending, notTaken }: CaseRecord): Delivery {
  if (pending.some((one) => one.kind === 'entry' && one.id === id)) return 'waiting'
  return notTaken.includes(id) ? 'notTaken' : 'shown'
}

function sealed(key: Key, type: string, id: string, revision: number, value: unknown): Uint8Array {
  const outcome = seal(key, { type, id, revision }, Buffer.from(JSON.stringify(value)))
  if (outcome.kind === 'spent') throw new CaseKeySpent()
  return outcome.bytes
}

function opened<T>(key: Key, type: string, id: string, revision: number, bytes: Uint8Array): T | undefined {
  const outcome = open(key, { type, id, revision }, bytes)
  if (outcome.kind === 'refused' && isOfNewer(bytes, key.id)) throw new WrittenByNewer()
  return outcome.kind === 'opened' ? (JSON.parse(Buffer.from(outcome.plaintext).toString()) as T) : undefined
}
