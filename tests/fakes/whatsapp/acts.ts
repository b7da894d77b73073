import type { Clock } from '../../../src/operations/environment.ts'
import type { Payload } from './graph-answer.ts'
import type { Button } from './interactive-rules.ts'
import type { Line, People, Person } from './people.ts'
import type { Rates } from './rates.ts'
import { contactOf, displayNumber, type Happening, senderOf } from './webhook-body.ts'
import { newWamid } from './wamid.ts'

/** What a person does in her chat, and the webhook that tells of it. */
export interface To {
  /** Which of our numbers she writes to; the first one by default. */
  number?: string
}

export interface Identity {
  bsuid?: string
  /** Her webhooks carry the BSUID alone. */
  hidesPhone?: boolean
  /** False: her webhooks carry the phone alone. */
  sendsBsuid?: boolean
}

export interface Acts {
  /** Each of these returns the wamid of her new message. It opens the 24 hours of that number. */
  personWrites(phone: string, text: string, to?: To): string
  personShares(phone: string, place: { latitude: number; longitude: number }, to?: To): string
  /** Anything else, by the type that Meta would set: `personSends(phone, 'sticker', {...})`. */
  personSends(phone: string, type: string, value?: unknown, to?: To): string
  /** Presses the button or row of this label under the newest message that has it. */
  personPresses(phone: string, label: string): string
  /** The same by id. With a label it need not be on her screen: a press of what was never sent. */
  personPressesId(phone: string, id: string, label?: string): string
  /** Every number that she wrote to is told by a system message. */
  personChangesNumber(oldPhone: string, newPhone: string): void
  /** How her webhooks name her from now on: by both BSUID and phone unless told otherwise. */
  person(phone: string, identity?: Identity): void
  personBlocks(phone: string): void
  personUnblocks(phone: string): void
  /** Both sides of her chats with all of our numbers, oldest first. */
  screen(phone: string): readonly Line[]
}

export function createActs(
  clock: Clock,
  people: People,
  rates: Rates,
  numbers: readonly string[],
  happened: (lane: string, happening: Happening) => void,
): Acts {
  const seconds = () => String(Math.floor(clock.now() / 1000))

  function actor(phone: string): Person {
    const person = people.person(phone)
    if (person.blocked) throw new Error('A person who blocked us cannot do that')
    return person
  }

  function receive(
    person: Person,
    type: string,
    content: Payload,
    shown: string,
    number = numbers[0],
  ): string {
    if (number === undefined || !numbers.includes(number)) throw new Error('That is none of our numbers')
    const id = newWamid(person.phone, 'in')
    rates.received(number)
    person.wrote.set(number, clock.now())
    person.screen.push({ id, from: 'person', text: shown, buttons: [], kind: type, number, at: clock.now() })
    const message = { ...senderOf(person), id, timestamp: seconds(), ...content, type }
    happened(person.lane, { number, contacts: [contactOf(person)], messages: [message] })
    return id
  }

  function press(person: Person, button: Button, line: Pick<Line, 'id' | 'kind' | 'number'>): string {
    const reply = line.kind === 'list' ? 'list_reply' : 'button_reply'
    const { id, label: title, ...description } = button
    const interactive = { type: reply, [reply]: { id, title, ...description } }
    const context = { from: displayNumber(line.number), id: line.id }
    return receive(person, 'interactive', { context, interactive }, title, line.number)
  }

  function find(person: Person, wanted: (button: Button) => boolean) {
    for (const line of person.screen.toReversed()) {
      const button = line.buttons.find(wanted)
      if (button !== undefined) return { button, line }
    }
    return undefined
  }

  return {
    personWrites: (phone, text, to) =>
      receive(actor(phone), 'text', { text: { body: text } }, text, to?.number),
    personShares: (phone, place, to) =>
      receive(actor(phone), 'location', { location: place }, '', to?.number),
    personSends(phone, type, value, to) {
      const content = value === undefined ? {} : { [type]: value }
      const details = { details: 'Message type is currently not supported.' }
      const errors = [{ code: 131051, title: 'Unsupported message type', error_data: details }]
      return receive(
        actor(phone),
        type,
        type === 'unsupported' ? { errors, ...content } : content,
        '',
        to?.number,
      )
    },
    personPresses(phone, label) {
      const person = actor(phone)
      const found = find(person, (button) => button.label === label)
      if (found === undefined) throw new Error('No such button stands on her screen')
      return press(person, found.button, found.line)
    },
    personPressesId(phone, id, label) {
      const person = actor(phone)
      const found = find(person, (button) => button.id === id)
      if (found !== undefined) return press(person, found.button, found.line)
      if (label === undefined) throw new Error('No such button stands on her screen')
      const number = numbers[0] ?? ''
      return press(person, { id, label }, { id: newWamid(phone, 'out'), kind: 'button', number })
    },
    personChangesNumber(oldPhone, newPhone) {
      const person = actor(oldPhone)
      const before = { ...person }
      people.move(person, newPhone)
      const ids = person.sendsBsuid ? { user_id: person.bsuid, previous_user_id: before.bsuid } : {}
      const system = before.hidesPhone
        ? { body: 'User Visitor changed their user id', type: 'user_changed_user_id', ...ids }
        : {
            body: `User Visitor changed from ${oldPhone} to ${newPhone}`,
            type: 'user_changed_number',
            wa_id: newPhone,
            ...ids,
          }
      for (const number of before.wrote.keys()) {
        const from = before.hidesPhone ? {} : { from: oldPhone }
        const message = {
          ...from,
          id: newWamid(oldPhone, 'in'),
          timestamp: seconds(),
          type: 'system',
          system,
        }
        happened(person.lane, { number, messages: [message] })
      }
    },
    person(phone, { bsuid, hidesPhone = false, sendsBsuid = true } = {}) {
      if (hidesPhone && !sendsBsuid)
        throw new Error('Without phone and BSUID nobody could be told from another')
      const person = people.person(phone)
      Object.assign(person, { bsuid: bsuid ?? person.bsuid, hidesPhone, sendsBsuid })
    },
    personBlocks(phone) {
      people.person(phone).blocked = true
    },
    personUnblocks(phone) {
      people.person(phone).blocked = false
    },
    screen: (phone) => [...(people.find(phone)?.screen ?? [])],
  }
}
