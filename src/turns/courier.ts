import type { Channel, ChannelName } from '../channels/channel.ts'
import type { CaseRequest } from '../conversation/conversation.ts'
import type { Environment, Instant } from '../operations/environment.ts'
import { type Log, shapeOf } from '../operations/log.ts'
import { sensitive } from '../privacy/sensitive.ts'
import type { Key, Vault } from '../privacy/vault.ts'
import type { Conversations, Delivery, Mark, OutboxItem } from '../storage/conversations.ts'
import { nextTryMs } from './backoff.ts'
import type { Fence } from './fence.ts'
import { deletable } from './marks.ts'
import { type DueParcel, openItem, sealMark } from './records.ts'

/**
 * Delivers what was committed. Items of one conversation leave in their order under a lease, many conversations at
 * once; a message that the platform refuses never holds back the next one, and a person who cannot be reached never
 * holds back another. Delivery is at least once: only the item in flight can repeat, and only across a crash. A
 * message that was on its way out when she left is taken back as soon as the platform has named it.
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

/** A send is bounded by 30 s, so one that begins inside the first half of the lease ends inside it. */
const LEASE_MS = 60_000
const LAST_BEGIN_MS = 25_000
/** Tries of a deletion that met a cut line, before the harmless line goes out without it. */
const FORGET_TRIES = 5
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

/** What one claim gave. */
interface Claimed extends Delivery {
  /** The fence's count when it was taken. */
  count: number
  /** No send begins after this instant: the lease might end before it. */
  until: Instant
}

async function deliver(parts: CourierParts, delivery: Claimed): Promise<void> {
  const { conversations, vault, clock, fence, log } = parts
  const { id, keyId } = delivery
  const key = await vault.open(keyId)
  if (key === undefined) {
    await conversations.erase(id)
    return
  }
  for (const item of delivery.items) {
    for (let wait = fence.inTheWay(id); wait !== undefined; wait = fence.inTheWay(id)) await wait
    if (fence.raisedSince(id, delivery.count)) return
    if (clock.now() > delivery.until) {
      await conversations.settle(id, { fence: delivery.fence, done: [], retry: { at: clock.now() } })
      return
    }
    const outcome = await deliverItem(parts, delivery, key, item)
    if (outcome.kind === 'left') return
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
  /** She left while it was on its way. */
  | { kind: 'left' }

async function deliverItem(
  parts: CourierParts,
  delivery: Claimed,
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
      return forgetChat(parts, delivery, key, item, parcel, channel)
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
  { clock, random, fence, log }: CourierParts,
  { id, count }: Claimed,
  key: Key,
  item: OutboxItem,
  parcel: DueParcel,
  channel: Channel,
): Promise<Outcome> {
  const { message } = parcel
  if (message === undefined) return { kind: 'done' }
  const address = sensitive(parcel.address)
  const outcome = await fence.sending(id, async () => {
    const sent = await channel.send(address, message)
    if (sent.kind === 'sent' && sent.messageId !== undefined && fence.raisedSince(id, count))
      await channel.forget(address, [sent.messageId])
    return sent
  })
  if (outcome.kind !== 'gone' && fence.raisedSince(id, count)) return { kind: 'left' }
  switch (outcome.kind) {
    case 'sent':
      return outcome.messageId === undefined
        ? { kind: 'done' }
        : { kind: 'done', marks: [sealMark(key, id, outcome.messageId, clock.now())] }
    case 'refused':
      log.event('courier.refused', { channel: channel.name })
      return { kind: 'done' }
    case 'windowClosed':
      // A page that comes a day late would only do harm; when she writes again, she is answered anew.
      log.event('courier.windowClosed', { channel: channel.name })
      return { kind: 'done' }
    case 'gone':
      return { kind: 'gone' }
    case 'later':
      return later({ clock, random, log }, item, parcel, outcome.afterMs)
  }
}

function later(
  { clock, random, log }: Pick<CourierParts, 'clock' | 'random' | 'log'>,
  { attempts, kind }: OutboxItem,
  { due }: DueParcel,
  platformMs = 0,
): Outcome {
  const now = clock.now()
  const dice = (random.bytes(1)[0] ?? 128) / 255
  const ms = nextTryMs({ attempts, lateMs: now - due, platformMs }, dice)
  if (ms !== undefined) return { kind: 'later', at: now + ms }
  log.event('courier.dropped', { kind })
  return { kind: 'done' }
}

async function forgetChat(
  parts: CourierParts,
  { id }: Claimed,
  key: Key,
  item: OutboxItem,
  parcel: DueParcel,
  channel: Channel,
): Promise<Outcome> {
  const marks = await parts.conversations.marks(id)
  const messages = deletable(marks, key, id, parts.clock.now())
  const deleted = await channel.forget(sensitive(parcel.address), messages)
  // Ids that are not there any more count as deleted, so none at all means that the line is cut.
  if (deleted === 0 && messages.length > 0 && item.attempts < FORGET_TRIES) return later(parts, item, parcel)
  const latest = marks.reduce((at, mark) => Math.max(at, mark.at), 0)
  return { kind: 'done', forgetMarksUntil: latest }
}
