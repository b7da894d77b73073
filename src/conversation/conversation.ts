import type { Context } from '../../flows/context.ts'
import type { PageKey } from '../../flows/page.ts'

/** What is stored of a conversation, sealed. */
export interface Conversation {
  /** Stamp of the flows that wrote this record. */
  flowVersion: string
  /** Path of the page, e.g. `health.within72h`. */
  state: string
  context: Context
}

/** What a turn wants done in the world; `turns` turns each into outbox items or, for wipe, into the wipe itself. */
export type Effect =
  /** Exit: drop what waits, delete recent messages where the platform can. */
  | { kind: 'leave' }
  | { kind: 'wipe' }
  | { kind: 'openCase'; case: string; request: CaseRequest }
  /** What she typed in this turn goes to the caseworker. */
  | { kind: 'tellDesk'; case: string }
  /** here: she can read now, and what waited may come. left: she left the chat. */
  | { kind: 'presence'; case: string; presence: 'here' | 'left' }
  /** She takes the request back, or ends the talk. */
  | { kind: 'endCase'; case: string }
  /** The one plain line, while she is away. */
  | { kind: 'nudge' }
  /** Adds one to a counter; the name is made of fixed words and a language tag, e.g. `heard.tier1.en`. */
  | { kind: 'count'; name: string }

/** What a case says of a person: never an address, never what was written to the bot. */
export interface CaseRequest {
  language: string
  area: string
  need: string
  urgency: Context['urgency']
  young: boolean
  aidConduct: boolean
  nudge: boolean
  checkPhrase: Context['checkPhrase']
}

/** undefined where nothing is shown (a wipe: the wipe answers itself when it is certain). */
export type PageShown = PageKey | 'cover.line' | undefined
