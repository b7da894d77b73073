import type { Channel, ChannelName } from '../../channels/channel.ts'
import { WrittenByNewer } from '../../errors.ts'
import type { Environment, Instant } from '../../operations/environment.ts'
import { type Log, shapeOf } from '../../operations/log.ts'
import { departureToken, isFromBefore } from '../../privacy/departure.ts'
import { sensitive } from '../../privacy/sensitive.ts'
import type { Key, KeyId, Vault } from '../../privacy/vault/vault.ts'
import type {
  ConversationId,
  Conversations,
  Delivery,
  ItemId,
  OutboxItem,
  Settlement,
} from '../../storage/conversations.ts'
import type { Fence } from '../leaving/fence.ts'
import { deletable } from '../written/marks.ts'
import { type DueParcel, openItem } from '../written/records.ts'
import { GIVE_UP_MS } from './backoff.ts'
import type { Held, Leases } from './leases.ts'
import { later, type Outcome } from './outcome.ts'
import type { Paces } from './paces.ts'
import type { Rests } from './rests.ts'
import { sendMessage } from './send-message.ts'
import { settleItem, type Settling } from './settling.ts'

/**
 * Delivers the items of one conversation that the courier has taken, in their order, and settles each: sent, refused
 * for good, to be tried later, or cancelled because she left meanwhile. Each settling also says whether the next send may
 * begin, so that a send costs the store one call.
 */
export interface DeliverParts extends Environment, Pick<Settling, 'pause'> {
  conversations: Conversations
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  fence: Fence
  log: Log
  /** Takes what a turn has for the desk; may be called twice with one item. Absent where there is no desk. */
  toDesk?: (item: ItemForDesk) => Promise<void>
  /** Exit and wipe of our data when the platform says that the person is gone. */
  personGone(delivery: Pick<Delivery, 'id' | 'keyId'>): Promise<void>
  leases: Leases
  /** False in a process that is about to end: another one goes on. */
  mayBegin(): boolean
  paces: Paces
  rests: Rests
}

export interface ItemForDesk {
  id: ItemId
  conversation: ConversationId
  keyId: KeyId
  parcel: DueParcel
}

/** Tries of a deletion that met a cut line, before the harmless line goes out without it. */
const FORGET_TRIES = 5

/** For so long a newer process has the chance to come first. */
const NEWER_MS = 2_000

/** What one claim gave. */
export interface Claimed extends Delivery {
  /** The fence's count when it was taken. */
  count: number
  /** Where they are known already. */
  parcels?: readonly DueParcel[]
  /** When its lease ends, unless it is renewed. */
  until: Instant
}

export async function deliver(parts: DeliverParts, delivery: Claimed): Promise<void> {
  const lease = parts.leases.hold(delivery, delivery.until)
  try {
    await deliverUnder(lease, parts, delivery)
  } finally {
    lease.end()
  }
}

async function deliverUnder(lease: Held, parts: DeliverParts, delivery: Claimed): Promise<void> {
  const { conversations, vault, clock, fence, log } = parts
  const { id, keyId } = delivery
  const inTheWay = () => fence.inTheWay(id) ?? lease.inTheWay()
  const key = await vault.open(keyId)
  if (key === undefined) {
    await conversations.erase(id, { keyId })
    return
  }
  const parcels = delivery.parcels ?? parcelsIn(key, delivery)
  if (parcels === 'newer') {
    await conversations.settle(id, {
      fence: delivery.fence,
      done: [],
      retry: { at: clock.now() + NEWER_MS, untried: true },
    })
    return
  }
  if (await hasDeparted(parts, id, parcels)) return dropBegun(parts, delivery, parcels)
  const lastUrgent = parcels.findLastIndex((parcel) => parcel?.urgent === true)
  /** When the desk is tried again, which must not hold up what she waits for. */
  let deskAt: Instant | undefined
  for (const [place, item] of delivery.items.entries()) {
    if (item.kind === 'case' && deskAt !== undefined) continue
    const parcel = parcels[place]
    for (let wait = inTheWay(); wait !== undefined; wait = inTheWay()) await wait
    const stops = lease.standing() !== 'held' || !parts.mayBegin()
    if (fence.raisedSince(id, delivery.count) || stops) return giveBack(parts, delivery)
    const sends = item.kind === 'message' && parcel !== undefined
    const waitMs = sends ? waitFor(parts, id, parcel, place <= lastUrgent) : 0
    if (waitMs > 0) {
      const retry = { at: clock.now() + waitMs, untried: true }
      await conversations.settle(id, { fence: delivery.fence, done: [], retry })
      return
    }
    const outcome = await deliverItem(parts, { delivery, key, item, parcel, lease })
    if (outcome.kind === 'left') return giveBack(parts, delivery)
    if (outcome.kind === 'later' && item.kind === 'case') {
      deskAt = outcome.at
      continue
    }
    if (outcome.kind === 'gone') {
      log.event('courier.gone')
      await parts.personGone(delivery)
      return
    }
    const isLast = place === delivery.items.length - 1
    const settlement = settlementOf(outcome, item.id, delivery.fence, isLast)
    const held = await settleItem(parts, id, settlement, outcome, lease)
    if (held !== 'held' || outcome.kind === 'later') return
  }
  if (deskAt !== undefined)
    await conversations.settle(id, { fence: delivery.fence, done: [], retry: { at: deskAt } })
}

