import type { KeyObject } from 'node:crypto'
import type { Instant } from '../../operations/environment.ts'
import type { Departure } from '../departure.ts'

/**
 * The vault holds keys and nothing else, and no backup ever reads it: destroying a key here is what makes a wipe final.
 * Construction: docs/decisions/0003-keys-and-records.md (ROOT wraps a daily KEK, which wraps one random key per
 * conversation).
 */

/** base64url of 16 random bytes. */
export type KeyId = string & { readonly __key: unique symbol }

export interface Key {
  id: KeyId
  /** 32 random bytes; never derived, so that it can be destroyed. Use through `src/privacy/sealing/seal.ts` only. */
  secret: KeyObject
}

/** One time of a key that is changed again and again. */
export interface Epoch {
  /** Grows by one with each. */
  epoch: number
  /** When it was made; 0 where that is not known. */
  madeAt: Instant
}

export interface Vault {
  /** Durable before it resolves. */
  create(): Promise<Key>
  open(id: KeyId): Promise<Key | undefined>
  /**
   * Durable before it resolves; idempotent; works on a full disk (ballast). Rejects when it cannot be made sure. In the same
   * write it may keep that a person departed.
   */
  destroy(id: KeyId, departure?: Departure): Promise<void>
  /** Of somebody who has no key. Durable before it resolves. */
  depart(departure: Departure): Promise<void>
  /** What is kept of a token; undefined when it is over by now. */
  departure(token: Buffer, now: Instant): Promise<Departure | undefined>
  /** New KEK, every living key wrapped anew, the old KEK overwritten. Turns go on meanwhile. */
  rotate(how?: Rotation): Promise<void>
  /** The key of pseudonyms (HMAC), current first, then the previous one when it still lives. */
  peppers(): Promise<readonly KeyObject[]>
  /** Of the current KEK and pepper. */
  epochs(): Promise<{ kek: Epoch; pepper: Epoch }>
  /** Ids of all living keys, for the orphan sweep. */
  ids(): AsyncIterable<KeyId>
  close(): Promise<void>
}

export interface Rotation {
  /** When it is; the new key counts as made long ago where that is not given. */
  at?: Instant
  /** Called between two steps. */
  progress?(done: number, of: number): void
}

/** A vault whose pepper can be changed; kept apart from `Vault`, since a turn never does so. */
export interface RotatingVault extends Vault {
  /** New pepper; the current one becomes the previous one, and the one before that is destroyed. */
  rotatePepper(how?: Pick<Rotation, 'at'>): Promise<void>
  /** Destroys every pepper but the current one: whoever goes by a name of theirs is a stranger from then on. */
  dropOlderPeppers(): Promise<void>
  /** Overwrites the departures that are over. */
  dropDepartures(now: Instant): Promise<void>
}
