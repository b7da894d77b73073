import { createHmac } from 'node:crypto'
import type { Look } from '../../../flows/context.ts'
import type { ChannelName } from '../../channels/channel.ts'
import type { CaseRequest, Conversation } from '../../conversation/conversation.ts'
import type { Message } from '../../conversation/message.ts'
import { WrittenByNewer } from '../../errors.ts'
import type { Instant, Random } from '../../operations/environment.ts'
import { framed } from '../../privacy/sealing/framed.ts'
import { isOfNewer, open, seal } from '../../privacy/sealing/seal.ts'
import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import { subkey } from '../../privacy/sealing/subkeys.ts'
import type { Key } from '../../privacy/vault/vault.ts'
import type {
  ConversationId,
  ItemId,
  ItemKind,
  Mark,
  OutboxItem,
  Stored,
} from '../../storage/conversations.ts'
import { filled, type Slim, slimmed } from './slim.ts'

/** What a turn writes, sealed under the conversation's key, and read back. Nothing here leaves plaintext behind. */

/** What the courier needs to deliver one item. */
export interface Parcel {
  channel: ChannelName
  look: Look
  address: string
  message?: Message
  /** A page as a voice message, in place of a message. */
  voice?: string
  desk?: ForDesk
  /** The caseworker's entry that this message brings to her: the desk learns what became of it. */
  entry?: { case: string; id: string }
  /** It answers the first that is known of her: not sent where she departed since. */
  begins?: { at: Instant }
  /** Of leaving or of danger: it does not wait for the platform's pace, and neither does what stands before it. */
  urgent?: true
}

/** What a turn has for the caseworkers' desk. */
export type ForDesk =
  | { kind: 'opened'; case: string; request: CaseRequest; at: Instant }
  | { kind: 'said'; case: string; text: string; at: Instant }
  | { kind: 'presence'; case: string; presence: 'here' | 'left'; at: Instant }
  | { kind: 'ended'; case: string }
  /** What became of a caseworker's message that was on its way to her. */
  | { kind: 'delivered'; case: string; entry: string; delivery: 'shown' | 'notTaken' }

/** A parcel and when it was due for the first time; a retry moves the item's `notBefore`, never this. */
export type DueParcel = Parcel & { due: Instant }

/** This key has sealed as much as one key may. */
export class KeySpent extends Error {
  override readonly name = 'KeySpent'
}

function sealed(key: Key, type: string, id: string, revision: number, value: unknown): Uint8Array {
  const outcome = seal(key, { type, id, revision }, Buffer.from(JSON.stringify(value)))
  if (outcome.kind === 'spent') throw new KeySpent()
  return outcome.bytes
}

function opened<T>(key: Key, type: string, id: string, revision: number, bytes: Uint8Array): T | undefined {
  const outcome = open(key, { type, id, revision }, bytes)
  if (outcome.kind === 'refused' && isOfNewer(bytes, key.id)) throw new WrittenByNewer()
  return outcome.kind === 'opened' ? (JSON.parse(Buffer.from(outcome.plaintext).toString()) as T) : undefined
}

export function sealConversation(key: Key, id: ConversationId, revision: number, conversation: Conversation) {
  return sealed(key, 'conversation', id, revision, slimmed(conversation))
}

export function openConversation(
  key: Key,
  { id, revision, sealed: bytes }: Stored,
): Conversation | undefined {
  const slim = opened<Slim>(key, 'conversation', id, revision, bytes)
  return slim === undefined ? undefined : filled(slim)
}

/** Refuses what newer flows have written: what they remember would be lost, and where she is could be nowhere here. */
export function refuseNewer(conversation: Conversation, flowVersion: string): Conversation {
  if (Number(conversation.flowVersion) > Number(flowVersion)) throw new WrittenByNewer()
  return conversation
}

export function sealItem(
  key: Key,
  random: Random,
  kind: ItemKind,
  parcel: Parcel,
  notBefore: Instant,
): Omit<OutboxItem, 'attempts'> {
  const id = Buffer.from(random.bytes(16)).toString('base64url') as ItemId
  return { id, kind, sealed: sealed(key, `item.${kind}`, id, 0, { ...parcel, due: notBefore }), notBefore }
}

export function openItem(key: Key, { id, kind, sealed: bytes }: OutboxItem): DueParcel | undefined {
  return opened<DueParcel>(key, `item.${kind}`, id, 0, bytes)
}

/** Bound to the key alone: the conversation's name may change while the platform still deletes the message. */
export function sealMark(key: Key, messageId: Sensitive<string>, at: Instant): Mark {
  return { sealed: sealed(key, 'mark', key.id, 0, messageId.reveal()), at }
}

export function openMark(key: Key, mark: Mark): Sensitive<string> | undefined {
  const messageId = opened<string>(key, 'mark', key.id, 0, mark.sealed)
  return messageId === undefined ? undefined : sensitive(messageId)
}

/** The platform's event id under the conversation's key: recognised again, and gone with the key. */
export function seenToken(key: Key, channel: ChannelName, eventId: Sensitive<string>): Uint8Array {
  const { secret } = subkey(key, 'seen', 1)
  return createHmac('sha256', secret)
    .update(framed([channel, eventId.reveal()]))
    .digest()
    .subarray(0, 16)
}
