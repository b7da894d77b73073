import { shapeOf } from '../operations/log.ts'
import { deliver, type DeliverParts } from './deliver.ts'
import { createPaces } from './paces.ts'

/**
 * Delivers what was committed. Items of one conversation leave in their order under a lease, many conversations at
 * once; a message that the platform refuses never holds back the next one, and a person who cannot be reached never
 * holds back another. Delivery is at least once: only the item in flight can repeat, and only across a crash. A
 * message that was on its way out when she left is taken back as soon as the platform has named it.
 */
export type CourierParts = Omit<DeliverParts, 'paces'>

export interface Courier {
  start(): void
  /** Something was committed. */
  wake(): void
  /** Delivers all that is due now and resolves when nothing is under way; for tests and for stopping. */
  drain(): Promise<void>
  stop(): Promise<void>
}

/** A send is bounded by 30 s, so one that begins inside the first half of the lease ends inside it. */
const LEASE_MS = 60_000
const LAST_BEGIN_MS = 25_000
const AT_ONCE = 64
const LONGEST_SLEEP_MS = 30_000

export function createCourier(given: CourierParts): Courier {
  const parts = { ...given, paces: createPaces(given.clock, given.channels) }
  const { conversations, clock, fence, log } = parts
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
      const count = fence.count()
      const until = clock.now() + LAST_BEGIN_MS
      const due = await conversations.claimDue(clock.now(), room, LEASE_MS)
      for (const delivery of due) {
        const work = deliver(parts, { ...delivery, count, until }).catch((error: unknown) => {
          log.event('courier.failed', { error: shapeOf(error) })
        })
        underWay.add(work)
        void work.finally(() => {
          underWay.delete(work)
          wake()
        })
      }
      if (due.length === room) again = true
    } while (again && underWay.size < AT_ONCE)
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
    const ms =
      due === undefined ? LONGEST_SLEEP_MS : Math.min(LONGEST_SLEEP_MS, Math.max(50, due - clock.now()))
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
    async drain() {
      const wasRunning = running
      running = true
      wake()
      await settled()
      running = wasRunning
    },
    async stop() {
      running = false
      clearTimeout(timer)
      await settled()
    },
  }
}
