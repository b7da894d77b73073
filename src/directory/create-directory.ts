import type { Place } from '../../flows/facts.ts'
import type { Directory } from './directory.ts'
import { distanceKm } from './search/distance.ts'
import { isLive } from './checks/freshness.ts'
import { numberShown } from './shown/number-shown.ts'
import type { Area, Pack } from './pack/pack.ts'
import { type Shelf, shelf } from './search/shelf.ts'
import { worded, wordedIn } from './worded.ts'

/**
 * Builds the directory from loaded packs. Pure: what is fresh, open and live follows from the instant it is asked with.
 * A pack, area or service that it does not know gets an empty answer.
 */
export function createDirectory(packs: readonly Pack[]): Directory {
  const shelves = new Map(packs.map((pack) => [pack.id, shelf(pack)]))
  return directoryOver({ ids: () => [...shelves.keys()], get: (id) => shelves.get(id) })
}

/** What each pack holds at this moment. */
export interface Shelves {
  ids(): readonly string[]
  get(pack: string): Shelf | undefined
}

export function directoryOver(shelves: Shelves): Directory {
  let seen: readonly unknown[] = []
  let live: readonly string[] = []

  return {
    live(now) {
      const packs = shelves.ids().map((id) => ({ id, fresh: shelves.get(id)?.fresh(now) }))
      // The fresh services of a pack are one array until its day or its list is another.
      if (packs.length !== seen.length || packs.some(({ fresh }, at) => fresh !== seen[at])) {
        live = packs.filter(({ fresh }) => fresh !== undefined && isLive(fresh.services)).map(({ id }) => id)
        seen = packs.map(({ fresh }) => fresh)
      }
      return live
    },
    packName: (pack, language) => worded(shelves.get(pack)?.pack.names, language),
    areas: (pack) => shelves.get(pack)?.areaIds ?? [],
    areaName: (pack, area, language) => worded(shelves.get(pack)?.areas.get(area)?.names, language),
    areaNamed: (pack, text) => shelves.get(pack)?.areaNamed(text),
    areaNear: (pack, place) => nearestArea(shelves.get(pack)?.pack.areas ?? [], place),
    search: (query, now) => shelves.get(query.pack)?.search(query, now) ?? [],
    service: (pack, id, now) => shelves.get(pack)?.fresh(now).byId.get(id),
    card: (pack, id, language, now) => shelves.get(pack)?.card(id, language, now),
    reasons: (pack, id, wished, now) => shelves.get(pack)?.reasons(id, wished, now) ?? [],
    heldBack: (pack, id, asker, now) => shelves.get(pack)?.heldBack(id, asker, now),
    hotlines: (pack, language, now, wish = {}) => shelves.get(pack)?.hotlines(language, now, wish) ?? [],
    emergency(pack, language) {
      const found = shelves.get(pack)?.pack
      return found?.emergency === undefined ? undefined : numberShown(found.emergency.number, found, language)
    },
    desk: (pack, now) => shelves.get(pack)?.desk?.(now),
    states(pack, statement) {
      const found = shelves.get(pack)?.pack
      if (found === undefined) return false
      return statement === 'emergencyNumber'
        ? found.emergency !== undefined
        : found.statements[statement] !== undefined
    },
    rights(pack, topic, language) {
      const rights = Object.entries(shelves.get(pack)?.pack.rights ?? {})
      const [, right] = rights.find(([name]) => name === topic) ?? []
      return wordedIn(right?.text, language) || undefined
    },
    titles: (pack, language, now, young = false) => shelves.get(pack)?.titles(language, now, young) ?? [],
  }
}

/** Farther away than this, a place is in none of the areas. */
const FAR_KM = 300

function nearestArea(areas: readonly Area[], place: Place): string | undefined {
  let best: { id: string; km: number } | undefined
  for (const area of areas) {
    const km = distanceKm(place, area)
    if (km <= FAR_KM && (best === undefined || km < best.km)) best = { id: area.id, km }
  }
  return best?.id
}