/** newer: another process can open them. */
function parcelsIn(key: Key, { items }: Claimed): (DueParcel | undefined)[] | 'newer' {
  try {
    return items.map((item) => openItem(key, item))
  } catch (error) {
    if (error instanceof WrittenByNewer) return 'newer'
    throw error
  }
}

/** Whether what they answer was said before she left, or erased all, in another process that found nobody. */
async function hasDeparted(
  { vault, clock }: DeliverParts,
  id: ConversationId,
  parcels: readonly (DueParcel | undefined)[],
): Promise<boolean> {
  const begins = parcels.find((parcel) => parcel?.begins !== undefined)?.begins
  if (begins === undefined) return false
  const departure = await vault.departure(departureToken(id), clock.now())
  return departure !== undefined && isFromBefore(departure, begins)
}

/** The record goes with it, unless she has written since: then only what is old is dropped. */
async function dropBegun(
  { conversations, vault, clock }: DeliverParts,
  { id, keyId, fence, items }: Claimed,
  parcels: readonly (DueParcel | undefined)[],
): Promise<void> {
  if (await conversations.erase(id, { keyId, revision: 1 })) return vault.destroy(keyId)
  const old = items.filter((_, place) => parcels[place]?.begins !== undefined)
  const retry = { at: clock.now(), untried: true }
  await conversations.settle(id, { fence, done: old.map((item) => item.id), retry })
}

function settlementOf(
  outcome: Extract<Outcome, { kind: 'done' | 'later' }>,
  item: ItemId,
  fence: number,
  isLast: boolean,
): Settlement {
  if (outcome.kind === 'later') return { fence, done: [], retry: { at: outcome.at, tried: item } }
  const { sent, forgetMarksUntil } = outcome
  return {
    fence,
    done: [item],
    ...(sent === undefined ? {} : { marks: [sent.mark] }),
    ...(forgetMarksUntil === undefined ? {} : { forgetMarksUntil }),
    // The id of a message on her screen is written at once: whoever erases next must find it.
    unhurried: isLast && sent === undefined,
  }
}

function waitFor({ paces, rests }: DeliverParts, id: string, parcel: DueParcel, urgent: boolean): number {
  return rests.wait(parcel.channel, urgent) || paces.wait(id, parcel, urgent)
}

/**
 * What she left is cancelled; its lease ends now, so that the harmless line need not wait for it. Where the platform only
 * repeated her exit, that line is due again. Of a process that ends, nothing waits that long either.
 */
async function giveBack({ conversations, clock }: DeliverParts, { id, fence }: Claimed): Promise<void> {
  await conversations.settle(id, { fence, done: [], retry: { at: clock.now(), untried: true } })
}

interface OneItem {
  delivery: Claimed
  key: Key
  item: OutboxItem
  parcel: DueParcel | undefined
  lease: Held
}

async function deliverItem(parts: DeliverParts, one: OneItem): Promise<Outcome> {
  const { delivery, key, item, parcel } = one
  const { channels, log } = parts
  const channel = parcel === undefined ? undefined : channels.get(parcel.channel)
  if (parcel === undefined || channel === undefined) {
    log.event('courier.dropped', { kind: item.kind })
    return { kind: 'done' }
  }
  switch (item.kind) {
    case 'message':
      // We were down for so long: a page of yesterday would only startle her.
      if (parts.clock.now() - parcel.due > GIVE_UP_MS) {
        log.event('courier.dropped', { kind: item.kind })
        return { kind: 'done' }
      }
      return sendMessage(parts, { ...one, parcel, channel })
    case 'forget':
      return forgetChat(parts, delivery, key, item, parcel, channel)
    case 'case':
      return tellDesk(parts, delivery, item, parcel)
  }
}

/** Tried again until the desk has it: no call for help is lost to a desk that could not write for a moment. */
async function tellDesk(
  parts: DeliverParts,
  { id, keyId }: Claimed,
  item: OutboxItem,
  parcel: DueParcel,
): Promise<Outcome> {
  if (parcel.desk === undefined || parts.toDesk === undefined) {
    parts.log.event('courier.noDesk')
    return { kind: 'done' }
  }
  try {
    await parts.toDesk({ id: item.id, conversation: id, keyId, parcel })
    return { kind: 'done' }
  } catch (error) {
    parts.log.event('courier.failed', { error: shapeOf(error) })
    // It never gets too old: after a restore, or a day without us, the first trouble would lose it.
    return later(parts, item, { ...parcel, due: parts.clock.now() })
  }
}

async function forgetChat(
  parts: DeliverParts,
  { id }: Claimed,
  key: Key,
  item: OutboxItem,
  parcel: DueParcel,
  channel: Channel,
): Promise<Outcome> {
  const marks = await parts.conversations.marks(id)
  const messages = deletable(marks, key, parts.clock.now())
  const deleted = await channel.forget(sensitive(parcel.address), messages)
  // Ids that are not there any more count as deleted, so none at all means that the line is cut.
  if (deleted === 0 && messages.length > 0 && item.attempts < FORGET_TRIES) return later(parts, item, parcel)
  const latest = marks.reduce((at, mark) => Math.max(at, mark.at), 0)
  return { kind: 'done', forgetMarksUntil: latest }
}
