import type { Channel, ChannelName, SendOutcome } from '../../channels/channel.ts'
import { WrittenByNewer } from '../../errors.ts'
import type { Environment, Instant } from '../../operations/environment.ts'
import { type Log, shapeOf } from '../../operations/log.ts'
import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import type { Key, KeyId, Vault } from '../../privacy/vault.ts'
import type {
  ConversationId,
  Conversations,
  Delivery,
  ItemId,
  Mark,
  OutboxItem,
} from '../../storage/conversations.ts'
import { GIVE_UP_MS, nextTryMs } from './backoff.ts'
import type { Fence } from '../fence.ts'
import { deletable } from '../marks.ts'
import type { Paces } from './paces.ts'
import type { Rests } from './rests.ts'
import { type DueParcel, type ForDesk, openItem, sealMark } from '../records.ts'

/**
 * Delivers the items of one conversation that the courier has taken, in their order, and settles each: sent, refused
 * for good, to be tried later, or cancelled because she left meanwhile.
 */
export interface DeliverParts extends Environment {
  conversations: Conversations
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  fence: Fence
  log: Log
  /** Takes what a turn has for the desk; may be called twice with one item. Absent where there is no desk. */
  toDesk?: (item: ItemForDesk) => Promise<void>
  /** Exit and wipe of our data when the platform says that the person is gone. */
  personGone(delivery: Pick<Delivery, 'id' | 'keyId'>): Promise<void>
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
  /** No send begins after this instant: the lease might end before it. */
  until: Instant
}

export async function deliver(parts: DeliverParts, delivery: Claimed): Promise<void> {
  const { conversations, vault, clock, fence, log } = parts
  const { id, keyId } = delivery
  const key = await vault.open(keyId)
  if (key === undefined) {
    await conversations.erase(id)
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
  const lastUrgent = parcels.findLastIndex((parcel) => parcel?.urgent === true)
  /** When the desk is tried again, which must not hold up what she waits for. */
  let deskAt: Instant | undefined
  for (const [place, item] of delivery.items.entries()) {
    if (item.kind === 'case' && deskAt !== undefined) continue
    const parcel = parcels[place]
    for (let wait = fence.inTheWay(id); wait !== undefined; wait = fence.inTheWay(id)) await wait
    if (fence.raisedSince(id, delivery.count)) return giveBack(parts, delivery)
    if (clock.now() > delivery.until) {
      await conversations.settle(id, { fence: delivery.fence, done: [], retry: { at: clock.now() } })
      return
    }
    const sends = item.kind === 'message' && parcel !== undefined
    const waitMs = sends ? waitFor(parts, id, parcel, place <= lastUrgent) : 0
    if (waitMs > 0) {
      const retry = { at: clock.now() + waitMs, untried: true }
      await conversations.settle(id, { fence: delivery.fence, done: [], retry })
      return
    }
    const outcome = await deliverItem(parts, delivery, key, item, parcel)
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
    const { marks = [], forgetMarksUntil } = outcome
    const settlement = {
      fence: delivery.fence,
      done: outcome.kind === 'done' ? [item.id] : [],
      marks,
      ...(forgetMarksUntil === undefined ? {} : { forgetMarksUntil }),
      ...(outcome.kind === 'later' ? { retry: { at: outcome.at } } : {}),
      // The id of a message on her screen is written at once: whoever erases next must find it.
      unhurried: outcome.kind === 'done' && marks.length === 0 && place === delivery.items.length - 1,
    }
    const held = await conversations.settle(id, settlement)
    if (!held || outcome.kind === 'later') return
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

function waitFor({ paces, rests }: DeliverParts, id: string, parcel: DueParcel, urgent: boolean): number {
  return rests.wait(parcel.channel, urgent) || paces.wait(id, parcel, urgent)
}

/**
 * What she left is cancelled, and then this changes nothing. It matters where the platform only repeated her exit: its
 * harmless line must not wait until the lease ends.
 */
async function giveBack({ conversations, clock }: DeliverParts, { id, fence }: Claimed): Promise<void> {
  await conversations.settle(id, { fence, done: [], retry: { at: clock.now(), untried: true } })
}

type Outcome =
  | { kind: 'done'; marks?: readonly Mark[]; forgetMarksUntil?: Instant }
  | { kind: 'later'; at: Instant; marks?: undefined; forgetMarksUntil?: undefined }
  | { kind: 'gone' }
  /** She left while it was on its way. */
  | { kind: 'left' }

async function deliverItem(
  parts: DeliverParts,
  delivery: Claimed,
  key: Key,
  item: OutboxItem,
  parcel: DueParcel | undefined,
): Promise<Outcome> {
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
      return sendMessage(parts, delivery, key, item, parcel, channel)
    case 'forget':
      return forgetChat(parts, delivery, key, item, parcel, channel)
    case 'case':
      return tellDesk(parts, delivery, item, parcel)
  }
}

async function sendMessage(
  parts: DeliverParts,
  { id, count }: Claimed,
  key: Key,
  item: OutboxItem,
  parcel: DueParcel,
  channel: Channel,
): Promise<Outcome> {
  const { clock, random, fence, log, rests } = parts
  const send = sendingOf(parcel, channel)
  if (send === undefined) return { kind: 'done' }
  const address = sensitive(parcel.address)
  const outcome = await fence.sending(id, async () => {
    const sent = await rests.trying(channel.name, id, () => send(address), isSilence)
    if (sent.kind === 'sent' && sent.messageId !== undefined && fence.raisedSince(id, count))
      await channel.forget(address, [sent.messageId])
    return sent
  })
  if (outcome.kind !== 'gone' && fence.raisedSince(id, count)) return { kind: 'left' }
  await reportEntry(parts, { id, keyId: key.id }, item, parcel, outcome.kind)
  switch (outcome.kind) {
    case 'sent':
      return outcome.messageId === undefined
        ? { kind: 'done' }
        : { kind: 'done', marks: [sealMark(key, outcome.messageId, clock.now())] }
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

/** A voice that the channel cannot send is left out: its words are there already. */
function sendingOf({ message, voice }: DueParcel, channel: Channel) {
  if (message !== undefined) return (to: Sensitive<string>) => channel.send(to, message)
  const say = channel.say?.bind(channel)
  return voice === undefined || say === undefined ? undefined : (to: Sensitive<string>) => say(to, voice)
}

function isSilence(outcome: SendOutcome): boolean {
  return outcome.kind === 'later' && outcome.afterMs === undefined
}

/** The desk learns what became of a caseworker's message. Without the report it stays "waiting", and is offered again. */
async function reportEntry(
  { toDesk, log }: DeliverParts,
  { id: conversation, keyId }: Pick<Delivery, 'id' | 'keyId'>,
  { id }: OutboxItem,
  parcel: DueParcel,
  outcome: SendOutcome['kind'],
): Promise<void> {
  const { entry } = parcel
  if (entry === undefined || toDesk === undefined || outcome === 'later' || outcome === 'gone') return
  const delivery = outcome === 'sent' ? 'shown' : 'notTaken'
  const desk: ForDesk = { kind: 'delivered', case: entry.case, entry: entry.id, delivery }
  try {
    await toDesk({ id, conversation, keyId, parcel: { ...parcel, desk } })
  } catch (error) {
    log.event('courier.failed', { error: shapeOf(error) })
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
    return later(parts, item, parcel)
  }
}

function later(
  { clock, random, log }: Pick<DeliverParts, 'clock' | 'random' | 'log'>,
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
