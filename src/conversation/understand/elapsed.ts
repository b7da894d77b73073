import type { Lexicon, Reading } from './lexicon.ts'

/**
 * Reads how long ago something was, where a page asks it: "2 days", "awa biyar", "yesterday". Whole hours, rounded
 * up; a unit without a number counts once. The answer never leaves the range that the words can mean.
 */
const MOST_HOURS = 1_000_000
const DIGITS = /^\d{1,4}$/u

export function elapsedHours(reading: Reading, lexicon: Lexicon): number | undefined {
  return longestIn(reading) ?? longestIn(lexicon.read(apart(reading)))
}

/** "5h", "2days", "kwana2": the number away from its unit. */
function apart({ words }: Reading): string {
  return words.map((word) => word.replace(/^(\d{1,4})(?=\p{L})|(?<=\p{L})(\d{1,4})$/u, ' $1$2 ')).join(' ')
}

function longestIn(reading: Reading): number | undefined {
  let longest: { hours: number; words: number } | undefined
  for (const { accept, start, end } of reading.inside) {
    const { meaning } = accept
    if (meaning.kind !== 'span') continue
    const behind = meaning.counted === 'after' ? countAfter(reading, end) : undefined
    const times = behind ?? (meaning.counted === 'never' ? 1 : countBefore(reading, start))
    const words = end - start + (meaning.counted === 'never' ? 0 : 0.5)
    if (longest === undefined || words > longest.words) longest = { hours: meaning.hours * times, words }
  }
  if (longest === undefined) return undefined
  return Math.min(Math.ceil(longest.hours), MOST_HOURS)
}

function countBefore(reading: Reading, start: number): number {
  const word = reading.words[start - 1] ?? ''
  if (DIGITS.test(word)) return Number(word)
  for (const { accept, end } of reading.inside)
    if (end === start && accept.meaning.kind === 'number') return accept.meaning.number
  return 1
}

/** "goma sha biyu" is twelve, though its first word alone is ten. */
function countAfter(reading: Reading, end: number): number | undefined {
  const word = reading.words[end] ?? ''
  if (DIGITS.test(word)) return Number(word)
  let longest: { number: number; end: number } | undefined
  for (const { accept, start, end: last } of reading.inside)
    if (start === end && accept.meaning.kind === 'number' && last > (longest?.end ?? 0))
      longest = { number: accept.meaning.number, end: last }
  return longest?.number
}
