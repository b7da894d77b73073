import type { Place } from '../../flows/facts.ts'
import type { Directory } from './directory.ts'
import { distanceKm } from './distance.ts'
import { isLive } from './freshness.ts'
import { numberShown } from './number-shown.ts'
import type { Area, Pack } from './pack.ts'
import { shelf } from './shelf.ts'
import { worded, wordedIn } from './worded.ts'

/**
 * Builds the directory from loaded packs. Pure: what is fresh, open and live follows from the instant it is asked with.
 * A pack, area or service that it does not know gets an empty answer.
 */
export function createDirectory(packs: readonly Pack[]): Directory {
  const shelves = new Map(packs.map((pack) => [pack.id, shelf(pack)]))
  let liveOn: string | undefined
  let live: readonly string[] = []

  return {
    live(now) {
      const days = [...shelves.values()].map((one) => one.fresh(now).today).join()
      if (days !== liveOn) {
        live = [...shelves].filter(([, one]) => isLive(one.fresh(now).services)).map(([id]) => id)
        liveOn = days
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
    titles: (pack, language, now) => shelves.get(pack)?.titles(language, now) ?? [],
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
