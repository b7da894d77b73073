import type { FastifyRequest } from 'fastify'
import { isIPv6 } from 'node:net'
import { createBuckets } from '../../../operations/buckets.ts'
import type { Clock } from '../../../operations/environment.ts'
import type { Accounts } from '../../../storage/accounts.ts'

/**
 * How often one may try. Tries of a password are counted in all processes together; the rest in this one's memory. The address is the one that is connected; what a header says of another counts
 * only behind a proxy of ours, or whoever forges it would have as many tries as they like. Whoever is locked out by a
 * stranger who tries their name still comes in with a passkey, which names nobody.
 */
export interface Limits {
  /** false: later. */
  address(from: Pick<FastifyRequest, 'ip' | 'socket'>): boolean
  /** Tries of a password or code, for a name (as its tag) or an account. */
  name(tag: string): Promise<boolean>
  /** Everything that an account asks of cases. */
  cases(account: string): boolean
  /** Whatever an account sends, and asks for that its role may not: each leaves a line or wakes every page. */
  calls(account: string): boolean
}

const TRIES = { burst: 6, everyMs: 60_000 }

/** `trustProxy`: the server reads forwarded addresses, from our proxy alone (Fastify's `trustProxy`). */
export function createLimits(clock: Clock, accounts: Pick<Accounts, 'takeTry'>, trustProxy: boolean): Limits {
  const addresses = createBuckets(clock, { burst: 40, everyMs: 3_000 })
  const cases = createBuckets(clock, { burst: 120, everyMs: 500 })
  const calls = createBuckets(clock, { burst: 240, everyMs: 250 })
  return {
    address: ({ ip, socket }) =>
      addresses.take(network(trustProxy ? ip : (socket.remoteAddress ?? ''))) === 0,
    name: (tag) => accounts.takeTry(tag, TRIES, clock.now()),
    cases: (account) => cases.take(account) === 0,
    calls: (account) => calls.take(account) === 0,
  }
}

/** One household has 2^64 addresses of IPv6: they are one, however they are written. IPv4 is told apart to its end. */
function network(address: string): string {
  if (!isIPv6(address)) return address
  const groups = groupsOf(address)
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16))
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff')
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return groups.slice(0, 4).join(':')
}

/** Its eight groups in the one way that RFC 5952 writes them, as URLs do. */
function groupsOf(address: string): string[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/u, '')}]`)
  const [head = [], tail] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean))
  if (tail === undefined) return head
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail]
}
