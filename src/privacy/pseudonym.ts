import { createHmac, type KeyObject } from 'node:crypto'
import type { ConversationId } from '../storage/conversations.ts'
import { framed } from './sealing/framed.ts'
import type { Sensitive } from './sensitive.ts'

/**
 * The name under which a store knows a person on one channel: HMAC-SHA256 under a pepper that lives in the vault only.
 * Without that pepper it cannot be tried against a list of phone numbers, and with the pepper's rotation old names stop
 * meaning anything. The same person has unrelated names on two channels.
 */
export function pseudonym(pepper: KeyObject, channel: string, address: Sensitive<string>): ConversationId {
  const parts = framed(['lantern1/conversation', channel, normalised(channel, address.reveal())])
  return createHmac('sha256', pepper).update(parts).digest('base64url') as ConversationId
}

/** A WhatsApp phone number is written in many ways; a business-scoped id (`US.123...`) and a chat id in one. */
function normalised(channel: string, address: string): string {
  const trimmed = address.normalize('NFC').trim()
  return channel === 'whatsapp' && /^\+?[\d\s().-]+$/.test(trimmed) ? trimmed.replace(/\D/g, '') : trimmed
}
