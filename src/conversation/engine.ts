import type { Look } from '../../flows/context.ts'
import type { Happening } from '../../flows/events.ts'
import type { Asks } from '../../flows/page.ts'
import type { Instant } from '../operations/environment.ts'
import type { Conversation, Effect, PageShown } from './conversation.ts'
import type { Choice, Message } from './message.ts'

/** What is the case outside at the moment of a turn, besides the directory. */
export interface Moment {
  now: Instant
  desk: 'open' | 'closed' | 'none'
  /** The number for a case that may be opened in this turn. */
  newCase?: string
  /** What a caseworker wrote, in the turn that brings it to her. */
  reply?: string
}

/** What `understand` must know of where the person is. */
export interface Here {
  /** 'cover': only leaving, erasing and the come-back word mean anything. */
  mode: 'open' | 'cover'
  language: string
  pack: string
  /** Under 18: the search offers nothing that leaves her out. */
  young?: boolean
  /** The choices of the page as they were shown, with their labels, in their order. */
  choices: readonly Choice[]
  asks?: Asks
}

export interface Step {
  conversation: Conversation
  page: PageShown
  /** undefined only where `page` is. */
  message: Message | undefined
  effects: readonly Effect[]
}

/** The whole conversation, pure: same conversation, happening and moment, same step. */
export interface Engine {
  /** A conversation of a person who was never here, or whom we no longer know. */
  fresh(look: Look): Conversation
  here(conversation: Conversation, moment: Moment): Here
  /** Reads one text. Never throws, whatever the text is. */
  understand(text: string, conversation: Conversation, moment: Moment): Happening | WordGiven
  /** Reads a pressed choice by its id; an unknown or outdated one becomes a harmless happening. */
  pressed(id: string, conversation: Conversation, moment: Moment): Happening
  step(conversation: Conversation, happening: Happening, moment: Moment): Step
  /** What everybody sees while the bot must look ordinary: depends on the minute and the language, on nothing else. */
  coverLine(language: string, now: Instant): Message
  /** Shown when a wipe could not be made certain. */
  wipeFailed(conversation: Conversation): Message
  /** The card of a service as a person would read it, in this language; what is known no longer is said in words. */
  card(service: string, wish: { pack: string; language: string }, now: Instant): string
  /** Stamp of the flows that it steps by. */
  flowVersion: string
  /** The language of strangers, of covers under ENTRANCE=covered and of the neutral line after a wipe. */
  firstLanguage: string
}

/** The page asked for a word of her own: the handler hashes the text and steps with `secret`. */
export type WordGiven = { type: 'wordGiven' }

export type { Choice, Message }
