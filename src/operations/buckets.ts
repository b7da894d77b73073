import type { Clock } from './environment.ts'

/**
 * One token bucket for each name: `burst` at once, and one more every `everyMs`. In memory only, and for as long as a
 * bucket is not full again; bounded, and then the one that was used longest ago is forgotten, which is to its owner's
 * good. (The limiters on npm read the machine's own time, so no test could direct them.)
 */
export interface Buckets {
  /** Takes one and returns 0, or takes none and returns in how many milliseconds there will be one. */
  take(name: string): number
  /** Takes one though there may be none: the next ones wait for longer. */
  force(name: string): void
}

export interface BucketSize {
  burst: number
  everyMs: number
}

const MOST_KEPT = 20_000
/** So many may be owed by `force`. */
const DEEPEST = -3

export function createBuckets({ now }: Clock, { burst, everyMs }: BucketSize): Buckets {
  const buckets = new Map<string, { tokens: number; at: number }>()

  function tokensOf(name: string): number {
    const bucket = buckets.get(name)
    if (bucket === undefined) return burst
    const passed = Math.max(0, now() - bucket.at)
    return Math.min(burst, bucket.tokens + passed / everyMs)
  }

  function keep(name: string, tokens: number): void {
    buckets.delete(name)
    buckets.set(name, { tokens, at: now() })
    const [oldest] = buckets.keys()
    if (buckets.size > MOST_KEPT && oldest !== undefined) buckets.delete(oldest)
  }

  return {
    take(name) {
      const tokens = tokensOf(name)
      // A hair's breadth less than one is one: the parts of a token do not add up exactly.
      if (tokens < 1 - 1e-9) return Math.ceil((1 - tokens) * everyMs - 1e-6)
      keep(name, tokens - 1)
      return 0
    },
    force: (name) => keep(name, Math.max(DEEPEST, tokensOf(name) - 1)),
  }
}
