import { createCipheriv, createDecipheriv } from 'node:crypto'
import { NONCE, nextNonce } from './nonces.ts'
import { padInto, paddedSize, unpad } from './padding.ts'
import { type Subkey, subkey } from './subkeys.ts'
import type { Key, KeyId } from '../vault/vault.ts'

/**
 * Seals and opens one record: `ver 1 | alg 1 | key id 16 | nonce 12 | padded ciphertext | tag 16`, AES-256-GCM. The AAD
 * binds the record's type, schema, id, key and revision, so a record that was swapped, rolled back or edited does not
 * open. Whatever it does not know it refuses, and it never tries a second key. Construction and limits:
 * docs/decisions/0003-keys-and-records.md.
 *
 * Nonces are taken from the system, not from an injected `Random`: a repeated one would break every record of its key.
 */
export interface RecordName {
  /** What kind of record; each has its own subkey, e.g. `conversation`, `message`, `mark`. */
  type: string
  /** The record's own id: a conversation id, an item id. */
  id: string
  /** The revision of the conversation that this record was written with. */
  revision: number
  /** Version of the plaintext's shape; 1 when not given. */
  schema?: number
}

/** spent: this key has sealed as much as one key may; make a new one in the vault and seal with that. */
export type SealOutcome = { kind: 'sealed'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'spent' }
export type OpenOutcome =
  | { kind: 'opened'; plaintext: Uint8Array }
  /** format: a version or algorithm that we do not know. key: sealed with another key. altered: not what was sealed. */
  | { kind: 'refused'; reason: 'format' | 'key' | 'altered' }

const VERSION = 1
const AES_256_GCM = 1
const HEADER = 30
const TAG = 16
const NONCE_AT = HEADER - NONCE
const OPTIONS = { authTagLength: TAG } as const

/** A key seals revisions below this, and this many records of one type in one process. */
export const SEALS_PER_KEY = 2 ** 20

export function seal(key: Key, name: RecordName, plaintext: Uint8Array): SealOutcome {
  const sub = subkey(key, name.type, name.schema ?? 1)
  if (name.revision >= SEALS_PER_KEY || sub.uses >= SEALS_PER_KEY) return { kind: 'spent' }
  sub.uses += 1
  const size = paddedSize(plaintext.length)
  const padded = padInto(size <= scratch.length ? scratch : Buffer.allocUnsafeSlow(size), plaintext)
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', sub.secret, nonce, OPTIONS)
  cipher.setAAD(aad(sub, name))
  const ciphertext = cipher.update(padded)
  cipher.final()
  padded.fill(0)
  const bytes = Buffer.allocUnsafeSlow(HEADER + size + TAG)
  bytes[0] = VERSION
  bytes[1] = AES_256_GCM
  bytes.set(sub.keyId, 2)
  bytes.set(nonce, NONCE_AT)
  bytes.set(ciphertext, HEADER)
  bytes.set(cipher.getAuthTag(), HEADER + size)
  return { kind: 'sealed', bytes }
}

export function open(key: Key, name: RecordName, sealed: Uint8Array): OpenOutcome {
  if (sealed.length < HEADER + TAG || sealed[0] !== VERSION || sealed[1] !== AES_256_GCM)
    return refused('format')
  const bytes = asBuffer(sealed)
  const sub = subkey(key, name.type, name.schema ?? 1)
  if (bytes.compare(sub.keyId, 0, 16, 2, NONCE_AT) !== 0) return refused('key')
  const decipher = createDecipheriv('aes-256-gcm', sub.secret, bytes.subarray(NONCE_AT, HEADER), OPTIONS)
  decipher.setAAD(aad(sub, name))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
  const padded = decipher.update(bytes.subarray(HEADER, bytes.length - TAG))
  try {
    decipher.final()
  } catch {
    return refused('altered')
  }
  const plaintext = unpad(padded)
  return plaintext === undefined ? refused('altered') : { kind: 'opened', plaintext }
}

/** Of a form to come: its header names the key that it should, so that damage alone does not look like it. */
export function isOfNewer(sealed: Uint8Array, keyId: KeyId): boolean {
  const isNewer = (sealed[0] ?? 0) > VERSION || (sealed[0] === VERSION && (sealed[1] ?? 0) > AES_256_GCM)
  return isNewer && asBuffer(sealed).toString('base64url', 2, NONCE_AT) === keyId
}

/** The key that a record names in its header; undefined when it is not a record of ours. */
export function keyIdOf(sealed: Uint8Array): KeyId | undefined {
  if (sealed.length < HEADER + TAG || sealed[0] !== VERSION || sealed[1] !== AES_256_GCM) return undefined
  return asBuffer(sealed).toString('base64url', 2, NONCE_AT) as KeyId
}

function refused(reason: 'format' | 'key' | 'altered'): OpenOutcome {
  return { kind: 'refused', reason }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Plaintexts pass through here on their way into the cipher and are overwritten at once. */
const scratch = Buffer.allocUnsafeSlow(4096)
const aadScratch = Buffer.allocUnsafeSlow(512)

/** "lantern1" | type | schema | record id | key id | revision, each after its length in two bytes. */
function aad(sub: Subkey, name: RecordName): Buffer {
  const idBytes = Buffer.byteLength(name.id)
  if (idBytes > 256) throw new RangeError('a record id is at most 256 bytes')
  if (!Number.isSafeInteger(name.revision) || name.revision < 0)
    throw new RangeError('a revision is 0 or more')
  let at = sub.aadStart.copy(aadScratch)
  at = aadScratch.writeUInt16BE(idBytes, at)
  at += aadScratch.write(name.id, at)
  at = aadScratch.writeUInt16BE(16, at)
  at += sub.keyId.copy(aadScratch, at)
  at = aadScratch.writeUInt16BE(8, at)
  at = aadScratch.writeUInt32BE(Math.floor(name.revision / 2 ** 32), at)
  at = aadScratch.writeUInt32BE(name.revision >>> 0, at)
  return aadScratch.subarray(0, at)
}
