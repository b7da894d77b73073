import { createHmac } from 'node:crypto'
import type { Inbound } from '../channels/channel.ts'
import type { Instant } from '../operations/environment.ts'
import type { ConversationId } from '../storage/conversations.ts'
import { framed } from './framed.ts'
import { KEPT_FOR } from './kept-for.ts'

/**
 * What the vault keeps for half an hour of a person who erased all: that somebody of a certain hash did, and when. A
 * platform may bring once more what she wrote before, and with the record gone it would look like a stranger's first
 * word: the bot would show itself on a phone that was just cleared. No backup has it, and the hash is of a name that
 * says nothing without the vault's own key.
 */
export interface Departure {
  /** 16 bytes. */
  token: Buffer
  /** When she asked, by the platform's clock. */
  at: Instant
  /** 16 bytes, by which the event that asked is known when it comes again. */
  event: Buffer
  until: Instant
}

type Asking = Pick<Inbound, 'channel' | 'eventId' | 'at'>

const HASH = 16

export function departureOf(name: ConversationId, asking: Asking, now: Instant): Departure {
  return {
    token: departureToken(name),
    at: asking.at,
    event: eventToken(name, asking),
    until: now + KEPT_FOR.departure.ms,
  }
}

export function departureToken(name: ConversationId): Buffer {
  return hashed(name, ['departure'])
}

/** Whether she said this before she erased all, or with it. */
export function isFromBefore({ at, event }: Departure, name: ConversationId, asking: Asking): boolean {
  return asking.at < at || event.equals(eventToken(name, asking))
}

const eventToken = (name: ConversationId, { channel, eventId }: Asking) =>
  hashed(name, ['departure event', channel, eventId.reveal()])

const hashed = (name: ConversationId, parts: readonly string[]) =>
  createHmac('sha256', name)
    .update(framed(['lantern1', ...parts]))
    .digest()
    .subarray(0, HASH)
