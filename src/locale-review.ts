import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Locale } from './conversation/locale.ts'

/**
 * Which parts of a language somebody has reviewed. A review is of the words as they stood: it names their digest, and
 * when a word changes the part is a draft again. In production a language is served only when the parts on which safety
 * rests are reviewed, or when the operator says otherwise in UNREVIEWED_LANGUAGES.
 */
export const SECTIONS = ['exit', 'wipe', 'danger', 'health', 'consent', 'rest'] as const
export type Section = (typeof SECTIONS)[number]

/** On these a person's safety rests. */
export const SAFETY_SECTIONS: readonly Section[] = ['exit', 'wipe', 'danger', 'health', 'consent']

/** As it stands in locale.json. */
export const review = z.partialRecord(
  z.enum(SECTIONS),
  z.strictObject({
    by: z.string().min(1),
    on: z.iso.date(),
    of: z.string().regex(/^[\w-]{16}$/u),
  }),
)

/** `changed`: it was reviewed, and has other words since. */
export type ReviewState = 'drafted' | 'changed' | 'reviewed'

type Words = Pick<Locale, 'messages' | 'words' | 'cover'>

/** What belongs to a section, by the flow whose pages they are. What no other section has is `rest`. */
const FLOWS: Readonly<Record<string, Section>> = {
  welcome: 'exit',
  privacy: 'wipe',
  danger: 'danger',
  heard: 'danger',
  health: 'health',
  talk: 'consent',
}

/** The section of a text of messages.json by its key. */
export function sectionOfText(key: string): Section {
  const [kind = '', name = ''] = key.split('.')
  if (kind === 'pages') return FLOWS[name] ?? 'rest'
  return kind === 'phrases' && OF_CONSENT.test(name) ? 'consent' : 'rest'
}

function contentOf({ messages, words, cover }: Words, section: Section): unknown {
  const pages = Object.fromEntries(
    Object.entries(messages.pages).filter(([flow]) => (FLOWS[flow] ?? 'rest') === section),
  )
  const { exit, wipe, comeBack, taught, tier1, sets, ...others } = words
  switch (section) {
    case 'exit':
      return { pages, exit, comeBack, taught, sets, cover }
    case 'wipe':
      return { pages, wipe, taught, sets }
    case 'danger':
      return { pages, tier1, sets }
    case 'health':
      return { pages }
    case 'consent':
      return { pages, phrases: phrasesThat(messages.phrases, true) }
    case 'rest':
      return {
        pages,
        words: others,
        messages: { ...messages, pages: undefined, phrases: phrasesThat(messages.phrases, false) },
      }
  }
}

const OF_CONSENT = /^(?:talkKept|desk|kept)/u

/** What is said before consent beside the pages' own texts, or everything else. */
function phrasesThat(phrases: Readonly<Record<string, unknown>>, ofConsent: boolean): object {
  return Object.fromEntries(Object.entries(phrases).filter(([key]) => OF_CONSENT.test(key) === ofConsent))
}

export function digestOf(locale: Words, section: Section): string {
  const text = JSON.stringify(contentOf(locale, section))
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

export function reviewStateOf(locale: Locale, section: Section): ReviewState {
  const done = locale.review[section]
  if (done === undefined) return 'drafted'
  return done.of === digestOf(locale, section) ? 'reviewed' : 'changed'
}

/** The safety sections that nobody has reviewed as they stand. */
export function unreviewedOf(locale: Locale): Section[] {
  return SAFETY_SECTIONS.filter((section) => reviewStateOf(locale, section) !== 'reviewed')
}
