import type { Context } from '../../../flows/context.ts'
import { guards } from '../../../flows/guards.ts'
import type { Facts, Place } from '../../../flows/facts.ts'
import type { PageMeta } from '../../../flows/page.ts'
import type { Directory } from '../../directory/directory.ts'
import type { Locale, Locales } from '../locale.ts'
import type { Choice, Message } from '../message.ts'
import { fit } from './fit.ts'
import { itemsOf } from './lists.ts'
import { createPhrases } from './phrases.ts'
import { type Kept, local, RIGHTS_TOPIC, type Sources, VALUES } from './values.ts'

/**
 * Makes the one message that a page shows: its words in the person's language and for her platform, its values, its
 * choices. Pure. A page whose text and choices never change is rendered once and kept.
 */
export interface Renderer {
  /** `near`: the place shared in this turn, for this one message. */
  message(meta: PageMeta, context: Context, facts: Facts, near?: Place): Message
  choices(meta: PageMeta, context: Context, facts: Facts): readonly Choice[]
  titleOf(page: string, language: string): string
  /** The card of the context's service. */
  card(context: Context, facts: Facts): string
  /** The one plain line that she allowed while she is away. */
  nudge(context: Context): Message
}

const PLACEHOLDER = /\{\{(\w+)\}\}/gu

export function createRenderer(
  locales: Locales,
  directory: Directory,
  kept: Kept,
  voices: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Renderer {
  const phrases = createPhrases(locales)
  const languages = [...locales.values()].map(({ tag, name }) => ({ tag, name }))
  const [first] = locales.values()
  const still = new Map<string, Message>()
  const labelled = new Map<string, readonly Choice[]>()
  const texts = new Map<string, { key: string; values: readonly string[] }>()

  const taughtIn = (language: string) =>
    (locales.get(language) ?? first)?.words.taught ?? { exit: '', wipe: '', comeBack: '' }
  const sourcesOf = (context: Context, { now, reply }: Pick<Facts, 'now' | 'reply'>): Sources => ({
    words: phrases.of(context.language),
    taught: taughtIn(context.language),
    directory,
    context,
    now,
    reply,
    kept,
  })
  const titlesIn = (locale: Locale | undefined): Titles => locale?.messages.titles ?? {}
  const titleOf = (page: string, language: string) =>
    titlesIn(locales.get(language))[page]?.title ?? titlesIn(first)[page]?.title ?? ''

  /** Which of a page's texts holds here, and what it has to be filled with. */
  function textOf(meta: PageMeta, context: Context): { key: string; values: readonly string[] } {
    const topic = RIGHTS_TOPIC[meta.key]
    const isLocal = topic !== undefined && local({ directory, context }, meta.key) !== ''
    const name = `${context.language} ${context.look} ${meta.key} ${isLocal}`
    let text = texts.get(name)
    if (text === undefined) {
      const base = `pages.${meta.key}.text`
      const known = [isLocal ? `${base}_local` : `${base}_${context.look}`, base]
      const key =
        known.find((one) => phrases.of(context.language)(one) !== one && exists(one, context.language)) ??
        base
      const source = phrases.of(context.language)(key, KEEP)
      text = { key, values: [...source.matchAll(PLACEHOLDER)].map(([, value]) => value ?? '') }
      texts.set(name, text)
    }
    return text
  }
  const exists = (key: string, language: string) =>
    phrases.has(language, key) || (first !== undefined && phrases.has(first.tag, key))

  function choices(meta: PageMeta, context: Context, facts: Facts): readonly Choice[] {
    const asked = { context, event: { type: 'hello', facts } } as const
    const own = ownChoices(meta, context.language).filter((_, at) => {
      const guard = meta.showIf[meta.choices[at] ?? '']
      return guard === undefined || guards[guard](asked)
    })
    if (meta.list === undefined) return own
    const sources = {
      ...sourcesOf(context, facts),
      languages,
      packs: facts.packs,
      titleOf: (page: string) => titleOf(page, context.language),
    }
    const room = MOST_CHOICES - own.length
    const items = itemsOf(meta.list, sources).slice(0, Math.max(0, room))
    return [...items.map(({ id, label }) => ({ id: `${meta.key}:=${id}`, label })), ...own]
  }

  function ownChoices(meta: PageMeta, language: string): readonly Choice[] {
    const name = `${language} ${meta.key}`
    let own = labelled.get(name)
    if (own === undefined) {
      const words = phrases.of(language)
      own = meta.choices.map((choice) => ({
        id: `${meta.key}:${choice}`,
        label: words(labelKey(meta, choice)),
      }))
      labelled.set(name, own)
    }
    return own
  }

  function labelKey(meta: PageMeta, choice: string): string {
    const own = `pages.${meta.key}.choices.${choice}`
    return first !== undefined && phrases.has(first.tag, own) ? own : `choices.${choice}`
  }

  /** Only a page whose words are the same for everyone is there as a voice. */
  function voiceOf({ key }: PageMeta, { voice, language }: Context): Pick<Message, 'voice'> {
    return voice && voices.get(language)?.has(key) === true ? { voice: `${language}/${key}` } : {}
  }

  return {
    titleOf,
    choices,
    card: (context, facts) => VALUES['card']?.(sourcesOf(context, facts)) ?? '',
    nudge: ({ language }) => ({ text: phrases.of(language)('phrases.nudge'), choices: [], layout: 'none' }),
    message(meta, context, facts, near) {
      const text = textOf(meta, context)
      const isStill =
        text.values.length === 0 && meta.list === undefined && Object.keys(meta.showIf).length === 0
      const name = isStill
        ? `${context.language} ${context.look} ${context.numbersOnly} ${context.voice} ${text.key}`
        : ''
      const known = isStill ? still.get(name) : undefined
      if (known !== undefined) return known
      const sources = { ...sourcesOf(context, facts), near }
      const values = Object.fromEntries(
        text.values.map((value) => [
          value,
          value === 'local' ? local(sources, meta.key) : (VALUES[value]?.(sources) ?? ''),
        ]),
      )
      const words = sources.words
      const message = {
        ...fit(words(text.key, values), choices(meta, context, facts), {
          look: context.look,
          numbered: context.numbersOnly,
          listLabel: words('phrases.listLabel'),
          placeLabel: meta.asks === 'place' ? words('phrases.placeLabel') : undefined,
        }),
        ...(text.values.length === 0 ? voiceOf(meta, context) : {}),
      }
      if (isStill) still.set(name, message)
      return message
    },
  }
}

type Titles = Record<string, { title: string; words: string } | undefined>

/** WhatsApp's list has ten rows in all. */
const MOST_CHOICES = 10
/** Leaves every placeholder in the text, so that it can be read which ones it has. */
const KEEP = Object.fromEntries(Object.keys(VALUES).map((value) => [value, `{{${value}}}`]))
