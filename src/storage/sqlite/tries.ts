import { type BucketSize, type Buckets, createBuckets } from '../../operations/buckets.ts'
import type { Accounts } from '../accounts.ts'

/** One process alone serves the desk of a file, so tries are counted in its memory. */
export function triesHere(): Accounts['takeTry'] {
  let now = 0
  const sizes = new Map<string, Buckets>()
  const bucketsOf = (size: BucketSize) => {
    const name = `${size.burst}/${size.everyMs}`
    const known = sizes.get(name) ?? createBuckets({ now: () => now }, size)
    sizes.set(name, known)
    return known
  }
  return (name, size, at) => {
    now = at
    return Promise.resolve(bucketsOf(size).take(name) === 0)
  }
}
