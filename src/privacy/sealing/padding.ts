/**
 * Hides how long a plaintext is: every record is filled up to one of a few sizes. The true length stands in the first
 * four bytes, inside the encryption.
 */
const SMALL = [256, 512, 1024, 2048, 4096] as const
const STEP = 4096
const LENGTH_BYTES = 4

/** The padded size of a plaintext of `length` bytes: 256, 512, 1k, 2k, 4k, then multiples of 4k. */
export function paddedSize(length: number): number {
  const needed = length + LENGTH_BYTES
  return SMALL.find((size) => needed <= size) ?? Math.ceil(needed / STEP) * STEP
}

/** Writes `plaintext` padded into the start of `target` and returns that part of it. */
export function padInto(target: Buffer, plaintext: Uint8Array): Buffer {
  const padded = target.subarray(0, paddedSize(plaintext.length))
  padded.writeUInt32BE(plaintext.length, 0)
  padded.set(plaintext, LENGTH_BYTES)
  padded.fill(0, LENGTH_BYTES + plaintext.length)
  return padded
}

/** undefined when these bytes are not a padded plaintext. */
export function unpad(padded: Buffer): Buffer | undefined {
  if (padded.length < SMALL[0]) return undefined
  const length = padded.readUInt32BE(0)
  if (paddedSize(length) !== padded.length) return undefined
  return padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
}
