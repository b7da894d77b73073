import type { Random } from '../../operations/environment.ts'

/** The number of a lease that its holder chooses: 31 random bits. */
export function randomFence(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4)
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 1
}
