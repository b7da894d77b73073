import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../../operations/environment.ts'

/**
 * One-time codes of an authenticator app: RFC 6238 with SHA-1, 6 digits and 30 seconds, as every app understands. A code
 * of the step before or after is taken too, for clocks that differ; the caller keeps the step, so that none is taken twice.
 */
const STEP_MS = 30_000
const DIGITS = 6
export const TOTP_SECRET_BYTES = 20

/** The step whose code this is, undefined when it is none of the three that may be. */
export function stepOf(secret: Uint8Array, code: string, now: Instant): number | undefined {
  const given = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS))
  const current = Math.floor(now / STEP_MS)
  let found: number | undefined
  for (const step of [current - 1, current, current + 1])
    if (timingSafeEqual(given, Buffer.from(totpCode(secret, step))) && code.length === DIGITS) found = step
  return found
}

export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** What the app reads from the square picture. */
export function totpAddress(secret: Uint8Array, name: string): string {
  return `otpauth://totp/Desk:${encodeURIComponent(name)}?secret=${base32(secret)}&issuer=Desk`
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function base32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((held >> bits) & 31)
    }
  }
  return bits === 0 ? text : text + ALPHABET.charAt((held << (5 - bits)) & 31)
}
