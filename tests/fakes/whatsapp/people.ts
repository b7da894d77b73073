import type { Clock } from '../../../src/operations/environment.ts'
import { type GraphAnswer, refuse } from './graph-answer.ts'
import type { Button } from './interactive-rules.ts'
import type { Outgoing } from './message-rules.ts'
import { bsuidOf } from './wamid.ts'

/** Who talks with the bot, what stands on each screen, and whom the bot may write to now. */
export interface Line {
  /** The wamid. */
  id: string
  from: 'person' | 'bot'
  /** Empty where she sent something that is no text. */
  text: string
  buttons: readonly Button[]
  /** Of the bot: text, button, list or location_request_message. Of her: the type in the webhook. */
  kind: string
  /** The phone_number_id of the bot's side. */
  number: string
  /** Milliseconds since 1970. */
  at: number
}

export interface Person {
  phone: string
  /** In which her webhooks wait for each other, whatever number she has by then. */
  lane: string
  bsuid: string
  /** Her webhooks carry the BSUID alone. */
  hidesPhone: boolean
  /** False: her webhooks carry the phone alone, and she cannot be reached by BSUID. */
  sendsBsuid: boolean
  blocked: boolean
  /** When she last wrote to each of our numbers. */
  wrote: Map<string, number>
  screen: Line[]
}

export interface People {
  /** She who has this phone; she is made when nobody has it. */
  person(phone: string): Person
  find(phone: string): Person | undefined
  /** The person as Meta would accept a message for her from this number, or its refusal. */
  writable(number: string, to: Outgoing['to']): Person | GraphAnswer
  /** She keeps what stands on her screen; the windows stay with the old number, which is unknown from now on. */
  move(person: Person, phone: string): void
}

export const WINDOW_MS = 24 * 3_600_000

export function createPeople(clock: Clock): People {
  const people = new Map<string, Person>()
  const owners = new Map<string, number>()
  const byBsuid = (bsuid: string) =>
    people.values().find((person) => person.sendsBsuid && person.bsuid === bsuid)

  /** Another one for each who has the number after somebody else. */
  function nextBsuid(phone: string): string {
    const owner = (owners.get(phone) ?? 0) + 1
    owners.set(phone, owner)
    return bsuidOf(owner === 1 ? phone : `${phone} ${owner}`)
  }

  return {
    find: (phone) => people.get(phone),
    person(phone) {
      const known = people.get(phone)
      if (known !== undefined) return known
      if (!/^999\d{9}$/.test(phone))
        throw new Error('People have numbers of 999 and nine digits, a country that is not')
      const person: Person = {
        phone,
        lane: `${phone} ${(owners.get(phone) ?? 0) + 1}`,
        bsuid: nextBsuid(phone),
        hidesPhone: false,
        sendsBsuid: true,
        blocked: false,
        wrote: new Map(),
        screen: [],
      }
      people.set(phone, person)
      return person
    },
    writable(number, to) {
      const person = 'phone' in to ? people.get(to.phone) : byBsuid(to.bsuid)
      if (person === undefined) return refuse(131026, 'Nobody has this number or id')
      if (person.blocked) return refuse(131026, 'She blocked us')
      const wrote = person.wrote.get(number)
      if (wrote === undefined) return refuse(131047, 'She never wrote to this number')
      return clock.now() - wrote < WINDOW_MS
        ? person
        : refuse(131047, 'She last wrote 24 hours ago or earlier')
    },
    move(person, phone) {
      if (people.has(phone)) throw new Error('Somebody has that number already')
      people.delete(person.phone)
      Object.assign(person, { phone, bsuid: nextBsuid(phone), wrote: new Map() })
      people.set(phone, person)
    },
  }
}
