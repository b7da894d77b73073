import type { Lexicon, Reading } from './lexicon.ts'

/**
 * Reads how long ago something was, where a page asks it: "2 days", "three hours ago", "yesterday". Whole hours, rounded
 * up; a unit without a number counts once. The answer never leaves the range that the words can mean.
 */
const MOST_HOURS = 1_000_000

export function elapsedHours(reading: Reading, lexicon: Lexicon): number | undefined {
  return longestIn(reading) ?? longestIn(lexicon.read(apart(reading)))
}

/** "5h", "2days": the number away from its unit. */
function apart({ words }: Reading): string {
  return words.map((word) => word.replace(/^(\d{1,4})(?=\p{L})/u, '$1 ')).join(' ')
}

function longestIn(reading: Reading): number | undefined {
  let longest: { hours: number; words: number } | undefined
  for (const { accept, start, end } of reading.inside) {
    const { meaning } = accept
    if (meaning.kind !== 'span') continue
    const times = meaning.counted ? countBefore(reading, start) : 1
    const words = end - start + (meaning.counted ? 0.5 : 0)
    if (longest === undefined || words > longest.words) longest = { hours: meaning.hours * times, words }
  }
  if (longest === undefined) return undefined
  return Math.min(Math.ceil(longest.hours), MOST_HOURS)
}

function countBefore(reading: Reading, start: number): number {
  const word = reading.words[start - 1] ?? ''
  if (/^\d{1,4}$/u.test(word)) return Number(word)
  for (const { accept, end } of reading.inside)
    if (end === start && accept.meaning.kind === 'number') return accept.meaning.number
  return 1
}
