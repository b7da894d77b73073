import { fold } from '../../../conversation/understand/fold.ts'
import { normalise } from '../../../conversation/understand/tokens.ts'
import { DAY_NAMES, HOUR_WORDS } from '../words/hours.ts'
import { type Time, timeOf } from './hours-times.ts'

/** Cuts hours in words into what they say; undefined when a single word or sign is not known. */
export type HoursToken =
  | { kind: 'day'; day: number }
  | { kind: 'days'; days: readonly number[] }
  | { kind: 'time'; time: Time }
  | { kind: 'range' | 'and' | 'off' | 'except' | 'holidays' | 'always' | 'end' }

type Word =
  | Exclude<HoursToken, { kind: 'time' }>
  | { kind: 'half'; half: 'am' | 'pm' }
  | { kind: 'fixed'; hour: number }
  | { kind: 'nothing' }

const LONGEST_PHRASE = 9

const WORDS = wordsOf()

function wordsOf(): ReadonlyMap<string, Word> {
  const words = new Map<string, Word>()
  const add = (list: string, word: Word) => {
    for (const name of list.split('|')) {
      const key = foldPhrase(name)
      if (!words.has(key)) words.set(key, word)
    }
  }
  for (const [day, names] of DAY_NAMES.entries()) add(names, { kind: 'day', day })
  const all = [0, 1, 2, 3, 4, 5, 6]
  add(HOUR_WORDS.everyDay, { kind: 'days', days: all })
  add(HOUR_WORDS.weekdays, { kind: 'days', days: all.slice(0, 5) })
  for (const kind of ['always', 'range', 'and', 'off', 'except', 'holidays'] as const)
    add(HOUR_WORDS[kind], { kind })
  for (const half of ['am', 'pm'] as const) add(HOUR_WORDS[half], { kind: 'half', half })
  add(HOUR_WORDS.noon, { kind: 'fixed', hour: 12 })
  add(HOUR_WORDS.midnight, { kind: 'fixed', hour: 24 })
  add(HOUR_WORDS.nothing, { kind: 'nothing' })
  return words
}

function foldPhrase(name: string): string {
  return /^[-,&+]$/u.test(name) ? name : cut(name).join(' ')
}

/** Signs that say nothing of when; a cross or an arrow may say anything. */
const HARMLESS =
  /^[\p{L}\p{M}\p{Nd}\p{Z}\p{Cc}\p{Cf}\p{Pd}\p{Pi}\p{Pf}\p{Ps}\p{Pe}\u2212~.,،;؛:٫/|•·&+=@!¡*_"'`´]*$/u

export function hoursTokens(text: string): HoursToken[] | undefined {
  if (!HARMLESS.test(text.normalize('NFKC'))) return undefined
  const words = piecesOf(text)
  const tokens: HoursToken[] = []
  for (let at = 0; at < words.length; ) {
    const piece = words[at] ?? ''
    if (piece === ';') {
      tokens.push({ kind: 'end' })
      at += 1
      continue
    }
    const { word, length } = longest(words, at)
    const time = word === undefined || word.kind === 'nothing' ? timeOf(piece) : undefined
    if (time !== undefined) {
      tokens.push({ kind: 'time', time })
      at += 1
      continue
    }
    if (word === undefined) return undefined
    if (word.kind === 'half') {
      const last = tokens.at(-1)
      if (last?.kind !== 'time' || last.time.half !== undefined) return undefined
      // "12 m" is noon in Spanish; with any other hour it is something else.
      if (piece === 'm' && last.time.hour !== 12) return undefined
      last.time = { ...last.time, half: word.half }
    } else if (word.kind === 'fixed')
      tokens.push({ kind: 'time', time: { hour: word.hour, minute: 0, isOfDay: true } })
    else if (word.kind !== 'nothing') tokens.push(word)
    at += length
  }
  return tokens
}

/** The longest phrase that begins here and is known. */
function longest(words: readonly string[], at: number): { word: Word | undefined; length: number } {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
    const word = WORDS.get(words.slice(at, at + length).join(' '))
    if (word !== undefined) return { word, length }
  }
  return { word: undefined, length: 1 }
}

function piecesOf(text: string): string[] {
  return cut(text).flatMap((piece) => {
    // The Arabic "and" is written to the front of the next word.
    const joined = /^و(.{3,})$/u.exec(piece)?.[1]
    return joined !== undefined && !WORDS.has(piece) && WORDS.has(joined) ? ['و', joined] : [piece]
  })
}

/** Folded words, times and the marks that mean something. */
function cut(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => fold(digit.codePointAt(0) ?? 0))
    .replace(/[\u2010-\u2015\u2212~]/gu, '-')
    .replace(/\b([ap])\.\s?m\b\.?/giu, '$1m')
    .replace(/[،]/gu, ',')
    .replace(/[;\n\r|•؛]+/gu, ' ; ')
    .replace(/\bL\s?-\s?V\b/gu, 'lunes - viernes')
  const pieces: string[] = []
  for (const [piece] of plain.matchAll(/\d{1,2}[:.hH٫]\d{2}(?!\d)|\d{1,4}|[-,;&+]|[\p{L}\p{M}'’ʼ]+/gu)) {
    if (/^[-,;&+]$/u.test(piece)) {
      pieces.push(piece)
      continue
    }
    const folded = /^\d+[:.hH٫]\d+$/u.test(piece) ? piece.toLowerCase() : normalise(piece)
    if (folded !== '') pieces.push(...folded.split(' '))
  }
  return withUnits(pieces)
}

/** "8" and "h" are one time when no letters stand between them, as in "8h-16h". */
function withUnits(pieces: readonly string[]): string[] {
  const joined: string[] = []
  for (const piece of pieces) {
    const last = joined.at(-1) ?? ''
    if ((piece === 'h' || piece === 'hrs') && /^\d{1,2}$/u.test(last)) joined[joined.length - 1] = `${last}h`
    else if (piece !== '') joined.push(piece)
  }
  return joined
}
