import type { Channel, ChannelName } from '../channels/channel.ts'
import type { CaseRequest } from '../conversation/conversation.ts'
import type { Environment, Instant } from '../operations/environment.ts'
import { type Log, shapeOf } from '../operations/log.ts'
import { MARKS_MS } from '../privacy/retention.ts'
import { type Sensitive, sensitive } from '../privacy/sensitive.ts'
import type { Key, Vault } from '../privacy/vault.ts'
import type { Conversations, Delivery, Mark, OutboxItem } from '../storage/conversations.ts'
import { nextTryMs } from './backoff.ts'
import type { Fence } from './fence.ts'
import { openItem, openMark, type Parcel, sealMark } from './records.ts'

/**
 * Delivers what was committed. Items of one conversation leave in their order under a lease, many conversations at
 * once; a message that the platform refuses never holds back the next one, and a person who cannot be reached never
 * holds back another. Delivery is at least once: only the item in flight can repeat, and only across a crash.
 */
export interface CourierParts extends Environment {
  conversations: Conversations
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  fence: Fence
  log: Log
  /** Takes a case to the desk; absent where there is no desk, and then no flow opens one. */
  openCase?: (request: CaseRequest) => Promise<void>
  /** Exit and wipe of our data when the platform says that the person is gone. */
  personGone(delivery: Pick<Delivery, 'id' | 'keyId'>): Promise<void>
}

export interface Courier {
  start(): void
  /** Something was committed. */
  wake(): void
  /** Delivers all that is due now and resolves when nothing is under way; for tests and for stopping. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const LEASE_MS = 60_000
const AT_ONCE = 32
const LONGEST_SLEEP_MS = 30_000

export function createCourier(parts: CourierParts): Courier {
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
      const due = await conversations.claimDue(clock.now(), room, LEASE_MS)
      for (const delivery of due) {
        const work = deliver(parts, delivery, count).catch((error: unknown) => {
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

async function deliver(parts: CourierParts, delivery: Delivery, count: number): Promise<void> {
  const { conversations, vault, fence, log } = parts
  const { id, keyId } = delivery
  const key = await vault.open(keyId)
  if (key === undefined) {
    await conversations.erase(id)
    return
  }
  for (const item of delivery.items) {
    if (fence.raisedSince(id, count)) return
    const outcome = await deliverItem(parts, delivery, key, item)
    if (outcome.kind === 'gone') {
      log.event('courier.gone')
      await parts.personGone(delivery)
      return
    }
    const { marks = [], forgetMarksUntil } = outcome
    const settlement = {
      fence: delivery.fence,
      done: outcome.kind === 'done' ? [item.id] : [],
      marks,
      ...(forgetMarksUntil === undefined ? {} : { forgetMarksUntil }),
      ...(outcome.kind === 'later' ? { retry: { at: outcome.at } } : {}),
    }
    const held = await conversations.settle(id, settlement)
    if (!held || outcome.kind === 'later') return
  }
}

type Outcome =
  | { kind: 'done'; marks?: readonly Mark[]; forgetMarksUntil?: Instant }
  | { kind: 'later'; at: Instant; marks?: undefined; forgetMarksUntil?: undefined }
  | { kind: 'gone' }

async function deliverItem(
  parts: CourierParts,
  delivery: Delivery,
  key: Key,
  item: OutboxItem,
): Promise<Outcome> {
  const { channels, log } = parts
  const parcel = openItem(key, item)
  const channel = parcel === undefined ? undefined : channels.get(parcel.channel)
  if (parcel === undefined || channel === undefined) {
    log.event('courier.dropped', { kind: item.kind })
    return { kind: 'done' }
  }
  switch (item.kind) {
    case 'message':
      return sendMessage(parts, delivery, key, item, parcel, channel)
    case 'forget':
      return forgetChat(parts, delivery, key, sensitive(parcel.address), channel)
    case 'case':
      if (parcel.request === undefined || parts.openCase === undefined) {
        log.event('courier.noDesk')
        return { kind: 'done' }
      }
      await parts.openCase(parcel.request)
      return { kind: 'done' }
  }
}

async function sendMessage(
  { clock, random, log }: CourierParts,
  delivery: Delivery,
  key: Key,
  item: OutboxItem,
  parcel: Parcel,
  channel: Channel,
): Promise<Outcome> {
  if (parcel.message === undefined) return { kind: 'done' }
  const outcome = await channel.send(sensitive(parcel.address), parcel.message)
  const now = clock.now()
  switch (outcome.kind) {
    case 'sent':
      return outcome.messageId === undefined
        ? { kind: 'done' }
        : { kind: 'done', marks: [sealMark(key, delivery.id, outcome.messageId, now)] }
    case 'refused':
      log.event('courier.refused', { channel: channel.name })
      return { kind: 'done' }
    case 'gone':
      return { kind: 'gone' }
    case 'later': {
      const share = (random.bytes(1)[0] ?? 128) / 256
      const ms = nextTryMs(item.attempts, share, outcome.afterMs)
      if (ms === undefined) {
        log.event('courier.dropped', { kind: item.kind })
        return { kind: 'done' }
      }
      return { kind: 'later', at: now + ms }
    }
  }
}

async function forgetChat(
  { conversations, clock }: CourierParts,
  delivery: Delivery,
  key: Key,
  address: Sensitive<string>,
  channel: Channel,
): Promise<Outcome> {
  const marks = await conversations.marks(delivery.id)
  await channel.forget(address, deletable(marks, key, delivery, clock.now()))
  const latest = marks.reduce((at, mark) => Math.max(at, mark.at), 0)
  return { kind: 'done', forgetMarksUntil: latest }
}

export function deletable(
  marks: readonly Mark[],
  key: Key,
  { id }: Pick<Delivery, 'id'>,
  now: Instant,
): Sensitive<string>[] {
  return marks
    .filter(({ at }) => now - at < MARKS_MS)
    .flatMap((mark) => {
      const messageId = openMark(key, id, mark)
      return messageId === undefined ? [] : [messageId]
    })
}
