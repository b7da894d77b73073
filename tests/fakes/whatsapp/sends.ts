import type { Clock } from '../../../src/operations/environment.ts'
import { accept, type GraphAnswer, type Payload, refuse, titleOf } from './graph-answer.ts'
import { type Outgoing, readMessage, type Receipt } from './message-rules.ts'
import type { People, Person } from './people.ts'
import type { Rates } from './rates.ts'
import { contactOf, type Happening } from './webhook-body.ts'
import { newWamid } from './wamid.ts'

/** What happens with a message that the bot sends: refused, or on her screen, with the statuses that follow. */
export interface Send {
  number: string
  /** Her phone, also when she was reached by her BSUID. */
  to: string
  /** As it was sent. */
  body: Payload
  /** Milliseconds since 1970. */
  at: number
  wamid: string
}

export type Statuses = 'off' | 'delivered' | 'read'

export interface Sends {
  handle(number: string, body: Payload): GraphAnswer
  accepted: readonly Send[]
  /** Read receipts that the bot sent: blue ticks on her screen. */
  receipts: readonly Receipt[]
  statuses(wanted: Statuses): void
  failLater(code: number, times: number): void
}

export function createSends(
  clock: Clock,
  people: People,
  rates: Rates,
  happened: (lane: string, happening: Happening) => void,
  hasMedia: (number: string, id: string) => boolean,
): Sends {
  const accepted: Send[] = []
  const receipts: Receipt[] = []
  let failures: number[] = []
  let wanted: Statuses = 'off'

  function report(person: Person, { number, wamid }: Send, status: string, errors?: Payload[]) {
    const one = {
      id: wamid,
      status,
      timestamp: String(Math.floor(clock.now() / 1000)),
      ...(person.hidesPhone ? {} : { recipient_id: person.phone }),
      ...(person.sendsBsuid ? { recipient_user_id: person.bsuid } : {}),
      ...(errors === undefined ? {} : { errors }),
    }
    // A failure comes without contacts.
    const contacts = status === 'failed' ? {} : { contacts: [contactOf(person)] }
    happened(`statuses of ${person.lane}`, { number, ...contacts, statuses: [one] })
  }

  function follow(person: Person, send: Send, failure: number | undefined) {
    if (wanted !== 'off') report(person, send, 'sent')
    if (failure !== undefined) {
      const title = titleOf(failure)
      const details = 'Ordered by the test'
      report(person, send, 'failed', [{ code: failure, title, message: title, error_data: { details } }])
    } else if (wanted !== 'off') {
      report(person, send, 'delivered')
      if (wanted === 'read') report(person, send, 'read')
    }
  }

  function take(number: string, body: Payload, message: Outgoing): GraphAnswer {
    const person = people.writable(number, message.to)
    if ('status' in person) return person
    if (message.media !== undefined && !hasMedia(number, message.media))
      return refuse(131009, 'audio.id is no recording of this number')
    const tooMany = rates.refused(number, person.phone)
    if (tooMany !== undefined) return tooMany
    const send = { number, to: person.phone, body, at: clock.now(), wamid: newWamid(person.phone, 'out') }
    accepted.push(send)
    const [failure, ...rest] = failures
    failures = rest
    if (failure === undefined) {
      const { kind, text, buttons } = message
      person.screen.push({ id: send.wamid, from: 'bot', text, buttons, kind, number, at: send.at })
    }
    follow(person, send, failure)
    const contact =
      'phone' in message.to
        ? { input: message.to.phone, wa_id: message.to.phone }
        : { input: message.to.bsuid, user_id: message.to.bsuid }
    return accept({ messaging_product: 'whatsapp', contacts: [contact], messages: [{ id: send.wamid }] })
  }

  return {
    accepted,
    receipts,
    handle(number, body) {
      const message = readMessage(body)
      if ('status' in message) return message
      if (message.kind !== 'receipt') return take(number, body, message)
      receipts.push(message)
      return accept({ success: true })
    },
    statuses(statuses) {
      wanted = statuses
    },
    failLater(code, times) {
      failures = [...failures, ...Array.from({ length: times }, () => code)]
    },
  }
}
