import type { Look } from '../../flows/context.ts'
import type { Place } from '../../flows/facts.ts'
import type { Message } from '../conversation/message.ts'
import type { Instant } from '../operations/environment.ts'
import type { Sensitive } from '../privacy/sensitive.ts'

/** The bytes of a platform on one side, our events and messages on the other. */

export type ChannelName = 'telegram' | 'whatsapp' | 'simulator'

export type InboundContent =
  | { kind: 'text'; text: Sensitive<string> }
  /** A pressed button or list row; possibly of an old message. */
  | { kind: 'choice'; id: string }
  | { kind: 'place'; place: Place }
  /** Photo, voice note, sticker, contact, edit and whatever comes next; never downloaded. */
  | { kind: 'unsupported' }
  /** The person blocked the bot, deleted the chat or changed the number, where the platform tells us: exit and wipe. */
  | { kind: 'blocked' }

export interface Inbound {
  channel: ChannelName
  look: Look
  /** Where answers go, in the channel's own writing. Sealed wherever it is stored. */
  address: Sensitive<string>
  /**
   * What the person is known by, the one that lasts longest first, in the channel's own writing; a conversation that
   * began under any of them goes on. Without it, the address.
   */
  names?: readonly [Sensitive<string>, ...Sensitive<string>[]]
  /** The platform's own id of this event; the same id twice is one event. */
  eventId: Sensitive<string>
  /** The platform's id of the person's message where it can be deleted later (Telegram). */
  messageId?: Sensitive<string>
  /** When the platform took it. */
  at: Instant
  content: InboundContent
}

/** The bytes of a recorded page (`ar/menu.start`), Opus in Ogg; undefined when it is not there. */
export type ReadVoice = (voice: string) => Uint8Array<ArrayBuffer> | undefined

export type SendOutcome =
  | { kind: 'sent'; messageId?: Sensitive<string> }
  /** Try again, not before this many milliseconds when the platform said so. */
  | { kind: 'later'; afterMs?: number }
  /** This message will never be taken; the next one may. */
  | { kind: 'refused' }
  /** The platform takes nothing more until the person writes again (WhatsApp, 24 h after her last message). */
  | { kind: 'windowClosed' }
  /** The person blocked us or is gone: exit and wipe. */
  | { kind: 'gone' }

/** So many messages to one person at once, and from then on one in this time. */
export interface Pace {
  burst: number
  everyMs: number
}

export interface Channel {
  name: ChannelName
  /** How fast the platform lets us write to one person; absent: as fast as we like. */
  pace?: Pace
  /** Never throws for what a platform may answer; bounded in time (30 s). */
  send(to: Sensitive<string>, message: Message): Promise<SendOutcome>
  /** Sends a page as somebody read it aloud; `voice` as it stands in a message. Absent where the channel has no voice. */
  say?(to: Sensitive<string>, voice: string): Promise<SendOutcome>
  /** Deletes messages of both sides where the platform can; resolves to how many, 0 where it cannot. Never throws. */
  forget(to: Sensitive<string>, messageIds: readonly Sensitive<string>[]): Promise<number>
}

/** What a channel calls for each event; resolves when it is committed, so that the platform may be answered 200. */
export type Receive = (inbound: Inbound) => Promise<void>
