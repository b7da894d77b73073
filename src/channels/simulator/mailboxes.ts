import type { Clock, Instant, Random } from '../../operations/environment.ts'
import type { PhoneEvent } from './wire.ts'

/**
 * What waits for each phone: an event stays here until the phone says that it has it, and no longer. Lives in memory
 * only, as the platform's own servers are no part of what this program keeps. Bounded: the phone that was silent the
 * longest gives way.
 */

export interface Posted {
  /** `<run>-<number>`: a new run of the server starts anew, and a phone that knows another run gets everything. */
  id: string
  event: PhoneEvent
}

export interface Mailboxes {
  post(phone: string, event: PhoneEvent): void
  /** Everything after `last`; from then on `listener` is called for each new event. Returns how to stop. */
  follow(phone: string, last: string | undefined, listener: (posted: Posted) => void): () => void
  /** The phone has everything up to and including this id. */
  received(phone: string, last: string | undefined): void
  /** The person wrote: the platform's 24 hours begin again. */
  wrote(phone: string): void
  /** When the person last wrote in this run. */
  wroteAt(phone: string): Instant | undefined
  block(phone: string, blocked: boolean): void
  blocked(phone: string): boolean
}

interface Mailbox {
  waiting: Posted[]
  listeners: Set<(posted: Posted) => void>
  wroteAt: Instant | undefined
  blocked: boolean
}

const MAX_PHONES = 200
const MAX_WAITING = 500

export function createMailboxes({ clock, random }: { clock: Clock; random: Random }): Mailboxes {
  const run = Buffer.from(random.bytes(6)).toString('hex')
  const boxes = new Map<string, Mailbox>()
  let count = 0

  /** Also moves the phone to the young end, so that the first one in the map is the longest silent. */
  function box(phone: string): Mailbox {
    const found = boxes.get(phone) ?? {
      waiting: [],
      listeners: new Set(),
      wroteAt: undefined,
      blocked: false,
    }
    boxes.delete(phone)
    boxes.set(phone, found)
    if (boxes.size > MAX_PHONES) {
      for (const [name, { listeners }] of boxes) {
        if (listeners.size > 0) continue
        boxes.delete(name)
        break
      }
    }
    return found
  }

  function drop(mailbox: Mailbox, last: string | undefined): void {
    const upTo = numberIn(last, run)
    mailbox.waiting = mailbox.waiting.filter(({ id }) => (numberIn(id, run) ?? 0) > (upTo ?? 0))
  }

  return {
    post(phone, event) {
      const mailbox = box(phone)
      count += 1
      const posted = { id: `${run}-${count}`, event }
      mailbox.waiting.push(posted)
      if (mailbox.waiting.length > MAX_WAITING) mailbox.waiting.shift()
      for (const listener of mailbox.listeners) listener(posted)
    },

    follow(phone, last, listener) {
      const mailbox = box(phone)
      drop(mailbox, last)
      mailbox.listeners.add(listener)
      for (const posted of mailbox.waiting) listener(posted)
      return () => mailbox.listeners.delete(listener)
    },

    received(phone, last) {
      const mailbox = boxes.get(phone)
      if (mailbox !== undefined) drop(mailbox, last)
    },

    wrote(phone) {
      box(phone).wroteAt = clock.now()
    },
    wroteAt: (phone) => boxes.get(phone)?.wroteAt,

    block(phone, blocked) {
      box(phone).blocked = blocked
    },
    blocked: (phone) => boxes.get(phone)?.blocked ?? false,
  }
}

function numberIn(id: string | undefined, run: string): number | undefined {
  const [ofRun, number] = id?.split('-') ?? []
  return ofRun === run && number !== undefined && /^\d{1,15}$/u.test(number) ? Number(number) : undefined
}
