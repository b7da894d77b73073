import type englishMessages from '../../locales/en/messages.json'
import type englishWords from '../../locales/en/words.json'

/** One language: what is said, what people type, what the cover shows. Loaded once, never changed. */
export interface Locale {
  /** BCP 47 tag, the folder's name. */
  tag: string
  /** In its own script. */
  name: string
  direction: 'ltr' | 'rtl'
  messages: Messages
  words: Words
  cover: Cover
  /** Who has reviewed which part, and when. */
  review: Review
}

/** By section of the words (src/locale-review.ts). */
export type Review = Readonly<Partial<Record<string, Reviewed>>>

export interface Reviewed {
  /** A role and an organisation. */
  by: string
  /** ISO date. */
  on: string
  /** Digest of the section's words as they stood. */
  of: string
}

export type Messages = typeof englishMessages
export type Words = typeof englishWords

export interface Cover {
  /** Ordinary lines, one of which answers whatever is written while the bot must look ordinary. */
  lines: readonly string[]
}

/** In the order in which they are served: the deployment's first language first. */
export type Locales = ReadonlyMap<string, Locale>
