import type { Pack } from '../pack/pack.ts'
import type { PlaceName } from './place-names.ts'

/**
 * Finds the area that a typed name means: any language's name or an alias, alone or within a sentence, without regard to
 * case, accents and spacing, a small mistake forgiven. The whole name must be there: one word of "Old Harbour" says
 * nothing. The places of services count where no area is named, and only when they lie in one area. Unsure is undefined:
 * a wrong place would send a person the wrong way.
 */
const LONGEST_TEXT = 100
/** Words of a sentence that are read, and of the names looked for in it. */
const MOST_WORDS = 8
const MOST_NAME_WORDS = 4

interface Name {
  area: string
  letters: string
  mask: number
}

export function createAreaNames(
  pack: Pick<Pack, 'areas'>,
  places: readonly PlaceName[] = [],
): (text: string) => string | undefined {
  const own = pack.areas.flatMap((area) =>
    [...Object.values(area.names), ...area.aliases, area.id].map((name) => nameOf(area.id, name)),
  )
  const ofServices = places.map(({ area, name }) => nameOf(area, name))
  const once = new Map(ofServices.map((one) => [`${one.area} ${one.letters}`, one]))
  const names = [...own, ...once.values()]
  const areasByName = byLetters(own)
  const areasByPlace = byLetters(ofServices)

  return (text) => {
    const words = wordsOf(text.slice(0, LONGEST_TEXT)).slice(0, MOST_WORDS)
    const parts = partsOf(words)
    const named = exactly(words, areasByName)
    const [found, another] = named.length > 0 ? named : exactly(words, areasByPlace)
    if (found === undefined) return nearest(parts, names)
    if (another !== undefined) return undefined
    /** "Marta hils" may mean Marta or Marta Hills: with a longer name almost there, it is not sure. */
    const around = parts.filter(({ letters }) => letters !== found.letters && letters.includes(found.letters))
    const others = names.filter(({ area }) => area !== found.area)
    return nearest(around, others) === undefined ? found.area : undefined
  }
}

function nameOf(area: string, name: string): Name {
  const letters = wordsOf(name).join('')
  return { area, letters, mask: maskOf(letters) }
}

function byLetters(names: readonly Name[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { area, letters } of names) {
    const areas = found.get(letters)
    if (areas === undefined) found.set(letters, new Set([area]))
    else areas.add(area)
  }
  return found
}

/** Areas whose names stand in the text letter by letter, each once; the longest name takes its words. */
function exactly(
  words: readonly string[],
  names: ReadonlyMap<string, ReadonlySet<string>>,
): { area: string; letters: string }[] {
  const found: { area: string; letters: string }[] = []
  for (let at = 0; at < words.length; at += 1)
    for (let length = Math.min(MOST_NAME_WORDS, words.length - at); length > 0; length -= 1) {
      const letters = words.slice(at, at + length).join('')
      const areas = names.get(letters)
      if (areas === undefined) continue
      for (const area of areas) if (found.every((one) => one.area !== area)) found.push({ area, letters })
      at += length - 1
      break
    }
  return found
}

/** Runs of words without their spaces. */
function partsOf(words: readonly string[]): { letters: string; mask: number }[] {
  const parts = new Set<string>()
  for (let length = 1; length <= Math.min(MOST_NAME_WORDS, words.length); length += 1)
    for (let at = 0; at + length <= words.length; at += 1) parts.add(words.slice(at, at + length).join(''))
  return [...parts].map((letters) => ({ letters, mask: maskOf(letters) }))
}

/** The one area with the smallest mistake; undefined when another is about as near. */
function nearest(parts: ReturnType<typeof partsOf>, names: readonly Name[]): string | undefined {
  let best: { area: string; share: number } | undefined
  let rival = Number.POSITIVE_INFINITY
  for (const { area, letters, mask } of names) {
    const allowed = mistakesIn(letters)
    if (allowed === 0) continue
    for (const part of parts) {
      if (Math.abs(part.letters.length - letters.length) > allowed) continue
      if (bits(part.mask ^ mask) > 2 * allowed) continue
      const mistakes = mistakesBetween(part.letters, letters, allowed)
      if (mistakes > allowed) continue
      const share = mistakes / letters.length
      if (best === undefined || share < best.share) {
        if (best !== undefined && best.area !== area) rival = best.share
        best = { area, share }
      } else if (best.area !== area && share < rival) rival = share
    }
  }
  return best === undefined || rival - best.share < CLEARLY ? undefined : best.area
}

/** One bit for each letter that occurs: a mistake changes two bits at most, which spares most comparisons. */
function maskOf(letters: string): number {
  let mask = 0
  for (let at = 0; at < letters.length; at += 1) mask |= 1 << (letters.charCodeAt(at) & 31)
  return mask
}

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** How much nearer than the next area a name must be. */
const CLEARLY = 0.05

/** None in a short name, where one letter makes another name; then one for every four letters. */
function mistakesIn(name: string): number {
  return name.length < 5 ? 0 : Math.min(3, Math.floor(name.length / 4))
}

/** Letters added, left out, changed, or two neighbours swapped (optimal string alignment); gives up beyond `most`. */
function mistakesBetween(a: string, b: string, most: number): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    let smallest = row
    for (let at = 1; at <= b.length; at += 1) {
      const changed = Number(a[row - 1] !== b[at - 1])
      let least = Math.min((above[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, (above[at - 1] ?? 0) + changed)
      if (row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1])
        least = Math.min(least, (before[at - 2] ?? 0) + 1)
      current.push(least)
      if (least < smallest) smallest = least
    }
    if (smallest > most + 1) return smallest
    before = above
    above = current
  }
  return above[b.length] ?? 0
}

/** Letters that keyboards of one script write in several ways. */
const SAME_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[\u0640]/gu, ''],
  [/[آأإٱ]/gu, 'ا'],
  [/[ىیېئ]/gu, 'ي'],
  [/ک/gu, 'ك'],
  [/ة/gu, 'ه'],
  [/ؤ/gu, 'و'],
  [/ı/gu, 'i'],
  [/ß/gu, 'ss'],
  [/ø/gu, 'o'],
  [/ł/gu, 'l'],
  [/đ/gu, 'd'],
]

function wordsOf(text: string): string[] {
  let plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  for (const [letters, one] of SAME_LETTERS) plain = plain.replace(letters, one)
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}
