import type { Clock, Instant } from '../../operations/environment.ts'
import type { Conversations, Delivery, Holding } from '../../storage/conversations.ts'

/**
 * Keeps the leases of the deliveries under way, so that what a process that died was sending goes on soon elsewhere, and
 * nothing overtakes what a living one sends. Nothing is done under a lease that is about to end by this process's clock: a
 * process that was stopped for a while asks first, and learns that others have gone on without it.
 */
export interface Leases {
  /** A lease that lasts until then. */
  hold(delivery: Pick<Delivery, 'id' | 'fence'>, until: Instant): Held
}

export interface Held {
  /** What is known of it. */
  standing(): Holding
  /** What has to end before the next thing is done; undefined when that may be done at this very moment, or never again. */
  inTheWay(): Promise<unknown> | undefined
  /** Asks the store, and lets it last as long as a new one. */
  renew(): Promise<Holding>
  /** By this process's clock others may have gone on without it. */
  isOver(): boolean
  /** Nothing more is done under it. */
  end(): void
}

export const LEASE_MS = 15_000
/** What begins has so long before the lease ends. */
const LEAST_MS = 5_000
const TICK_MS = 2_500
const RENEWED_AFTER_MS = 5_000
/** A channel answers within 30 s; what hangs for longer loses its lease. */
const LONGEST_MS = 60_000

export type Ticks = (ms: number, tick: () => void) => () => void

export function createLeases(
  { conversations, clock }: { conversations: Pick<Conversations, 'renew'>; clock: Clock },
  ticks: Ticks = machineTicks,
): Leases {
  const all = new Set<() => void>()
  let stop: (() => void) | undefined

  function watch(keep: () => void): void {
    all.add(keep)
    stop ??= ticks(TICK_MS, () => {
      for (const one of all) one()
    })
  }

  function unwatch(keep: () => void): void {
    all.delete(keep)
    if (all.size > 0) return
    stop?.()
    stop = undefined
  }

  return {
    hold({ id, fence }, given) {
      let until = given
      let standing: Holding = 'held'
      let since = clock.now()
      async function renew(): Promise<Holding> {
        const next = clock.now() + LEASE_MS
        const answer = await conversations.renew(id, { fence, until: next })
        // What was asked before may be answered after.
        if (answer !== 'held') standing = answer
        until = Math.max(until, next)
        return standing
      }
      const keep = () => {
        const now = clock.now()
        const isYoung = until - now > LEASE_MS - RENEWED_AFTER_MS
        if (isYoung || standing === 'lost' || now - since > LONGEST_MS) return
        // Asked again with the next tick, and before the next send.
        renew().catch(() => {})
      }
      watch(keep)
      return {
        standing: () => standing,
        inTheWay() {
          since = clock.now()
          return standing !== 'held' || until - since > LEAST_MS ? undefined : renew()
        },
        renew,
        isOver: () => until <= clock.now(),
        end: () => unwatch(keep),
      }
    },
  }
}

function machineTicks(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms)
  timer.unref()
  return () => clearInterval(timer)
}
