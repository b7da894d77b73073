import MiniSearch from 'minisearch'
import type { Here } from '../engine.ts'
import { tokens } from './tokens.ts'

/**
 * The nearest pages and services to words that nothing else understood: whole words count three times, pieces of three
 * letters forgive spelling and inflection in any script. A title is offered only when at least 30 % of the pieces that
 * the person typed, or 60 % of those of one longer word, are in it (the first is measured in reference
 * directory-and-interop 3.1; the second finds the one word that matters in a long question). Chosen language first;
 * a language's index is made when it is first asked for.
 */
export interface TitleEntry {
  /** A page path such as `health.safeNow`; for services the directory's id. */
  id: string
  title: string
  /** Further words by which people look for it. */
  words: string
}

/** What changes with the moment of a turn and belongs to the directory. */
export interface Sources {
  services(pack: string, language: string, young: boolean): readonly TitleEntry[]
  /** The area that a typed name means, undefined when unsure. */
  area(pack: string, text: string): string | undefined
}

export interface TitleSearch {
  /** Ids of at most three pages and services (`service:<id>`), best first. `words` as `tokens` cuts them. */
  near(words: readonly string[], here: Pick<Here, 'language' | 'pack' | 'young'>): string[]
  area(pack: string, text: string): string | undefined
  /** The same titles with other sources; cheap enough for one turn. */
  with(sources: Sources): TitleSearch
}

type Entries = readonly TitleEntry[]
interface Scored {
  id: string
  score: number
}

const COVERAGE = 0.3
const WORD_COVERAGE = 0.6
/** Letters from which a word alone says what is looked for. */
const TELLING_WORD = 5
const MOST_OFFERS = 3
const WORD_BOOST = 3
/** What of a long text is looked for; more costs time and finds nothing better. */
const MOST_WORDS = 12
const LONGEST_WORD = 24

const NOWHERE: Sources = { services: () => [], area: () => undefined }

export function createTitleSearch(
  entriesByLanguage: ReadonlyMap<string, Entries>,
  sources: Sources = NOWHERE,
): TitleSearch {
  const indexes = new WeakMap<Entries, MiniSearch>()
  const languages = [...entriesByLanguage.keys()]

  function indexOf(entries: Entries, prefix: string): MiniSearch {
    let index = indexes.get(entries)
    if (index === undefined) {
      index = build(entries, prefix)
      indexes.set(entries, index)
    }
    return index
  }

  function inLanguage(
    query: Query,
    language: string,
    { pack, young = false }: Pick<Here, 'pack' | 'young'>,
    from: Sources,
  ): Scored[] {
    const pages = entriesByLanguage.get(language)
    const services = from.services(pack, language, young)
    return [
      ...(pages === undefined ? [] : ask(indexOf(pages, ''), query)),
      ...(services.length === 0 ? [] : ask(indexOf(services, 'service:'), query)),
    ].toSorted((a, b) => b.score - a.score)
  }

  function over(from: Sources): TitleSearch {
    return {
      near(words, here) {
        const { language } = here
        const query = queryOf(words)
        if (query === undefined) return []
        for (const tag of [language, ...languages.filter((other) => other !== language)]) {
          const found = inLanguage(query, tag, here, from)
          if (found.length > 0) return [...new Set(found.map(({ id }) => id))].slice(0, MOST_OFFERS)
        }
        return []
      },
      area: (pack, text) => from.area(pack, text),
      with: over,
    }
  }
  return over(sources)
}

interface Query {
  words: string[]
  grams: string[]
  /** The pieces of each longer word. */
  telling: string[][]
}

function queryOf(typed: readonly string[]): Query | undefined {
  const words = [...new Set(typed.filter((word) => word.length <= LONGEST_WORD && word.length > 1))].slice(
    0,
    MOST_WORDS,
  )
  const grams = [...new Set(words.flatMap(pieces))]
  const telling = words.filter((word) => word.length >= TELLING_WORD).map(pieces)
  return grams.length === 0 ? undefined : { words, grams, telling }
}

/** Pieces of three letters; a shorter word is one piece. Marked, so that a piece is never taken for a word. */
function pieces(word: string): string[] {
  const letters = Array.from(word)
  if (letters.length <= 3) return [`~${word}`]
  return letters.slice(2).map((letter, at) => `~${letters[at] ?? ''}${letters[at + 1] ?? ''}${letter}`)
}

function build(entries: Entries, prefix: string): MiniSearch {
  const index = new MiniSearch({
    fields: ['words', 'grams'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  const seen = new Set<string>()
  for (const { id, title, words } of entries) {
    if (seen.has(id)) continue
    seen.add(id)
    const typed = tokens(`${title} ${words}`)
    index.add({ id: prefix + id, words: typed.join(' '), grams: typed.flatMap(pieces).join(' ') })
  }
  return index
}

function ask(index: MiniSearch, { words, grams, telling }: Query): Scored[] {
  const found = index.search({
    combineWith: 'OR',
    queries: [
      { queries: [words.join(' ')], fields: ['words'], boost: { words: WORD_BOOST } },
      { queries: [grams.join(' ')], fields: ['grams'] },
    ],
  })
  const scored: Scored[] = []
  for (const { id, score, match } of found) {
    const share = (of: readonly string[]) =>
      of.filter((gram) => Object.hasOwn(match, gram)).length / of.length
    if (share(grams) >= COVERAGE || telling.some((word) => share(word) >= WORD_COVERAGE))
      scored.push({ id: String(id), score })
  }
  return scored
}
