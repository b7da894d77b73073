import { expect, test } from 'vitest'
import { pooledRandom } from '../../src/main/process/pooled-random.ts'

/** Fills with 1, 2, 3 ... over all calls, never with 0. */
function counting() {
  let last = 0
  const pools: Uint8Array[] = []
  const fill = (bytes: Uint8Array) => {
    pools.push(bytes)
    for (let at = 0; at < bytes.length; at += 1) {
      last = (last % 255) + 1
      bytes[at] = last
    }
  }
  return { fill, pools }
}

test('no byte is handed out twice, and none stays in the pool', () => {
  const { fill, pools } = counting()
  const { bytes } = pooledRandom(fill)
  let expected = 0
  for (let n = 0; n < 256; n += 1)
    for (const byte of bytes(16)) {
      expected = (expected % 255) + 1
      expect(byte).toBe(expected)
    }
  expect(pools).toHaveLength(1)
  expect(pools[0]?.every((byte) => byte === 0)).toBe(true)
  expect(bytes(1)[0]).not.toBe(0)
  expect(pools).toHaveLength(2)
})

test('what does not fit any more comes from a new pool, and what is long from none', () => {
  const { fill, pools } = counting()
  const { bytes } = pooledRandom(fill)
  for (let n = 0; n < 4_096 - 10; n += 1) bytes(1)
  expect(bytes(16).every((byte) => byte !== 0)).toBe(true)
  expect(pools).toHaveLength(2)
  const long = bytes(65)
  expect(pools[2]).toBe(long)
  expect(bytes(0)).toHaveLength(0)
})

test('two draws of the real one differ', () => {
  const { bytes } = pooledRandom()
  expect(Buffer.from(bytes(16)).equals(bytes(16))).toBe(false)
})
