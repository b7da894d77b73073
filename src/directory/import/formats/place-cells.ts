import { createAreaNames } from '../../search/area-named.ts'
import type { PackOfRow } from '../../pack/read-service.ts'

/** Where a record is: the pack's area that its words name, its country, and its door where that is public. */
export interface Whereabouts {
  /** The most particular first: a code, a town, a region. */
  words: readonly string[]
  country: string
  address: string
  lat: number | undefined
  lon: number | undefined
}

export function placeReader(pack: PackOfRow) {
  const named = createAreaNames(pack)
  /** Of thousands of records most are in a few towns. */
  const known = new Map<string, string | undefined>()
  let countries: ReadonlyMap<string, string> | undefined

  return {
    area: (words: readonly string[]) => areaOf(words),
    cells({ words, country, address, lat, lon }: Whereabouts, isHidden: boolean): Record<string, string> {
      const area = areaOf(words)
      const code = countryOf(country)
      const where = { country: code, ...(area === undefined ? {} : { adm1_pcode: area }) }
      if (isHidden) return where
      const isPoint =
        lat !== undefined &&
        lon !== undefined &&
        Math.abs(lat) <= 90 &&
        Math.abs(lon) <= 180 &&
        (lat !== 0 || lon !== 0)
      return {
        ...where,
        ...(address === '' && !isPoint ? {} : { address_public: 'yes' }),
        ...(address === '' ? {} : { address }),
        ...(isPoint ? { lat: String(lat), lon: String(lon) } : {}),
      }
    },
  }

  function areaOf(words: readonly string[]): string | undefined {
    for (const word of words) {
      if (!known.has(word)) known.set(word, pack.areas.find(({ id }) => id === word)?.id ?? named(word))
      const area = known.get(word)
      if (area !== undefined) return area
    }
    return undefined
  }

  /** The pack's where it is not said; a word that is not known stays as it is, for the importer to refuse. */
  function countryOf(said: string): string {
    if (said === '') return pack.country
    if (/^[A-Z]{2}$/u.test(said)) return said
    countries ??= countryNames(pack)
    return countries.get(said.toLowerCase()) ?? said
  }
}

function countryNames(pack: PackOfRow): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const letters = [...Array(26).keys()].map((at) => String.fromCodePoint(65 + at))
  for (const language of new Set([...pack.languages, 'en'])) {
    const shown = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const first of letters)
      for (const second of letters) {
        const name = shown.of(first + second)
        if (name !== undefined) names.set(name.toLowerCase(), first + second)
      }
  }
  return names
}
