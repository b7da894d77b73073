import { createBuckets } from '../../../operations/buckets.ts'
import type { Clock } from '../../../operations/environment.ts'

/**
 * How often one may try. In memory only. Behind a proxy all addresses may be one, so an address has more room than a
 * name; whoever is locked out by a stranger who tries their name still comes in with a passkey, which names nobody.
 */
export interface Limits {
  /** false: later. */
  address(address: string): boolean
  /** Tries of a password or code, for a name (as its tag) or an account. */
  name(tag: string): boolean
  /** Everything that an account asks of cases. */
  cases(account: string): boolean
}

export function createLimits(clock: Clock): Limits {
  const addresses = createBuckets(clock, { burst: 40, everyMs: 3_000 })
  const names = createBuckets(clock, { burst: 6, everyMs: 60_000 })
  const cases = createBuckets(clock, { burst: 120, everyMs: 500 })
  return {
    address: (address) => addresses.take(address) === 0,
    name: (tag) => names.take(tag) === 0,
    cases: (account) => cases.take(account) === 0,
  }
}
