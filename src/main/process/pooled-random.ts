import { randomFillSync } from 'node:crypto'
import type { Random } from '../../operations/environment.ts'

/**
 * The system's random bytes, fetched some thousand at a time: a turn asks for a few bytes several times over, and each
 * question costs as much as sealing a record. What was handed out is wiped from the pool.
 */
const POOL = 4_096
/** Longer ones are asked for by themselves. */
const LONGEST = 64

export function pooledRandom(fill: (bytes: Uint8Array) => unknown = randomFillSync): Random {
  const pool = new Uint8Array(POOL)
  let next = POOL
  return {
    bytes(length) {
      const bytes = new Uint8Array(length)
      if (length > LONGEST) {
        fill(bytes)
        return bytes
      }
      if (next + length > POOL) {
        fill(pool)
        next = 0
      }
      bytes.set(pool.subarray(next, next + length))
      pool.fill(0, next, next + length)
      next += length
      return bytes
    },
  }
}
