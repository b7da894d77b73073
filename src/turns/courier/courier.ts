import { shapeOf } from '../../operations/log.ts'
import type { Instant } from '../../operations/environment.ts'
import type { Lease } from '../../storage/conversations.ts'
import type { Prepared } from '../written/commit-of.ts'
import { randomFence } from '../leaving/random-fence.ts'
import { type Claimed, deliver, type DeliverParts } from './deliver.ts'
import { createLeases, LEASE_MS, type Ticks } from './leases.ts'
import { createPaces } from './paces.ts'
import { createRests } from './rests.ts'

/**
 * Delivers what was committed. Items of one conversation leave in their order under a lease, many conversations at
 * once; a message that the platform refuses never holds back the next one, and a person who cannot be reached never
 * holds back another. Delivery is at least once: only the item in flight can repeat, and only across a crash. A
 * message that was on its way out when she left is taken back as soon as the platform has named it, whichever process
 * she left in.
 */
export interface CourierParts extends Omit<DeliverParts, 'leases' | 'paces' | 'rests' | 'mayBegin'> {
  /** Other processes use the store too: what they gave back is looked for more often. */
  shared?: boolean
  ticks?: Ticks
}

export interface Courier {
  start(): void
  /** Something was committed. */
  wake(): void
  /** For a turn that is about to commit: undefined where there is no room now, and then it is delivered in its turn. */
  express(): Express | undefined
  /** Delivers all that is due now and resolves when nothing is under way; for tests and for stopping. */
  drain(): Promise<void>
  /** Goes on with what it has taken for some seconds, and gives the rest back; what is on its way out is waited for. */
  stop(): Promise<void>
}

/** A lease to commit under, and what to do with what was committed under it. */
export interface Express {
  lease: Lease
  deliver(prepared: Prepared): void
}

const AT_ONCE = 64
const LONGEST_SLEEP_MS = 5_000
const SHARED_SLEEP_MS = 2_000
const STOP_BEGIN_MS = 3_000

export function createCourier(given: CourierParts): Courier {
  let stopsAt: Instant | undefined
  const parts: DeliverParts = {
    ...given,
    leases: createLeases(given, given.ticks),
    mayBegin: () => stopsAt === undefined || given.clock.now() < stopsAt,
    paces: createPaces(given.clock, given.channels),
    rests: createRests(given.clock),
  }
  const { conversations, clock, fence, log } = parts
  const longestMs = given.shared === true ? SHARED_SLEEP_MS : LONGEST_SLEEP_MS
  const underWay = new Set<Promise<void>>()
  let running = false
  let claiming: Promise<void> | undefined
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function claim(): Promise<void> {
    do {
      again = false
      const room = AT_ONCE - underWay.size
      if (room <= 0) return
      const next = await conversations.nextDue()
      // Not `return`: what was committed meanwhile would wait for the next sleep to end.
      if (next === undefined || next > clock.now()) continue
      const count = fence.count()
      const now = clock.now()
      const due = await conversations.claimDue(now, room, LEASE_MS)
      for (const delivery of due) begin({ ...delivery, count, until: now + LEASE_MS })
      if (due.length === room) again = true
    } while (again && underWay.size < AT_ONCE)
  }

  function begin(claimed: Claimed): void {
    const work = deliver(parts, claimed).catch((error: unknown) => {
      log.event('courier.failed', { error: shapeOf(error) })
    })
    underWay.add(work)
    void work.finally(() => {
      underWay.delete(work)
      wake()
    })
  }

  function wake(): void {
    if (!running) return
    if (claiming !== undefined) {
      again = true
      return
    }
    claiming = claim()
      .catch((error: unknown) => log.event('courier.failed', { error: shapeOf(error) }))
      .finally(() => {
        claiming = undefined
        void sleep()
      })
  }

  /** Until the next item is due; a long sleep also finds the leases of a process that died. */
  async function sleep(): Promise<void> {
    clearTimeout(timer)
    const due = await conversations.nextDue().catch(() => undefined)
    if (!running) return
    clearTimeout(timer)
    const ms = due === undefined ? longestMs : Math.min(longestMs, Math.max(50, due - clock.now()))
    timer = setTimeout(wake, ms)
    timer.unref()
  }

  async function settled(): Promise<void> {
    while (claiming !== undefined || underWay.size > 0) await Promise.allSettled([claiming, ...underWay])
  }

  return {
    start() {
      running = true
      wake()
    },
    wake,
    express() {
      if (!running || underWay.size >= AT_ONCE) return undefined
      const count = fence.count()
      const lease = { fence: randomFence(parts.random), until: clock.now() + LEASE_MS }
      return {
        lease,
        deliver({ commit: { id, keyId, outbox }, parcels }) {
          const items = outbox.map((item) => ({ ...item, attempts: 0 }))
          begin({ id, keyId, items, parcels, count, ...lease })
        },
      }
    },
    async drain() {
      const wasRunning = running
      running = true
      wake()
      await settled()
      running = wasRunning
    },
    async stop() {
      running = false
      stopsAt = clock.now() + STOP_BEGIN_MS
      clearTimeout(timer)
      await settled()
    },
  }
}
