import { commonness, type Near, type Ways } from './near.ts'
import { createNetwork } from './network.ts'
import type { Table } from './network-table.ts'
import type { Element } from './pattern.ts'
import { tokens } from './tokens.ts'
import { createVocabulary, type WordNumbers } from './vocabulary.ts'
import { entries, type Meaning, type WordLists } from './word-lists.ts'

/**
 * The word lists of all languages, joined into plain data that texts are read with: a tenth of a second a language. It can
 * be cloned and kept (`src/kept-lexicon.ts`), and nothing of the building stays in it.
 */
export interface CompiledLexicon {
  words: WordNumbers
  /** What a message can be from its first word to its last. */
  whole: Table<Found>
  /** What can stand anywhere in one. */
  inside: Table<Found>
  /** What stands in any order around what the network finds. */
  near: readonly Near[]
  /** Numbers of the words that may stand around a command. */
  polite: ReadonlySet<number>
}

/** What of the locales is read here; `Locales` fits. */
export type LexiconSource = ReadonlyMap<string, { tag: string; name: string; words: WordLists }>

export interface Found {
  meaning: Meaning
  lang: string
  /** Words of the pattern itself that deny ("cannot leave"): they do not negate it. */
  denies: boolean
}

type SaidWays = Extract<Element, { kind: 'words' }>['ways']

export function compileLexicon(locales: LexiconSource): CompiledLexicon {
  const vocabulary = createVocabulary()
  const whole = createNetwork<Found>(vocabulary.add)
  const inside = createNetwork<Found>(vocabulary.add)
  const polite = new Set<number>()
  const near: Near[] = []
  const waysOf = new Map<SaidWays, Ways>()

  /** A set stands in many patterns and is numbered once. */
  function numbered(ways: SaidWays): Ways {
    const old = waysOf.get(ways)
    if (old !== undefined) return old
    const fresh = new Map<number, number[][]>()
    for (const way of ways) {
      const ids = way.map((word) => vocabulary.add(word))
      const first = ids[0] ?? 0
      fresh.set(first, [...(fresh.get(first) ?? []), ids])
    }
    waysOf.set(ways, fresh)
    return fresh
  }

  /** The network looks for the rarest element, and it leads to the others. */
  function addNear(elements: readonly Element[], found: Found) {
    const [rarest, ...others] = elements
      .filter((element) => element.kind === 'words')
      .toSorted((a, b) => commonness(a.ways) - commonness(b.ways))
    if (rarest === undefined) return
    const meaning: Meaning = { kind: 'near', pattern: near.length }
    inside.add([rarest], { ...found, meaning })
    near.push({ others: others.map(({ ways }) => numbered(ways)), found })
  }

  for (const { tag, name, words } of locales.values()) {
    const read = entries(words)
    const fault = read.faults[0]
    if (fault !== undefined) throw new Error(`locales/${tag}/words.json: ${fault.key}: ${fault.what}`)
    const denying = new Set((words.not ?? []).flatMap((word) => tokens(word)))
    for (const { meaning, pattern } of read.entries) {
      const only = pattern.elements[0]
      const ways = only?.kind === 'words' ? only.ways : []
      if (meaning.kind === 'polite') {
        for (const word of ways.flat()) polite.add(vocabulary.add(word))
        continue
      }
      if (meaning.kind === 'command' && pattern.elements.length === 1)
        for (const way of ways) if (way.length === 1) for (const word of way) vocabulary.add(word, true)
      const denies = pattern.elements.some(
        (element) =>
          element.kind === 'words' && element.ways.some((way) => way.some((word) => denying.has(word))),
      )
      const found: Found = { meaning, lang: tag, denies }
      if (pattern.near) addNear(pattern.elements, found)
      else (pattern.whole ? whole : inside).add(pattern.elements, found)
    }
    // A language's own name asks for the language page.
    const way = tokens(name)
    if (way.length > 0)
      whole.add([{ kind: 'words', ways: [way], optional: false }], {
        meaning: { kind: 'command', command: 'language' },
        lang: tag,
        denies: false,
      })
  }
  return { words: vocabulary.words, whole: whole.finish(), inside: inside.finish(), near, polite }
}
