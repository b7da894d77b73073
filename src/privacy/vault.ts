import type { KeyObject } from 'node:crypto'

/**
 * The vault holds keys and nothing else, and no backup ever reads it: destroying a key here is what makes a wipe final.
 * Construction: docs/decisions/0003-keys-and-records.md (ROOT wraps a daily KEK, which wraps one random key per
 * conversation).
 */

/** base64url of 16 random bytes. */
export type KeyId = string & { readonly __key: unique symbol }

export interface Key {
  id: KeyId
  /** 32 random bytes; never derived, so that it can be destroyed. Use through `src/privacy/seal.ts` only. */
  secret: KeyObject
}

export interface Vault {
  /** Durable before it resolves. */
  create(): Promise<Key>
  open(id: KeyId): Promise<Key | undefined>
  /** Durable before it resolves; idempotent; works on a full disk (ballast). Rejects when it cannot be made sure. */
  destroy(id: KeyId): Promise<void>
  /** New KEK, every living key wrapped anew, the old KEK overwritten. */
  rotate(): Promise<void>
  /** The key of pseudonyms (HMAC), current first, then the previous one when it still lives. */
  peppers(): Promise<readonly KeyObject[]>
  /** Ids of all living keys, for the orphan sweep. */
  ids(): AsyncIterable<KeyId>
  close(): Promise<void>
}

/** A vault whose pepper can be changed; kept apart from `Vault`, since a turn never does so. */
export interface RotatingVault extends Vault {
  /** New pepper; the current one becomes the previous one, and the one before that is destroyed. */
  rotatePepper(): Promise<void>
}
