import { isUtf8 } from 'node:buffer'
import type { z } from 'zod'
import type { Instant } from '../../operations/environment.ts'
import { sensitive } from '../../privacy/sensitive.ts'
import type { Inbound } from '../channel.ts'
import type { WhatsappEvent } from './events.ts'
import { addressOf, type Identity, oldNamesOf, senderOf } from './identity.ts'
import { call, change, contact, entry, message, status, type Value, type WhatsappMessage } from './payload.ts'
import { readMessage } from './read-message.ts'

/**
 * Turns the body of one verified webhook call into what it means to us: the events of people and the fates of what we
 * sent, from every part of it, each for the number of ours that it came to. What is for another number, out of a group
 * or not in the published form is left out, and `notes` says so in a word; it costs nothing that stands beside it.
 */
export interface Reading {
  inbound: Inbound[]
  delivered: Delivered[]
  notes: WhatsappEvent[]
}

/** What became of a message that we sent. */
export interface Delivered {
  id: ReturnType<typeof sensitive<string>>
  status: string
  /** Meta's error code of a failed one; NaN where it gave none. */
  code: number
}

/** undefined: not even the outermost form is Meta's. */
export function readWebhook(body: Buffer, ours: ReadonlySet<string>, now: Instant): Reading | undefined {
  const parsed = call.safeParse(json(body))
  if (!parsed.success) return undefined
  const reading: Reading = { inbound: [], delivered: [], notes: [] }
  for (const part of each(entry, parsed.data.entry, reading)) {
    for (const { field, value } of each(change, part.changes, reading)) {
      // Echoes, calls, templates, and what another program on our number handles (`standby`) are not for us.
      if (field !== undefined && field !== 'messages') continue
      if (value.errors.length > 0) reading.notes.push('whatsapp.accountError')
      if (value.messages.length === 0 && value.statuses.length === 0) continue
      const number = value.metadata?.phone_number_id
      if (number === undefined || !ours.has(number)) reading.notes.push('whatsapp.otherNumber')
      else readValue(value, number, now, reading)
    }
  }
  return reading
}

function json(body: Buffer): unknown {
  if (!isUtf8(body)) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // The error quotes what it stumbled on; it ends here.
    return undefined
  }
}

function each<T extends z.ZodType>(shape: T, items: readonly unknown[], { notes }: Reading): z.output<T>[] {
  return items.flatMap((item) => {
    const read = shape.safeParse(item)
    if (read.success) return [read.data]
    notes.push('whatsapp.itemUnreadable')
    return []
  })
}

function readValue(value: Value, number: string, now: Instant, reading: Reading): void {
  const contacts = each(contact, value.contacts, reading)
  const messages = each(message, value.messages, reading)
  const writers = new Set(messages.map(({ from, from_user_id: id }) => JSON.stringify([from, id])))
  for (const one of messages) {
    if (one.group_id !== undefined) {
      reading.notes.push('whatsapp.groupIgnored')
      continue
    }
    if (one.type === 'system') readSystem(one, number, now, reading)
    else {
      const content = readMessage(one)
      if (content === undefined) continue
      const sender = senderOf(one, contacts, writers.size === 1)
      const inbound = sender && inboundOf(one, number, sender, content, now)
      if (inbound === undefined) reading.notes.push('whatsapp.senderMissing')
      else reading.inbound.push(inbound)
    }
  }
  for (const { id, status: word, errors } of each(status, value.statuses, reading)) {
    reading.delivered.push({ id: sensitive(id), status: word, code: errors[0]?.code ?? Number.NaN })
  }
}

/** The kinds of system message after which the old name may be someone else's. */
const MOVED = new Set(['user_changed_number', 'user_changed_user_id', 'customer_changed_number'])

/**
 * A new number or a new id ends the conversation under each old name, and nothing is carried over: the old number may
 * be given to a stranger, or lie in the hand that she fled from. The old names end one by one, because what is kept
 * under them may be two conversations.
 */
function readSystem(moved: WhatsappMessage, number: string, now: Instant, { inbound, notes }: Reading): void {
  if (!MOVED.has(moved.system?.type ?? '')) return
  const old = oldNamesOf(moved)
  if (old.length === 0) notes.push('whatsapp.senderMissing')
  for (const [place, name] of old.entries()) {
    const id = `${moved.id}|${place}`
    const ended = inboundOf({ ...moved, id }, number, name, { kind: 'blocked' }, now)
    if (ended !== undefined) inbound.push(ended)
  }
}

function inboundOf(
  { id, timestamp }: WhatsappMessage,
  number: string,
  who: Identity,
  content: Inbound['content'],
  now: Instant,
): Inbound | undefined {
  const known = addressOf(number, who)
  return (
    known && {
      channel: 'whatsapp',
      look: 'whatsapp',
      ...known,
      eventId: sensitive(id),
      at: instantOf(timestamp, now),
      content,
    }
  )
}

/** WhatsApp is not older, and no clock is a day wrong: outside of that the time is worth nothing. */
const FIRST = Date.UTC(2009, 0)
const DAY_MS = 24 * 60 * 60_000

function instantOf(seconds: string | undefined, now: Instant): Instant {
  const at = seconds !== undefined && /^\d{1,12}$/u.test(seconds) ? Number(seconds) * 1000 : Number.NaN
  return at >= FIRST && at <= now + DAY_MS ? at : now
}
