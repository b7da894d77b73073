import type { FastifyRequest } from 'fastify'
import { isIPv6 } from 'node:net'
import { createBuckets } from '../../../operations/buckets.ts'
import type { Clock } from '../../../operations/environment.ts'

/**
 * How often one may try. In memory only. The address is the one that is connected; what a header says of another counts
 * only behind a proxy of ours, or whoever forges it would have as many tries as they like. Whoever is locked out by a
 * stranger who tries their name still comes in with a passkey, which names nobody.
 */
export interface Limits {
  /** false: later. */
  address(from: Pick<FastifyRequest, 'ip' | 'socket'>): boolean
  /** Tries of a password or code, for a name (as its tag) or an account. */
  name(tag: string): boolean
  /** Everything that an account asks of cases. */
  cases(account: string): boolean
}

/** `trustProxy`: the server reads forwarded addresses, from our proxy alone (Fastify's `trustProxy`). */
export function createLimits(clock: Clock, trustProxy: boolean): Limits {
  const addresses = createBuckets(clock, { burst: 40, everyMs: 3_000 })
  const names = createBuckets(clock, { burst: 6, everyMs: 60_000 })
  const cases = createBuckets(clock, { burst: 120, everyMs: 500 })
  return {
    address: ({ ip, socket }) =>
      addresses.take(network(trustProxy ? ip : (socket.remoteAddress ?? ''))) === 0,
    name: (tag) => names.take(tag) === 0,
    cases: (account) => cases.take(account) === 0,
  }
}

/** One household has 2^64 addresses of IPv6: they are one. */
function network(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    const rest = tail.split(':').filter(Boolean)
    while (groups.length + rest.length < 8) groups.push('0')
    groups.push(...rest)
  }
  // IPv4 in the clothes of IPv6 is told apart to its end.
  return address.includes('.') ? address : groups.slice(0, 4).join(':')
}
