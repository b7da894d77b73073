import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { framed } from './framed.ts'

/**
 * A key under another key: `nonce 12 | ciphertext 32 | tag 16`, AES-256-GCM. The AAD says what the wrapped key is for
 * (role, epoch, key id), so a wrapped key that was moved to another place does not open.
 */
export const WRAPPED = 60

export interface Place {
  role: 'kek' | 'dek' | 'pepper'
  epoch: number
  /** 16 bytes; zeros where a role has no id. */
  id: Uint8Array
}

export function wrap(outer: KeyObject, place: Place, inner: KeyObject): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', outer, nonce, { authTagLength: 16 })
  cipher.setAAD(aad(place))
  const bytes = inner.export()
  const ciphertext = cipher.update(bytes)
  cipher.final()
  bytes.fill(0)
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()])
}

/** undefined when it was not wrapped by `outer` for this place. */
export function unwrap(outer: KeyObject, place: Place, wrapped: Uint8Array): KeyObject | undefined {
  if (wrapped.length !== WRAPPED) return undefined
  const decipher = createDecipheriv('aes-256-gcm', outer, wrapped.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(aad(place))
  decipher.setAuthTag(wrapped.subarray(44))
  const bytes = decipher.update(wrapped.subarray(12, 44))
  try {
    decipher.final()
    return createSecretKey(bytes)
  } catch {
    return undefined
  } finally {
    bytes.fill(0)
  }
}

/** 32 fresh bytes from the system: never derived, so that it can be destroyed. */
export function freshKey(): KeyObject {
  const bytes = randomBytes(32)
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

function aad(place: Place): Uint8Array {
  return framed(['lantern1', place.role, String(place.epoch), place.id])
}
