import MiniSearch from 'minisearch'
import type { Pack } from './pack.ts'

/**
 * Finds the area that a typed name means: any language's name or an alias, without regard to case and accents, small
 * mistakes forgiven. Unsure is undefined: a wrong place would send a person the wrong way.
 */
export function createAreaNames(pack: Pack): (text: string) => string | undefined {
  const names = pack.areas.flatMap((area) =>
    [...Object.values(area.names), ...area.aliases, area.id].map((name) => ({
      area: area.id,
      name: plain(name),
    })),
  )
  const index = new MiniSearch({ fields: ['name'], storeFields: ['area'], processTerm: (term) => term })
  index.addAll(names.map((entry, id) => ({ id, ...entry })))
  return (text) => {
    const typed = plain(text.slice(0, 100))
    if (typed === '') return undefined
    const exact = names.find(({ name }) => name === typed)
    if (exact !== undefined) return exact.area
    const hits = index.search(typed, { fuzzy: (term) => (term.length > 3 ? 0.25 : false), combineWith: 'OR' })
    const areas = new Map<string, number>()
    for (const hit of hits) {
      const area = String(hit['area'])
      if (!areas.has(area)) areas.set(area, hit.score)
    }
    const [first, second] = [...areas]
    if (first === undefined) return undefined
    return second !== undefined && second[1] > first[1] * 0.8 ? undefined : first[0]
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('und')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
