import { tokens } from './tokens.ts'

/**
 * The small language in which words.json is written. A pattern is elements between spaces: `a|b` alternatives, a final
 * `?` for an element that may be missing, `<name>` for a set of the same file (whose items may be several words), `*`
 * for a gap of up to two words of any kind. `= ` in front asks for the whole message; `& ` for its elements in any order
 * and near each other (`near.ts`), for what frightened people put in every order that a language allows.
 */
export type Element =
  | { kind: 'gap' }
  | { kind: 'words'; ways: readonly (readonly string[])[]; optional: boolean }

export interface Pattern {
  whole: boolean
  near: boolean
  elements: readonly Element[]
}

export type Sets = Readonly<Record<string, readonly string[]>>

const MOST_ELEMENTS = 12
const MOST_GAPS = 2
const MOST_NEAR = 4

type Way = readonly string[]

const waysOf = (items: readonly string[]): Way[] => items.map((item) => tokens(item))

/** A set stands in many patterns and is cut into words once. */
const known = new WeakMap<Sets, Map<string, readonly Way[]>>()

function waysOfSet(sets: Sets, name: string): readonly Way[] | undefined {
  const items = sets[name]
  if (items === undefined) return undefined
  const cut = known.get(sets) ?? new Map<string, readonly Way[]>()
  known.set(sets, cut)
  const ways = cut.get(name) ?? waysOf(items)
  cut.set(name, ways)
  return ways
}

/** The pattern, or what is wrong with it in one sentence. */
export function parsePattern(source: string, sets: Sets): Pattern | string {
  const whole = source.startsWith('= ')
  const near = source.startsWith('& ')
  const elements: Element[] = []
  for (const part of (whole || near ? source.slice(2) : source).split(' ')) {
    if (part === '*') {
      elements.push({ kind: 'gap' })
      continue
    }
    const optional = part.endsWith('?')
    const found: (readonly Way[])[] = []
    for (const word of (optional ? part.slice(0, -1) : part).split('|')) {
      const set = /^<(.+)>$/.exec(word)?.[1]
      const ways = set === undefined ? waysOf([word]) : waysOfSet(sets, set)
      if (ways === undefined) return `there is no set named ${word}`
      if (ways.some((way) => way.length === 0)) return 'an element has no letters'
      if (set === undefined && ways.some((way) => way.length > 1)) return `${word} is more than one word`
      found.push(ways)
    }
    // A set alone stays the same array, by which the network knows it again.
    const [first = []] = found
    elements.push({ kind: 'words', ways: found.length === 1 ? first : found.flat(), optional })
  }
  const gaps = elements.filter((element) => element.kind === 'gap').length
  if (elements.length > MOST_ELEMENTS) return `more than ${MOST_ELEMENTS} elements`
  if (gaps > MOST_GAPS) return `more than ${MOST_GAPS} gaps`
  if (elements[0]?.kind === 'gap' || elements.at(-1)?.kind === 'gap') return 'a gap stands at an end'
  if (!elements.some((element) => element.kind === 'words' && !element.optional))
    return 'every word is optional'
  if (near && (elements.length < 2 || elements.length > MOST_NEAR))
    return `elements in any order are two to ${MOST_NEAR}`
  if (near && elements.some((element) => element.kind === 'gap' || element.optional))
    return 'elements in any order are never missing and have no gaps'
  return { whole, near, elements }
}
