import { emptyContext } from '../../flows/context.ts'
import type { Happening } from '../../flows/events.ts'
import type { Place } from '../../flows/facts.ts'
import { FLOW_VERSION } from '../../flows/machine.ts'
import type { Directory } from '../directory/directory.ts'
import type { Conversation } from './conversation.ts'
import type { Engine, Here, Moment } from './engine.ts'
import { factsAt } from './facts.ts'
import type { Locales } from './locale.ts'
import { COVER, ERASED, FIRST, pages } from './pages.ts'
import { createRenderer } from './render/render.ts'
import { restore } from './restore.ts'
import { step } from './step.ts'
import { type CompiledLexicon, compileLexicon } from './understand/compile-lexicon.ts'
import { lexiconOf } from './understand/lexicon.ts'
import { createTitleSearch } from './understand/search.ts'
import { understand } from './understand/understand.ts'

/**
 * Puts the whole conversation together from locales and a directory. Pure: it keeps nothing but what it was built from
 * and renderings that never change.
 */
export interface EngineParts {
  locales: Locales
  /** Of these locales; compiled here where it is not given. */
  lexicon?: CompiledLexicon
  directory: Directory
  entrance: 'open' | 'covered'
  /** By language, the pages that are there as voice messages; none where it is not given. */
  voices?: ReadonlyMap<string, ReadonlySet<string>>
  /** Hours after which an idle conversation is erased; the pages on privacy say so. */
  idleHours: number
  /** Days for which a talk with a caseworker is kept after its end; the pages on privacy say so. */
  caseDays: number
  /** What is said to a caseworker is kept in a system that is not ours. */
  talkElsewhere?: boolean
  /** Statistics are kept by first-level area too. */
  countsAreas?: boolean
}

export function createEngine(parts: EngineParts): Engine {
  const {
    locales,
    directory,
    entrance,
    idleHours,
    caseDays,
    talkElsewhere = false,
    countsAreas = false,
  } = parts
  const voices = parts.voices ?? new Map<string, ReadonlySet<string>>()
  const languages = [...locales.keys()]
  const firstLanguage = languages[0] ?? 'en'
  const setting = { directory, languages, entrance, voices, countsAreas }
  const renderer = createRenderer(locales, directory, { idleHours, caseDays, talkElsewhere }, voices)
  const lexicon = lexiconOf(parts.lexicon ?? compileLexicon(locales))
  const titles = createTitleSearch(titleEntries(locales))

  const coverLine = (language: string, now: number) => {
    const lines = (locales.get(language) ?? locales.get(firstLanguage))?.cover.lines ?? []
    const text = lines[Math.floor(now / 60_000) % Math.max(1, lines.length)] ?? ''
    return { text, choices: [], layout: 'none' } as const
  }
  const coverLanguage = (conversation: Conversation) =>
    entrance === 'covered' ? firstLanguage : conversation.context.language

  function here(conversation: Conversation, moment: Moment): Here {
    const { path, context } = restore(conversation)
    const { language, young } = context
    const base = { language, young, pack: packOf(conversation, moment) }
    const meta = pages.get(path)
    if (path === COVER || meta === undefined) return { ...base, mode: 'cover', choices: [] }
    const choices = renderer.choices(meta, { ...context, pack: base.pack }, factsAt(setting, moment))
    return { ...base, mode: 'open', choices, ...(meta.asks === undefined ? {} : { asks: meta.asks }) }
  }

  function packOf({ context }: Conversation, { now }: Moment): string {
    const [only, second] = directory.live(now)
    return second === undefined ? (only ?? '') : context.pack
  }

  return {
    flowVersion: FLOW_VERSION,
    firstLanguage,
    coverLine,
    here,
    fresh: (look) => ({
      flowVersion: FLOW_VERSION,
      state: FIRST,
      context: emptyContext(look, firstLanguage),
    }),
    understand(text, conversation, moment) {
      const search = titles.with({
        services: (pack, language, young) => directory.titles(pack, language, moment.now, young),
        area: (pack, name) => directory.areaNamed(pack, name),
      })
      return understand(text, here(conversation, moment), lexicon, search)
    },
    pressed(id, conversation, moment) {
      const { path, context } = restore(conversation)
      const [page, choice] = split(id)
      if (choice === 'exit') return { type: 'exit', lang: context.language }
      if (path === COVER) return { type: 'unclear' }
      if (page !== path) return pages.has(page) ? { type: 'earlier', page, choice } : { type: 'again' }
      const offered = here(conversation, moment).choices.some((one) => one.id === id)
      if (!offered) return { type: 'again' }
      return choice.startsWith('=') ? { type: 'picked', item: choice.slice(1) } : { type: `choose.${choice}` }
    },
    step(conversation, happening: Happening, moment) {
      const facts = factsAt(setting, moment)
      const { conversation: next, path, effects, silent } = step(conversation, happening, facts)
      if (path === ERASED) return { conversation: next, page: undefined, message: undefined, effects }
      const meta = pages.get(path)
      if (silent) {
        const nudge = effects.some(({ kind }) => kind === 'nudge')
        const message = nudge ? renderer.nudge(next.context) : undefined
        return { conversation: next, page: undefined, message, effects }
      }
      if (meta === undefined) {
        const message = coverLine(coverLanguage(next), moment.now)
        return { conversation: next, page: 'cover.line', message, effects }
      }
      return {
        conversation: next,
        page: meta.key,
        message: renderer.message(meta, next.context, facts, placeOf(happening)),
        effects,
      }
    },
    card: (service, { pack, language }, now) => {
      const facts = factsAt(setting, { now, desk: 'none' })
      return renderer.card({ ...emptyContext('whatsapp', language), pack, service }, facts)
    },
    wipeFailed(conversation) {
      const meta = pages.get('privacy.wipeFailed')
      if (meta === undefined) throw new Error('flows: the page privacy.wipeFailed is missing')
      const { context } = restore(conversation)
      const facts = factsAt(setting, { now: 0, desk: 'none' })
      return { ...renderer.message(meta, context, facts), choices: [], layout: 'none' }
    },
  }
}

/** For this one answer; what is remembered has no place in it. */
function placeOf(happening: Happening): Place | undefined {
  return happening.type === 'place' ? happening.place : undefined
}

/** `health.within72h:findClinic` and `services.area:=ZZ01`. */
function split(id: string): [string, string] {
  const at = id.indexOf(':')
  return at < 0 ? ['', ''] : [id.slice(0, at), id.slice(at + 1)]
}

function titleEntries(locales: Locales) {
  return new Map(
    [...locales.values()].map(({ tag, messages }) => [
      tag,
      Object.entries(messages.titles).map(([id, { title, words }]) => ({ id, title, words })),
    ]),
  )
}
