import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { framed } from '../sealing/framed.ts'
import { nextNonce } from '../sealing/nonces.ts'

/**
 * A key under another key: `nonce 12 | ciphertext 32 | tag 16`, AES-256-GCM. The AAD says what the wrapped key is for
 * (role, epoch, key id), so a wrapped key that was moved to another place does not open.
 */
export const WRAPPED = 60

export interface Place {
  role: 'kek' | 'dek' | 'pepper'
  epoch: number
  /** 16 bytes: a key's own id; of a KEK or pepper, the instant at which it was made. */
  id: Uint8Array
}

export function wrap(outer: KeyObject, place: Place, inner: KeyObject): Buffer {
  return wrapBytes(outer, place, inner.export())
}

/** undefined when it was not wrapped by `outer` for this place. */
export function unwrap(outer: KeyObject, place: Place, wrapped: Uint8Array): KeyObject | undefined {
  const bytes = unwrapBytes(outer, place, wrapped)
  if (bytes === undefined) return undefined
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

export interface Outer {
  key: KeyObject
  epoch: number
}

/** A wrapped key under another outer key; undefined when it was not wrapped by the old one for its place. */
export function rewrap(old: Outer, next: Outer, place: Place, wrapped: Uint8Array): Buffer | undefined {
  const bytes = unwrapBytes(old.key, { ...place, epoch: old.epoch }, wrapped)
  return bytes === undefined ? undefined : wrapBytes(next.key, { ...place, epoch: next.epoch }, bytes)
}

/** `bytes` are overwritten. */
function wrapBytes(outer: KeyObject, place: Place, bytes: Buffer): Buffer {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', outer, nonce, { authTagLength: 16 })
  cipher.setAAD(aad(place))
  const ciphertext = cipher.update(bytes)
  cipher.final()
  bytes.fill(0)
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()])
}

function unwrapBytes(outer: KeyObject, place: Place, wrapped: Uint8Array): Buffer | undefined {
  if (wrapped.length !== WRAPPED) return undefined
  const decipher = createDecipheriv('aes-256-gcm', outer, wrapped.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(aad(place))
  decipher.setAuthTag(wrapped.subarray(44))
  const bytes = decipher.update(wrapped.subarray(12, 44))
  try {
    decipher.final()
    return bytes
  } catch {
    bytes.fill(0)
    return undefined
  }
}

/** 32 fresh bytes from the system: never derived, so that it can be destroyed. */
export function freshKey(): KeyObject {
  const bytes = randomBytes(32)
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

/** All but the key's own id is the same for every key of an epoch; a rotation asks for two of them in turn. */
const starts = new Map<string, Buffer>()

function aad({ role, epoch, id }: Place): Uint8Array {
  const name = `${role}/${epoch}`
  let start = starts.get(name)
  if (start === undefined) {
    if (starts.size >= 16) starts.clear()
    starts.set(name, (start = Buffer.from(framed(['lantern1', role, String(epoch)]))))
  }
  const whole = Buffer.allocUnsafe(start.length + 2 + id.length)
  start.copy(whole)
  whole.writeUInt16BE(id.length, start.length)
  whole.set(id, start.length + 2)
  return whole
}
