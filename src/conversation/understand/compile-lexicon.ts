import type { Near } from './near.ts'
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
  /** What its elements come to that stand in any order. */
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

export function compileLexicon(locales: LexiconSource): CompiledLexicon {
  const vocabulary = createVocabulary()
  const whole = createNetwork<Found>(vocabulary.add)
  const inside = createNetwork<Found>(vocabulary.add)
  const polite = new Set<number>()
  const near: Near[] = []
  const parts = new Map<string, number>()

  /** Elements of the same words are one part, whatever language or pattern they stand in. */
  function partOf(element: Element, lang: string): number {
    const key = element.kind === 'words' ? element.ways.map((way) => way.join(' ')).join('|') : ''
    const known = parts.get(key)
    if (known !== undefined) return known
    const part = parts.size
    parts.set(key, part)
    inside.add([element], { meaning: { kind: 'part', part }, lang, denies: false })
    return part
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
      if (pattern.near) near.push({ parts: pattern.elements.map((element) => partOf(element, tag)), found })
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
