import type { Happening } from '../../flows/events.ts'
import type { Look } from '../../flows/context.ts'
import cover from '../../locales/en/cover.json' with { type: 'json' }
import messages from '../../locales/en/messages.json' with { type: 'json' }
import words from '../../locales/en/words.json' with { type: 'json' }
import type { Conversation } from '../../src/conversation/conversation.ts'
import { createEngine, type EngineParts } from '../../src/conversation/create-engine.ts'
import type { Engine, Moment, Step } from '../../src/conversation/engine.ts'
import type { Locale, Locales } from '../../src/conversation/locale.ts'
import { demoDirectory } from '../directory/demo.ts'

/** A Monday morning on which the fictional country's clinics are open. */
export const MONDAY = Date.UTC(2026, 2, 2, 10)

export const english: Locale = {
  tag: 'en',
  name: 'English',
  direction: 'ltr',
  messages,
  words,
  cover,
  review: {},
}
export const locales: Locales = new Map([['en', english]])

/** The real engine over the real English locale and the real demo pack. */
export async function englishEngine(
  parts: Partial<Pick<EngineParts, 'directory' | 'entrance' | 'locales' | 'voices' | 'countsAreas'>> = {},
): Promise<Engine> {
  return createEngine({
    locales: parts.locales ?? locales,
    directory: parts.directory ?? (await demoDirectory()),
    entrance: parts.entrance ?? 'open',
    idleHours: 24,
    caseDays: 7,
    ...(parts.countsAreas === undefined ? {} : { countsAreas: parts.countsAreas }),
    ...(parts.voices === undefined ? {} : { voices: parts.voices }),
  })
}

export interface Chat {
  step(happening: Happening): Step
  says(text: string): Step
  presses(choice: string): Step
  waits(minutes: number): void
  readonly conversation: Conversation
  readonly page: Step['page']
  readonly text: string
  readonly choices: readonly string[]
  moment: Moment
}

/** Holds a conversation with the engine alone, one minute a turn. */
export function chat(engine: Engine, look: Look = 'whatsapp', moment: Partial<Moment> = {}): Chat {
  const now: Moment = { now: MONDAY, desk: 'open', ...moment }
  let current = engine.step(engine.fresh(look), { type: 'hello' }, now)
  const self: Chat = {
    moment: now,
    step(happening) {
      current = engine.step(current.conversation, happening, self.moment)
      return current
    },
    says(text) {
      self.waits(1)
      const happening = engine.understand(text, current.conversation, self.moment)
      return self.step(
        happening.type === 'wordGiven'
          ? { type: 'secret', secret: { salt: 'c2FsdA', hash: 'aGFzaA' } }
          : happening,
      )
    },
    presses(choice) {
      self.waits(1)
      const shown = current.message?.choices ?? []
      const match = shown.find(
        ({ id, label }) => label === choice || id === choice || id.endsWith(`:${choice}`),
      )
      if (match === undefined)
        throw new Error(
          `no choice ${choice} on ${String(current.page)}: ${shown.map(({ id }) => id).join(', ')}`,
        )
      return self.step(engine.pressed(match.id, current.conversation, self.moment))
    },
    waits(minutes) {
      self.moment = { ...self.moment, now: self.moment.now + minutes * 60_000 }
    },
    get conversation() {
      return current.conversation
    },
    get page() {
      return current.page
    },
    get text() {
      return current.message?.text ?? ''
    },
    get choices() {
      return (current.message?.choices ?? []).map(({ id }) => id.slice(id.indexOf(':') + 1))
    },
  }
  return self
}

/** From hello to the menu. */
export function atMenu(engine: Engine, look: Look = 'whatsapp', moment: Partial<Moment> = {}): Chat {
  const talk = chat(engine, look, moment)
  talk.says('yes')
  talk.presses('next')
  return talk
}
