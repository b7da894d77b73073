import { randomFillSync } from 'node:crypto'

/**
 * Twelve random bytes for one use of AES-GCM, from a pool that is filled in one call: asking the system each time costs
 * as much as the cipher. To be used at once, before the next is asked for. Never from an injected `Random`: a repeated
 * nonce would break every record of its key.
 */
export const NONCE = 12

const pool = Buffer.allocUnsafeSlow(NONCE * 512)
let next = pool.length

export function nextNonce(): Buffer {
  if (next === pool.length) {
    randomFillSync(pool)
    next = 0
  }
  next += NONCE
  return pool.subarray(next - NONCE, next)
}
