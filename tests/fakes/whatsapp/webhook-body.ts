import { createHmac } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Payload } from './graph-answer.ts'
import type { Person } from './people.ts'

/** The bytes and the form of a webhook: what stands around messages and statuses, escaped and signed as Meta does. */
export interface Happening {
  /** The phone_number_id that it is about. */
  number: string
  contacts?: Payload[]
  messages?: Payload[]
  statuses?: Payload[]
}

export function displayNumber(number: string): string {
  return `999000${number}`
}

export function contactOf(person: Person): Payload {
  return {
    profile: { name: 'Visitor', ...(person.hidesPhone ? { username: 'visitor' } : {}) },
    ...(person.hidesPhone ? {} : { wa_id: person.phone }),
    ...(person.sendsBsuid ? { user_id: person.bsuid } : {}),
  }
}

export function senderOf(person: Person): Payload {
  return {
    ...(person.hidesPhone ? {} : { from: person.phone }),
    ...(person.sendsBsuid ? { from_user_id: person.bsuid } : {}),
  }
}

/**
 * One body for what happened, in this order. Neighbours of one number and one kind share a change; another number
 * begins a change, another kind an entry, so that a reader of `[0]` alone loses something.
 */
export function webhookBody(wabaId: string, happenings: readonly Happening[]): Payload {
  const entries: Happening[][] = []
  let last: Happening | undefined
  for (const one of happenings) {
    const entry = entries.at(-1)
    if (entry === undefined || last === undefined || kindOf(last) !== kindOf(one)) {
      last = { ...one }
      entries.push([last])
    } else if (last.number === one.number) {
      join(last, one)
    } else {
      last = { ...one }
      entry.push(last)
    }
  }
  return {
    object: 'whatsapp_business_account',
    entry: entries.map((changes) => ({ id: wabaId, changes: changes.map(changeOf) })),
  }
}

function kindOf(happening: Happening): string {
  return happening.statuses === undefined
    ? happening.contacts === undefined
      ? 'system'
      : 'messages'
    : 'statuses'
}

function join(into: Happening, more: Happening): void {
  const contacts = into.contacts ?? []
  const added = (more.contacts ?? []).filter(
    (one) => !contacts.some((known) => isDeepStrictEqual(known, one)),
  )
  if (into.contacts !== undefined || added.length > 0) into.contacts = [...contacts, ...added]
  if (more.messages !== undefined) into.messages = [...(into.messages ?? []), ...more.messages]
  if (more.statuses !== undefined) into.statuses = [...(into.statuses ?? []), ...more.statuses]
}

function changeOf({ number, ...lists }: Happening): Payload {
  const metadata = { display_phone_number: displayNumber(number), phone_number_id: number }
  return { value: { messaging_product: 'whatsapp', metadata, ...lists }, field: 'messages' }
}

/** ASCII alone, with `\u00e9` in lower case and `\/`, as Meta writes it. */
export function escapeBody(body: unknown): Buffer {
  const json = JSON.stringify(body) ?? 'null'
  const escaped = json
    .replaceAll('/', String.raw`\/`)
    .replaceAll(
      /[\u0080-\uffff]/g,
      (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  return Buffer.from(escaped)
}

export function sign(secret: string, bytes: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`
}
