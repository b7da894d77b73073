import { soundOf } from './sound.ts'

/**
 * Every word that any list contains, as a small number, so that a text is matched by comparing numbers. A word typed
 * with stretched letters ("helppp", "nooooo") is read as the listed word; a merely doubled letter ("hellp") only where
 * the listed word stands alone as a command, because elsewhere doubling changes the meaning ("of", "off").
 */
export interface VocabularyBuilder {
  /** The number of a word, given on first sight. `stretches`: doubled letters are also read as this word. */
  add(this: void, word: string, stretches?: boolean): number
  words: WordNumbers
}

/** Plain data: each word's number, and what its short form ("hello" -> "helo") is read as. */
export interface WordNumbers {
  listed: ReadonlyMap<string, number>
  squeezed: ReadonlyMap<string, number>
  /** Those of commands. */
  commands: ReadonlyMap<string, number>
  /** What each word sounds like. */
  sounds: ReadonlyMap<number, number>
}

const DOUBLED = /(\p{L})\1/u
const TRIPLED = /(\p{L})\1{2}/u
const RUNS = /(\p{L})\1+/gu
const LONG_RUNS = /(\p{L})\1{2,}/gu

export function createVocabulary(): VocabularyBuilder {
  const listed = new Map<string, number>()
  const squeezed = new Map<string, number>()
  const commands = new Map<string, number>()
  const sounds = new Map<number, number>()
  return {
    words: { listed, squeezed, commands, sounds },
    add(word, stretches = false) {
      const before = listed.get(word)
      if (before !== undefined && !stretches) return before
      const id = before ?? listed.size + 1
      listed.set(word, id)
      const short = word.replace(RUNS, '$1')
      if (short !== word && !squeezed.has(short)) squeezed.set(short, id)
      if (stretches && !commands.has(short)) commands.set(short, id)
      const sound = soundOf(word)
      if (sound !== 0 && !sounds.has(sound)) sounds.set(sound, id)
      return id
    },
  }
}

/** Spares most words the expression: two units alike, or half a letter that is written with two. */
function mayBeDoubled(word: string): boolean {
  for (let at = 1; at < word.length; at += 1) {
    const unit = word.charCodeAt(at)
    if (unit === word.charCodeAt(at - 1) || (unit >= 0xd800 && unit <= 0xdfff)) return true
  }
  return false
}

/** What Arabic writes together with the next word: "and", "so", "with", "to", "the", "on". */
const JOINED = ['وال', 'بال', 'فال', 'عال', 'هال', 'ولل', 'وب', 'ال', 'لل', 'و', 'ف', 'ب', 'ل', 'ع']
const JOINS = new Set(JOINED.map((joined) => joined.charCodeAt(0)))
const LEAST_LEFT = 4

/** The listed word behind what is joined to it. */
function behindJoined(word: string, listed: WordNumbers['listed']): number | undefined {
  if (!JOINS.has(word.charCodeAt(0))) return undefined
  for (const joined of JOINED) {
    if (word.length - joined.length < LEAST_LEFT || !word.startsWith(joined)) continue
    const id = listed.get(word.slice(joined.length))
    if (id !== undefined) return id
  }
  return undefined
}

/** The number of a typed word; 0 for one that no list contains. */
export function numberOf(word: string, numbers: WordNumbers): number {
  const id = numbers.listed.get(word) ?? behindJoined(word, numbers.listed) ?? stretched(word, numbers)
  if (id !== undefined) return id
  const sound = soundOf(word)
  return sound === 0 ? 0 : (numbers.sounds.get(sound) ?? 0)
}

function stretched(word: string, { listed, squeezed, commands }: WordNumbers): number | undefined {
  if (!mayBeDoubled(word) || !DOUBLED.test(word)) return undefined
  const short = word.replace(RUNS, '$1')
  if (!TRIPLED.test(word)) return commands.get(short)
  return (
    listed.get(word.replace(LONG_RUNS, '$1$1')) ??
    listed.get(word.replace(LONG_RUNS, '$1')) ??
    // A word that is its own short form ("to") wins over one that was squeezed ("too").
    listed.get(short) ??
    squeezed.get(short)
  )
}
