import { createHmac } from 'node:crypto'
import type { Inbound } from '../channels/channel.ts'
import type { Instant } from '../operations/environment.ts'
import type { ConversationId } from '../storage/conversations.ts'
import { framed } from './sealing/framed.ts'
import { KEPT_FOR } from './kept-for.ts'

/**
 * What the vault keeps for half an hour of a person who erased all, or left before there was a record: that somebody of a
 * certain hash did, and when. A platform may bring once more what she wrote before, and without a record it would look
 * like a stranger's first word: the bot would show itself on a phone that was just cleared. No backup has it, and the hash is of a name that
 * says nothing without the vault's own key.
 */
export interface Departure {
  /** 16 bytes. */
  token: Buffer
  /** When she asked, by the platform's clock. */
  at: Instant
  /** 16 bytes, by which the event that asked is known when it comes again. */
  event: Buffer
  /** Her key went in the same write: whatever is kept of her now has begun since. */
  isErased: boolean
  until: Instant
}

/** An event of hers: when it was, and by what it is known when it comes again. */
export type Said = Pick<Departure, 'at' | 'event'>

const HASH = 16

export function departureOf(
  name: ConversationId,
  said: Said,
  more: Pick<Departure, 'isErased'> & { now: Instant },
): Departure {
  const { isErased, now } = more
  return { token: departureToken(name), ...said, isErased, until: now + KEPT_FOR.departure.ms }
}

export function saidBy(
  name: ConversationId,
  { channel, eventId, at }: Pick<Inbound, 'channel' | 'eventId' | 'at'>,
): Said {
  return { at, event: hashed(name, ['departure event', channel, eventId.reveal()]) }
}

export function departureToken(name: ConversationId): Buffer {
  return hashed(name, ['departure'])
}

/** Whether she said this before she departed. */
export const isFromBefore = (departure: Departure, { at }: Pick<Said, 'at'>) => at < departure.at

/** Whether it is that by which she erased all. */
export const isItself = (departure: Departure, { event }: Said) =>
  departure.isErased && departure.event.equals(event)

const hashed = (name: ConversationId, parts: readonly string[]) =>
  createHmac('sha256', name)
    .update(framed(['lantern1', ...parts]))
    .digest()
    .subarray(0, HASH)
