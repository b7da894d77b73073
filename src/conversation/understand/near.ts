import type { Found } from './compile-lexicon.ts'
import type { Hit } from './network-table.ts'

/**
 * Patterns whose elements stand near each other in any order ("& <weapon> door"): each element is found by the network like
 * any pattern, and here those of one pattern are brought together. An element inside an everyday phrase ("killing time") is
 * no element. An everyday phrase of this kind itself ("a film ... he strangles") counts only where nobody near it speaks of
 * themselves or of somebody they know.
 */
export interface Near {
  /** Numbers of its elements. */
  parts: readonly number[]
  found: Found
}

/** Words from the first to the last of what belongs together. */
const SPAN = 11
/** Occurrences of one element that are weighed: a text with more has said enough, and the cost stays bounded. */
const MOST_PLACES = 16

type Place = Hit<Found>

export function createNear(patterns: readonly Near[]) {
  const patternsOf = new Map<number, Near[]>()
  for (const pattern of patterns)
    for (const part of new Set(pattern.parts))
      patternsOf.set(part, [...(patternsOf.get(part) ?? []), pattern])

  /** What the network found, without elements, and with what they come to. */
  return function together(hits: readonly Place[]): readonly Place[] {
    const found = hits.filter(({ accept }) => accept.meaning.kind !== 'part')
    if (found.length === hits.length) return hits
    const plain = found.filter(({ accept }) => accept.meaning.kind === 'harmless')
    const places = placesIn(hits, [])
    const alarming = placesIn(hits, plain)
    const seen = new Set<Near>()
    const everyday: Place[] = []
    for (const part of places.keys())
      for (const pattern of patternsOf.get(part) ?? []) {
        if (seen.has(pattern)) continue
        seen.add(pattern)
        if (pattern.found.meaning.kind === 'harmless') everyday.push(...meetings(pattern, places))
        else found.push(...meetings(pattern, alarming))
      }
    const near = (hit: Place) =>
      found.some(
        ({ accept: { meaning }, start, end }) =>
          (meaning.kind === 'self' || meaning.kind === 'other') && start <= hit.end && hit.start <= end,
      )
    found.push(...everyday.filter((hit) => !near(hit)))
    return found
  }
}

function placesIn(hits: readonly Place[], everyday: readonly Place[]): Map<number, Place[]> {
  const places = new Map<number, Place[]>()
  for (const hit of hits) {
    const { meaning } = hit.accept
    if (meaning.kind !== 'part') continue
    if (everyday.some(({ start, end }) => start <= hit.start && hit.end <= end)) continue
    const known = places.get(meaning.part)
    if (known === undefined) places.set(meaning.part, [hit])
    else if (known.length < MOST_PLACES) known.push(hit)
  }
  return places
}

/** Around each place of the first element, the nearest of the others that overlaps none taken before. */
function meetings({ parts, found }: Near, places: ReadonlyMap<number, readonly Place[]>): Place[] {
  const met: Place[] = []
  if (!parts.every((part) => places.has(part))) return met
  const [first = 0, ...others] = parts
  for (const begun of places.get(first) ?? []) {
    const taken = [begun]
    for (const part of others) {
      const next = nearest(places.get(part) ?? [], taken)
      if (next !== undefined) taken.push(next)
    }
    const start = Math.min(...taken.map((place) => place.start))
    const end = Math.max(...taken.map((place) => place.end))
    if (taken.length === parts.length && end - start <= SPAN) met.push({ accept: found, start, end })
  }
  return met
}

function nearest(places: readonly Place[], taken: readonly Place[]): Place | undefined {
  const [begun] = taken
  let best: Place | undefined
  const far = (place: Place) => Math.abs(place.start - (begun?.start ?? 0))
  for (const place of places) {
    if (taken.some((other) => place.start < other.end && other.start < place.end)) continue
    if (best === undefined || far(place) < far(best)) best = place
  }
  return best
}
