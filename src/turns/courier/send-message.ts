import type { Channel, SendOutcome } from '../../channels/channel.ts'
import { shapeOf } from '../../operations/log.ts'
import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import type { Key } from '../../privacy/vault/vault.ts'
import type { OutboxItem } from '../../storage/conversations.ts'
import { type DueParcel, type ForDesk, sealMark } from '../written/records.ts'
import type { Claimed, DeliverParts } from './deliver.ts'
import type { Held } from './leases.ts'
import { later, type Outcome } from './outcome.ts'

/** Sends one message to the person, and takes it back where she left in this process while it was on its way. */
export interface OneMessage {
  delivery: Claimed
  key: Key
  item: OutboxItem
  parcel: DueParcel
  channel: Channel
  lease: Held
}

export async function sendMessage(parts: DeliverParts, one: OneMessage): Promise<Outcome> {
  const { key, item, parcel, channel } = one
  const { id, count } = one.delivery
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
  if (!(await reportEntry(parts, one, outcome))) {
    if (outcome.kind === 'sent' && outcome.messageId !== undefined)
      await channel.forget(address, [outcome.messageId])
    return { kind: 'left' }
  }
  switch (outcome.kind) {
    case 'sent': {
      const { messageId } = outcome
      if (messageId === undefined) return { kind: 'done' }
      const takeBack = () => channel.forget(address, [messageId])
      return { kind: 'done', sent: { mark: sealMark(key, messageId, clock.now()), takeBack } }
    }
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

/**
 * The desk learns what became of a caseworker's message. Without the report it stays "waiting", and is offered again; and so
 * it shall be where she left in another process meanwhile: then false.
 */
async function reportEntry(
  { toDesk, log }: DeliverParts,
  { delivery: { id: conversation }, key, item: { id }, parcel, lease }: OneMessage,
  { kind }: SendOutcome,
): Promise<boolean> {
  const { entry } = parcel
  if (entry === undefined || toDesk === undefined || kind === 'later' || kind === 'gone') return true
  if ((await lease.renew()) !== 'held') return false
  const delivery = kind === 'sent' ? 'shown' : 'notTaken'
  const desk: ForDesk = { kind: 'delivered', case: entry.case, entry: entry.id, delivery }
  try {
    await toDesk({ id, conversation, keyId: key.id, parcel: { ...parcel, desk } })
  } catch (error) {
    log.event('courier.failed', { error: shapeOf(error) })
  }
  return true
}
