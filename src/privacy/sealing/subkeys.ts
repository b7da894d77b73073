import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { framed } from './framed.ts'
import type { Key } from '../vault/vault.ts'

/**
 * One AES key per record type, derived from a conversation's key by HKDF-SHA256. They are remembered for as long as the
 * key itself is held and no longer: the table is weak, so evicting a key from the vault's cache drops its subkeys too.
 */
export interface Subkey {
  secret: KeyObject
  /** The 16 bytes of the key id, as they stand in a record's header. */
  keyId: Buffer
  /** The part of the AAD that never changes for this key and type. */
  aadStart: Buffer
  /** Seals made in this process. */
  uses: number
}

const known = new WeakMap<KeyObject, Map<string, Subkey>>()

export function subkey(key: Key, type: string, schema: number): Subkey {
  let ofKey = known.get(key.secret)
  if (ofKey === undefined) known.set(key.secret, (ofKey = new Map()))
  const name = `${schema}/${type}`
  let found = ofKey.get(name)
  if (found === undefined) ofKey.set(name, (found = derive(key, type, schema)))
  return found
}

function derive(key: Key, type: string, schema: number): Subkey {
  const keyId = Buffer.from(key.id, 'base64url')
  if (keyId.length !== 16) throw new RangeError('a key id is 16 bytes')
  const bytes = Buffer.from(hkdfSync('sha256', key.secret, '', `lantern1/${type}`, 32))
  const secret = createSecretKey(bytes)
  bytes.fill(0)
  return { secret, keyId, aadStart: Buffer.from(framed(['lantern1', type, String(schema)])), uses: 0 }
}
