import type { Instant } from '../operations/environment.ts'
import type { KeyId } from '../privacy/vault/vault.ts'
import type { OverBefore } from './over-counters.ts'

/**
 * Where conversations, their outboxes and their traces are kept. A store sees sealed bytes and ids that say nothing
 * about a person. Every method is atomic; a promise that resolves means that the bytes are on the disk.
 */

/** Pseudonym of one person on one channel: base64url of 32 bytes. */
export type ConversationId = string & { readonly __conversation: unique symbol }
/** base64url of 16 random bytes. */
export type ItemId = string & { readonly __item: unique symbol }

export interface Stored {
  id: ConversationId
  keyId: KeyId
  /** Starts at 1; each commit adds 1. Also part of the sealed record's AAD. */
  revision: number
  sealed: Uint8Array
  /** When the last turn was committed. */
  touchedAt: Instant
}

/** message: to the person. forget: delete the chat's recent messages where the platform can. case: for the desk. */
export type ItemKind = 'message' | 'forget' | 'case'

export interface OutboxItem {
  id: ItemId
  kind: ItemKind
  sealed: Uint8Array
  /** Not before this instant; items of one conversation leave in the order of their commit all the same. */
  notBefore: Instant
  /** Deliveries tried so far. */
  attempts: number
}

/** A platform message id, sealed, kept so that the message can be deleted while the platform still allows it. */
export interface Mark {
  sealed: Uint8Array
  at: Instant
}

/** `fence`: of the delivery, or a random number of the caller's. */
export interface Lease {
  fence: number
  until: Instant
}

export interface Commit {
  /** The name that it has from this commit on. */
  id: ConversationId
  /**
   * The older name under which it was found. While a delivery of it is under way it cannot change its name: then the
   * commit is `held`, and nothing was written.
   */
  was?: ConversationId
  /** Of which pepper `id` is; absent where the turn did not come from her and so says nothing about names. */
  named?: number
  /**
   * The key of the whole conversation. A commit under another key than the stored one is stale, whatever revision it
   * names: it belongs to a conversation that was erased and has begun anew meanwhile.
   */
  keyId: KeyId
  /** The revision that was loaded; 0 for a conversation that was not there. */
  expected: number
  sealed: Uint8Array
  at: Instant
  /** Keyed hash of the platform's event id: the second commit with the same one is a duplicate. */
  seen: Uint8Array
  /**
   * Drops every waiting item first but those for the desk (exit): nothing said before reaches her any more. Where a
   * delivery is under way, what comes with this turn waits until its holder has settled or its lease has ended.
   */
  cancelWaiting: boolean
  /** What waits for the desk becomes due again with it, so that it never holds back what is for her. */
  outbox: readonly Omit<OutboxItem, 'attempts'>[]
  marks: readonly Mark[]
  /** Takes the lease on these items in the same write, as a claim would, when nothing else waits and nobody holds one. */
  lease?: Lease
  /** Counter names to add one to, in the same atomic write. */
  counts: readonly string[]
}

export type CommitOutcome = 'committed' | 'leased' | 'stale' | 'duplicate' | 'held'

export interface Delivery {
  id: ConversationId
  keyId: KeyId
  /** Due items in commit order. An item that is not due yet holds back the ones behind it. */
  items: readonly OutboxItem[]
  /** Another one with every claim and every exit of this conversation: what is asked under an older one is refused. */
  fence: number
}

/**
 * What became of a lease. left: she left, or is being erased, while it was under way: its holder stops. lost: it is another's,
 * or the conversation is gone.
 */
export type Holding = 'held' | 'left' | 'lost'

export interface Settlement {
  fence: number
  done: readonly ItemId[]
  /** Releases the lease and tries the rest again at this instant; one attempt more on `tried`, else on the first, unless none was tried. */
  retry?: { at: Instant; untried?: boolean; tried?: ItemId }
  /** Ids of messages that were sent. */
  marks?: readonly Mark[]
  /** Drops marks up to and including this instant (they were deleted, or are too old to delete). */
  forgetMarksUntil?: Instant
  /** May wait some milliseconds to share a write with others; a crash meanwhile makes the delivery happen again. */
  unhurried?: boolean
}

/** What a conversation must have to be erased. */
export interface Only {
  revision?: number
  keyId?: KeyId
}

export interface Conversations {
  load(id: ConversationId): Promise<Stored | undefined>
  /** Under which name the conversation of this key is kept now: names change with the pepper, keys never do. */
  nameOf(keyId: KeyId): Promise<ConversationId | undefined>
  /** Whether any conversation still goes by a name of a pepper older than this one. */
  namedBefore(pepper: number): Promise<boolean>
  /** leased: committed, and the lease that was asked for is held. */
  commit(turn: Commit): Promise<CommitOutcome>
  /** Takes a lease on up to `limit` conversations that have due items and no living lease, longest waiting first. */
  claimDue(now: Instant, limit: number, leaseMs: number): Promise<Delivery[]>
  /**
   * Takes out what is done. The lease is kept while items of the claimed delivery are left, and released when none is
   * left or with `retry`. left: written but for `retry`, and the way is free for what the exit brought. lost: nothing was
   * written.
   */
  settle(id: ConversationId, settlement: Settlement): Promise<Holding>
  /** A sender lives: its lease lasts until then, after an exit too, so that nothing overtakes what it sends. */
  renew(id: ConversationId, lease: Lease): Promise<Holding>
  /**
   * Before a wipe: drops what waits for her, and lets no delivery begin until `lease` ends or is settled. busy: one is
   * under way, and its holder learns of it; to be asked again until it is held.
   */
  bar(id: ConversationId, lease: Lease, now: Instant): Promise<'held' | 'busy' | 'gone'>
  /** When the next item becomes due, undefined when none waits. */
  nextDue(): Promise<Instant | undefined>
  /** How many items of this conversation wait. */
  waiting(id: ConversationId): Promise<number>
  marks(id: ConversationId): Promise<Mark[]>
  /**
   * Removes record, outbox, marks and seen ids, overwriting their bytes. Idempotent. With a revision or a key only while it
   * has that one: what has begun anew under the same name stays. Resolves to whether nothing of this name is there any more.
   */
  erase(id: ConversationId, only?: Only): Promise<boolean>
  /** Conversations whose last turn is older than `before`: the retention sweep erases them. */
  idle(before: Instant, limit: number): Promise<{ id: ConversationId; keyId: KeyId }[]>
  /** Conversations whose last turn is later than `after`, as after a clock that was wrong. */
  ahead(after: Instant): Promise<{ id: ConversationId; keyId: KeyId }[]>
  /** When the last turn of all was; undefined when there is none. */
  lastTouched(): Promise<Instant | undefined>
  /** Every key id in use, for the orphan sweep at start. */
  keyIds(): AsyncIterable<{ id: ConversationId; keyId: KeyId }>
  /** Drops seen ids older than `before` and marks older than `marksBefore`. */
  prune(before: Instant, marksBefore: Instant): Promise<void>
  /** After a restore: what waited to be said is old by now. What is for the desk, or deletes, stays. */
  dropWaitingMessages(): Promise<void>
  /** Cleans what deletion left in files (WAL). Resolves false when a reader was in the way and it must be tried again. */
  compact(): Promise<boolean>
  /** Drops counters whose name ends in a week (`2026-W48`) or a month (`2026-11`) before this one. */
  pruneCounts(before: OverBefore): Promise<void>
  counts(): Promise<{ name: string; value: number }[]>
  close(): Promise<void>
}
