import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import type { Contact, WhatsappMessage } from './payload.ts'

/**
 * Who a person is on WhatsApp: the business-scoped user id first, because it lasts when the phone number is hidden
 * behind a username, then the phone number; either may be missing. Both are worth something only together with the
 * number of ours that was written to, and all of it travels in sensitive values.
 */
export interface Identity {
  userId?: string
  phone?: string
}

/** Longer than the published 128 characters with country and `ENT`, and never with the bar that parts an address. */
const USER_ID = /^[A-Za-z][\w.-]{2,199}$/u
const PHONE = /^\d{5,20}$/u

export function userIdOf(raw: string | undefined): string | undefined {
  return raw !== undefined && USER_ID.test(raw) ? raw : undefined
}

export function phoneOf(raw: string | undefined): string | undefined {
  const digits = raw?.replace(/[+\s().-]/gu, '')
  return digits !== undefined && PHONE.test(digits) ? digits : undefined
}

/**
 * The sender of a message. A contact belongs to it when they share an id, or when it is the only contact of a call in
 * which only one person writes (`wa_id` and `from` may differ for one and the same person); one that contradicts the
 * message's own id never does, because mixing up two people is the worst that could happen here.
 */
export function senderOf(
  message: WhatsappMessage,
  contacts: readonly Contact[],
  onlyOneWrites: boolean,
): Identity | undefined {
  const userId = userIdOf(message.from_user_id)
  const phone = phoneOf(message.from)
  const agrees = (contact: Contact) => {
    const theirs = userIdOf(contact.user_id)
    return userId === undefined || theirs === undefined || userId === theirs
  }
  const shared = contacts.find(
    (contact) =>
      agrees(contact) &&
      ((userId !== undefined && userIdOf(contact.user_id) === userId) ||
        (phone !== undefined && phoneOf(contact.wa_id) === phone)),
  )
  const [only] = contacts
  const alone =
    contacts.length === 1 && onlyOneWrites && only !== undefined && agrees(only) ? only : undefined
  const contact = shared ?? alone
  return identity(userId ?? userIdOf(contact?.user_id), phone ?? phoneOf(contact?.wa_id))
}

/**
 * The old names of a person who got a new number or a new id. Meta's reference of 2026-08-11 gives the old number in
 * `from`, the new one in `system.wa_id`, the old id in `previous_user_id`, the new one in `user_id`; older versions the
 * old number in `customer`. `from_user_id` is not described there and taken for an old one unless it is the new one.
 */
export function oldNamesOf(message: WhatsappMessage): Identity[] {
  const { system } = message
  const news = new Set([
    phoneOf(system?.wa_id),
    phoneOf(system?.new_wa_id),
    userIdOf(system?.user_id),
    undefined,
  ])
  const phones = new Set([phoneOf(message.from), phoneOf(system?.customer)])
  const userIds = new Set([userIdOf(system?.previous_user_id), userIdOf(message.from_user_id)])
  return [
    ...[...userIds].flatMap((userId) => (userId === undefined || news.has(userId) ? [] : [{ userId }])),
    ...[...phones].flatMap((phone) => (phone === undefined || news.has(phone) ? [] : [{ phone }])),
  ]
}

function identity(userId: string | undefined, phone: string | undefined): Identity | undefined {
  if (userId === undefined && phone === undefined) return undefined
  return { ...(userId === undefined ? {} : { userId }), ...(phone === undefined ? {} : { phone }) }
}

type Names = readonly [Sensitive<string>, ...Sensitive<string>[]]

/** `<our number>|<business-scoped id or nothing>|<digits or nothing>`; undefined for nobody. */
export function addressOf(
  ours: string,
  { userId, phone }: Identity,
): { address: Sensitive<string>; names: Names } | undefined {
  const [first, ...others] = [userId, phone].flatMap((name) =>
    name === undefined ? [] : [sensitive(`${ours}|${name}`)],
  )
  if (first === undefined) return undefined
  return { address: sensitive(`${ours}|${userId ?? ''}|${phone ?? ''}`), names: [first, ...others] }
}

export interface Destination {
  ours: string
  userId?: string
  phone?: string
}

/** Undefined for what was never one of our addresses. */
export function destinationOf(address: Sensitive<string>): Destination | undefined {
  const [ours = '', userId, phone, ...rest] = address.reveal().split('|')
  const to = identity(userIdOf(userId), phoneOf(phone))
  if (!/^\d{1,40}$/u.test(ours) || to === undefined || rest.length > 0) return undefined
  return { ours, ...to }
}
