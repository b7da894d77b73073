import { type CompiledLexicon, compileLexicon, type Found, type LexiconSource } from './compile-lexicon.ts'
import { onOtherKeyboards } from './keyboards.ts'
import { withNear } from './near.ts'
import { type Hit, networkOf } from './network-table.ts'
import { tokens } from './tokens.ts'
import { numberOf } from './vocabulary.ts'
import type { Command } from './word-lists.ts'

/**
 * What people type, of all languages at once. `read` cuts a text into words and says which
 * commands it is as a whole, and which words of danger, disclosure and colour stand in it, in time proportional to its
 * length. It remembers nothing of what it read.
 */
export interface Lexicon {
  read(text: string): Reading
}

export interface Reading {
  words: readonly string[]
  /** The words without the politeness around them. */
  plain: readonly string[]
  /** What the message is from its first word to its last, in the order of the languages. */
  whole: readonly Found[]
  /** What stands anywhere in it. */
  inside: readonly Hit<Found>[]
}

/** Longer messages are no command. */
const LONGEST_COMMAND = 24
const MOST_LINKS = 6
/** Share of words that must be known for a text to have been typed on another keyboard. */
const MOSTLY = 0.7

export function createLexicon(locales: LexiconSource): Lexicon {
  return lexiconOf(compileLexicon(locales))
}

export function lexiconOf(compiled: CompiledLexicon): Lexicon {
  const { words: listed, polite } = compiled
  const whole = networkOf(compiled.whole)
  const inside = networkOf(compiled.inside)
  const idOf = (word: string) => numberOf(word, listed)
  const LETTERS = /[\p{L}\p{N}]/u

  return {
    read(text) {
      const words = tokens(text)
      const ids = words.map(idOf)
      const telling = ids.filter((_, place) => (words[place] ?? '').length > 2)
      const known = telling.filter((id) => id !== 0).length
      return (2 * known <= telling.length ? onAnotherKeyboard(text) : undefined) ?? readingOf(words, ids)
    },
  }

  function readingOf(words: readonly string[], ids: readonly number[]): Reading {
    const aside = (at: number) =>
      polite.has(ids[at] ?? 0) || ((ids[at] ?? 0) === 0 && !LETTERS.test(words[at] ?? ''))
    let first = 0
    while (first < words.length && aside(first)) first += 1
    let last = words.length
    while (last > first && aside(last - 1)) last -= 1
    return {
      words,
      plain: first < last ? words.slice(first, last) : words,
      whole: words.length > LONGEST_COMMAND ? [] : wholeOf(words, ids, first, aside),
      inside: withNear(inside.scan(ids), ids, compiled.near),
    }
  }

  /** Where few words are known as they stand, and most are on another keyboard. */
  function onAnotherKeyboard(text: string): Reading | undefined {
    let best: { words: readonly string[]; ids: readonly number[]; known: number } | undefined
    for (const other of onOtherKeyboards(text)) {
      const words = tokens(other)
      const ids = words.map(idOf)
      const known = ids.filter((id) => id !== 0).length / words.length
      if (known > (best?.known ?? MOSTLY)) best = { words, ids, known }
    }
    return best === undefined ? undefined : readingOf(best.words, best.ids)
  }

  function wholeOf(
    words: readonly string[],
    ids: readonly number[],
    first: number,
    aside: (at: number) => boolean,
  ): Found[] {
    const found: Found[] = []
    for (let start = 0; start <= first; start++) found.push(...chain(ids, start, aside, MOST_LINKS))
    if (found.length === 0 && words.length > 2 && words.every((word) => word.length === 1)) {
      const joined = idOf(words.join(''))
      if (joined !== 0) found.push(...chain([joined], 0, () => false, 1))
    }
    return found
  }

  /** Commands typed more than once ("stop stop", "exit, delete everything") count; the last two may be exit and wipe. */
  function chain(
    ids: readonly number[],
    start: number,
    aside: (at: number) => boolean,
    links: number,
  ): Found[] {
    const found: Found[] = []
    if (links === 0) return found
    for (const { accept, end } of whole.from(ids, start)) {
      let rest = end
      while (rest < ids.length && aside(rest)) rest += 1
      if (rest === ids.length) found.push(accept)
      else
        for (const next of chain(ids, rest, aside, links - 1))
          if (together(accept, next)) found.push(accept, next)
    }
    return found
  }
}

/** May these two stand in one message? */
function together(a: Found, b: Found): boolean {
  if (a.meaning.kind !== 'command' || b.meaning.kind !== 'command') return false
  return a.meaning.command === b.meaning.command || (leaves(a.meaning.command) && leaves(b.meaning.command))
}

function leaves(command: Command): boolean {
  return command === 'exit' || command === 'wipe'
}
