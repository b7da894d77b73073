import { createSecretKey, randomBytes } from 'node:crypto'
import type { Key, KeyId } from '../../src/privacy/vault/vault.ts'

/** A key of nobody, as a vault makes them. */
export function aKey(): Key {
  return { id: randomBytes(16).toString('base64url') as KeyId, secret: createSecretKey(randomBytes(32)) }
}
