import type { Inbound } from '../../channels/channel.ts'
import type { Effect } from '../../conversation/conversation.ts'
import type { Step } from '../../conversation/engine.ts'
import type { Environment, Instant } from '../../operations/environment.ts'
import type { Key } from '../../privacy/vault/vault.ts'
import type { Commit, ConversationId, OutboxItem } from '../../storage/conversations.ts'
import {
  type DueParcel,
  type ForDesk,
  type Parcel,
  sealConversation,
  sealItem,
  sealMark,
  seenToken,
} from './records.ts'

/**
 * One step as one atomic write, sealed: the record, what is to be said and done because of it, the event's token and the
 * id of her message. On exit everything that waited is dropped, and the chat is cleared before the harmless line.
 */
export interface Written {
  /** The name that it has from now on. */
  id: ConversationId
  key: Key
  /** The older name under which it was found. */
  was?: ConversationId
  /** Of which pepper `id` is, where that is known. */
  named?: number
  /** The revision that was read; 0 where there was none. */
  revision: number
}

export interface How {
  /** She leaves: what waits for her is dropped. */
  cancelWaiting: boolean
  /** Of leaving or of danger. */
  urgent: boolean
  lease?: Commit['lease']
  entry?: Parcel['entry']
}

export interface Prepared {
  commit: Commit
  /** What lies sealed in the outbox, item by item. */
  parcels: readonly DueParcel[]
}

export function commitOf(
  { clock, random }: Environment,
  inbound: Inbound,
  { id, key, revision, was, named }: Written,
  step: Pick<Step, 'conversation' | 'effects' | 'message'>,
  { cancelWaiting, urgent, lease, entry }: How,
): Prepared {
  const { channel, look, address, messageId } = inbound
  const at = clock.now()
  const items: Omit<OutboxItem, 'attempts'>[] = []
  const parcels: DueParcel[] = []
  const parcel: Parcel = {
    channel,
    look,
    address: address.reveal(),
    ...(urgent ? { urgent } : {}),
    ...(revision === 0 ? { begins: { at: inbound.at } } : {}),
  }
  const add = (kind: OutboxItem['kind'], more: Partial<Parcel> = {}) => {
    const whole = { ...parcel, ...more }
    items.push(sealItem(key, random, kind, whole, at))
    parcels.push({ ...whole, due: at })
  }
  for (const effect of step.effects) {
    if (effect.kind === 'leave' && look === 'telegram') add('forget')
    const desk = forDesk(effect, inbound, at)
    if (desk !== undefined) add('case', { desk })
  }
  if (step.message !== undefined) {
    const { voice, ...message } = step.message
    add('message', { message, ...(entry === undefined ? {} : { entry }) })
    if (voice !== undefined) add('message', { voice })
  }
  const commit: Commit = {
    id,
    ...(was === undefined ? {} : { was }),
    ...(named === undefined ? {} : { named }),
    keyId: key.id,
    expected: revision,
    sealed: sealConversation(key, id, revision + 1, step.conversation),
    at,
    seen: seenToken(key, channel, inbound.eventId),
    cancelWaiting,
    outbox: items,
    marks: look === 'telegram' && messageId !== undefined ? [sealMark(key, messageId, at)] : [],
    counts: step.effects.flatMap((effect) => (effect.kind === 'count' ? [effect.name] : [])),
    ...(lease === undefined ? {} : { lease }),
  }
  return { commit, parcels }
}

function forDesk(effect: Effect, { content }: Inbound, at: Instant): ForDesk | undefined {
  switch (effect.kind) {
    case 'openCase':
      return { kind: 'opened', case: effect.case, request: effect.request, at }
    case 'tellDesk':
      return content.kind === 'text'
        ? { kind: 'said', case: effect.case, text: content.text.reveal(), at }
        : undefined
    case 'presence':
      return { kind: 'presence', case: effect.case, presence: effect.presence, at }
    case 'endCase':
      return { kind: 'ended', case: effect.case }
    default:
      return undefined
  }
}
