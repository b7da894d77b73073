import type { Found } from './compile-lexicon.ts'
import type { Hit } from './network-table.ts'

/**
 * Patterns whose elements stand near each other in any order ("& <weapon> door"). The network finds only the element whose
 * words are the rarest; the others are looked for around it, so that a text without it costs nothing. An element inside an
 * everyday phrase ("killing time") is no element. An everyday phrase of this kind itself ("a film ... he strangles") counts
 * only where nobody near it speaks of themselves or of somebody they know.
 */
export interface Near {
  /** What the network does not look for. */
  others: readonly Ways[]
  found: Found
}

/** The ways to say one element, by the first of their word numbers. */
export type Ways = ReadonlyMap<number, readonly (readonly number[])[]>

/** Words from the first to the last of what belongs together. */
const SPAN = 11
/** Rarest elements that are weighed: a text with more has said enough, and the cost stays bounded. */
const MOST_PLACES = 64

interface Place {
  start: number
  end: number
}

/** How often these words are likely to be typed: short ones by far the most (Zipf's law of abbreviation). */
export function commonness(ways: readonly (readonly string[])[]): number {
  return ways.reduce((sum, way) => sum + way.join('').length ** -4, 0)
}

/** What the network found, with what stands near each other in the text's word numbers `ids`. */
export function withNear(
  hits: readonly Hit<Found>[],
  ids: readonly number[],
  patterns: readonly Near[],
): readonly Hit<Found>[] {
  const found: Hit<Found>[] = []
  const begun: Hit<Found>[] = []
  for (const hit of hits) (hit.accept.meaning.kind === 'near' ? begun : found).push(hit)
  if (begun.length === 0) return hits
  const plain = found.length
  if (begun.length > MOST_PLACES) begun.length = MOST_PLACES
  for (const hit of begun) {
    const { meaning } = hit.accept
    const pattern = meaning.kind === 'near' ? patterns[meaning.pattern] : undefined
    if (pattern === undefined || !pattern.others.every((ways) => standsNear(ways, hit, ids))) continue
    const harmless = pattern.found.meaning.kind === 'harmless'
    const near = found.slice(0, plain)
    const everyday = harmless ? [] : near.filter(({ accept }) => accept.meaning.kind === 'harmless')
    const place = around(hit, pattern, ids, everyday)
    if (place === undefined || (harmless && near.some((one) => isPerson(one) && touches(one, place))))
      continue
    found.push({ accept: pattern.found, start: place.start, end: place.end })
  }
  return found
}

function isPerson({ accept: { meaning } }: Hit<Found>): boolean {
  return meaning.kind === 'self' || meaning.kind === 'other'
}

/** Spares nearly all of them the closer look. */
function standsNear(ways: Ways, { start, end }: Place, ids: readonly number[]): boolean {
  const last = Math.min(ids.length, end + SPAN)
  for (let at = Math.max(0, start - SPAN); at < last; at++) if (ways.has(ids[at] ?? 0)) return true
  return false
}

function around(
  hit: Place,
  pattern: Near,
  ids: readonly number[],
  everyday: readonly Place[],
): Place | undefined {
  if (everyday.some((phrase) => holds(phrase, hit))) return undefined
  const taken: Place[] = [hit]
  const free = (place: Place) =>
    !taken.some((other) => overlaps(other, place)) && !everyday.some((phrase) => holds(phrase, place))
  for (const ways of pattern.others) {
    const next = nearest(ways, hit, ids, free)
    if (next === undefined) return undefined
    taken.push(next)
  }
  const start = Math.min(...taken.map((place) => place.start))
  const end = Math.max(...taken.map((place) => place.end))
  return end - start <= SPAN ? { start, end } : undefined
}

/** The nearest place before or behind, looking outwards. */
function nearest(
  ways: Ways,
  { start, end }: Place,
  ids: readonly number[],
  free: (place: Place) => boolean,
): Place | undefined {
  for (let away = 1; away < SPAN; away++) {
    const behind = placeAt(ways, ids, end + away - 1)
    if (behind !== undefined && free(behind)) return behind
    const before = placeAt(ways, ids, start - away)
    if (before !== undefined && free(before)) return before
  }
  return undefined
}

function placeAt(ways: Ways, ids: readonly number[], at: number): Place | undefined {
  const id = ids[at] ?? 0
  if (id === 0) return undefined
  for (const way of ways.get(id) ?? [])
    if (way.every((one, place) => ids[at + place] === one)) return { start: at, end: at + way.length }
  return undefined
}

const holds = (phrase: Place, { start, end }: Place) => phrase.start <= start && end <= phrase.end
const overlaps = (a: Place, b: Place) => a.start < b.end && b.start < a.end
const touches = (a: Place, b: Place) => a.start <= b.end && b.start <= a.end
