import type { Need } from '../../flows/context.ts'
import type { Place, ServiceQuery } from '../../flows/facts.ts'
import type { Instant } from '../operations/environment.ts'
import { createAreaNames } from './area-named.ts'
import type { Directory, Hotline, HotlineWish, Opening, ServiceCard } from './directory.ts'
import { distanceKm } from './distance.ts'
import { isFresh, isLive, todayIn } from './freshness.ts'
import { NEED_CATEGORIES } from './need-categories.ts'
import { openingAt } from './opening.ts'
import { parseHours } from './opening-hours.ts'
import type { Area, Pack } from './pack.ts'
import type { Service, Text } from './service.ts'

/** Builds the directory from loaded packs. What is fresh is worked out once a day of each pack's own calendar. */
export function createDirectory(packs: readonly Pack[]): Directory {
  const known = new Map(packs.map((pack) => [pack.id, shelf(pack)]))
  let liveKey = ''
  let live: readonly string[] = []

  const find = (pack: string, id: string, now: Instant) => known.get(pack)?.fresh(now).byId.get(id)

  return {
    live(now) {
      const key = [...known.values()].map((one) => one.fresh(now).today).join()
      if (key !== liveKey || live.length === 0) {
        live = [...known].filter(([, one]) => isLive(one.fresh(now).services)).map(([id]) => id)
        liveKey = key
      }
      return live
    },
    packName: (pack, language) => worded(known.get(pack)?.pack.names, language),
    areas: (pack) => known.get(pack)?.areaIds ?? [],
    areaName: (pack, area, language) => worded(known.get(pack)?.areas.get(area)?.names, language),
    areaNamed: (pack, text) => known.get(pack)?.areaNamed(text),
    areaNear: (pack, place) => nearestArea(known.get(pack)?.pack.areas ?? [], place),
    search: (query, now) => known.get(query.pack)?.search(query, now) ?? [],
    service: find,
    card(pack, id, language, now) {
      const service = find(pack, id, now)
      const shelved = known.get(pack)
      return service === undefined || shelved === undefined ? undefined : shelved.card(service, language, now)
    },
    hotlines: (pack, language, now, wish) => known.get(pack)?.hotlines(language, now, wish) ?? [],
    emergency: (pack) => known.get(pack)?.pack.emergency?.number,
    states(pack, statement) {
      const found = known.get(pack)?.pack
      return statement === 'emergencyNumber'
        ? found?.emergency !== undefined
        : found?.statements[statement] !== undefined
    },
    rights(pack, topic, language) {
      const right = known.get(pack)?.pack.rights[topic]
      return right === undefined ? undefined : worded(right.text, language) || undefined
    },
    titles: (pack, language, now) => known.get(pack)?.titles(language, now) ?? [],
  }
}

interface Fresh {
  today: string
  services: readonly Service[]
  byId: ReadonlyMap<string, Service>
  titles: Map<string, readonly { id: string; title: string; words: string }[]>
}

const MOST_RESULTS = 12
const MOST_HOTLINES = 2
const FAR_KM = 300

/** One pack with what can be worked out beforehand. */
function shelf(pack: Pack) {
  const areas = new Map(pack.areas.map((area) => [area.id, area]))
  const hours = new Map(
    pack.services.flatMap(({ id, hours: text }) => {
      const parsed = text === undefined ? undefined : parseHours(text)
      return parsed !== undefined && 'hours' in parsed ? [[id, parsed.hours] as const] : []
    }),
  )
  let kept: Fresh | undefined

  /** The calendar is read once a minute. */
  let minute = Number.NaN
  let today = ''

  function fresh(now: Instant): Fresh {
    const current = Math.floor(now / 60_000)
    if (current !== minute) {
      minute = current
      today = todayIn(pack, now)
    }
    if (kept?.today !== today) {
      const services = pack.services.filter((service) => isFresh(service, today))
      kept = { today, services, byId: new Map(services.map((one) => [one.id, one])), titles: new Map() }
    }
    return kept
  }
  /** What is open changes with the minute and not within it. */
  const openings = new Map<string, { minute: number; opening: Opening }>()
  const opening = (service: Service, now: Instant): Opening => {
    const current = Math.floor(now / 60_000)
    let found = openings.get(service.id)
    if (found?.minute !== current) {
      found = {
        minute: current,
        opening: openingAt(hours.get(service.id), pack.timeZone, pack.holidays, now),
      }
      openings.set(service.id, found)
    }
    return found.opening
  }

  return {
    pack,
    areas,
    areaIds: pack.areas.map(({ id }) => id),
    areaNamed: createAreaNames(pack),
    fresh,
    search({ need, area = '', near }: ServiceQuery, now: Instant): string[] {
      const wanted = NEED_CATEGORIES[need]
      const from: Place | undefined = near ?? areas.get(area)
      const ranked = fresh(now)
        .services.filter((service) => fits(service, need, wanted))
        .map((service, order) => ({
          service,
          order,
          rank: rank(service, wanted, area, from, opening(service, now)),
        }))
      ranked.sort((a, b) => compare(a.rank, b.rank) || a.order - b.order)
      return ranked.slice(0, MOST_RESULTS).map(({ service }) => service.id)
    },
    card(service: Service, language: string, now: Instant): ServiceCard {
      const isSecret = service.visibility === 'on_request'
      return {
        id: service.id,
        name: worded(service.name, language),
        summary: worded(service.summary, language),
        opening: opening(service, now),
        hoursText: worded(service.hoursNote, language),
        phones: service.phones,
        whatsapp: service.whatsapp,
        address: isSecret ? '' : (service.address ?? ''),
        areaName: isSecret ? '' : worded(areas.get(service.area.adm1 ?? '')?.names, language),
        cost: service.cost,
        documents: service.documents,
        referralNeeded: service.referralNeeded,
        femaleStaff: service.femaleStaff === true,
        stepFree: service.accessibility.includes('step_free_entrance'),
        mandatoryReporting: worded(service.mandatoryReporting, language),
        safetyNote: worded(service.safetyNote, language),
        checkedOn: service.verified.on,
        isPolice: service.categories.includes('police'),
      }
    },
    hotlines(language: string, now: Instant, wish: HotlineWish = {}): Hotline[] {
      const prefers = (service: Service) =>
        (wish.young === true && service.categories.includes('child_protection')) ||
        (wish.trafficking === true && service.categories.includes('anti_trafficking'))
      return fresh(now)
        .services.filter(({ categories, phones }) => categories.includes('hotline') && phones.length > 0)
        .toSorted((a, b) => Number(prefers(b)) - Number(prefers(a)))
        .slice(0, MOST_HOTLINES)
        .map((service) => ({
          id: service.id,
          name: worded(service.name, language),
          number: service.phones[0] ?? '',
          hours: service.hours === '24/7' ? '24/7' : worded(service.hoursNote, language),
        }))
    },
    titles(language: string, now: Instant) {
      const { services, titles } = fresh(now)
      let list = titles.get(language)
      if (list === undefined) {
        list = services.map(({ id, name, summary }) => ({
          id,
          title: worded(name, language),
          words: worded(summary, language),
        }))
        titles.set(language, list)
      }
      return list
    },
  }
}

/** The complaint channel and the police only appear where they are asked for. */
function fits(
  { categories }: Service,
  need: Need,
  wanted: Service['categories'] | readonly string[],
): boolean {
  if (categories.includes('psea') && need !== 'aidConduct') return false
  if (categories.includes('police') && need !== 'police') return false
  return categories.some((category) => wanted.includes(category))
}

/** Country-wide lines last; else same area, distance band, best kind for the need, open before closed, distance. */
function rank(
  service: Service,
  wanted: readonly string[],
  area: string,
  from: Place | undefined,
  opening: { kind: string },
): readonly number[] {
  const isWide = service.area.coverage === 'country' || service.area.coverage === 'online'
  const elsewhere = area !== '' && service.area.adm1 !== area
  const km =
    from === undefined || service.location === undefined ? FAR_KM : distanceKm(from, service.location)
  const kind = Math.min(...service.categories.map((one) => (wanted.includes(one) ? wanted.indexOf(one) : 9)))
  const closed = opening.kind === 'open' || opening.kind === 'always' ? 0 : 1
  return [Number(isWide), Number(elsewhere), band(km), closed, kind, km]
}

function band(km: number): number {
  return [3, 20, 100].findIndex((limit) => km < limit) + 1 || 4
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function nearestArea(areas: readonly Area[], place: Place): string | undefined {
  let best: { id: string; km: number } | undefined
  for (const area of areas) {
    const km = distanceKm(place, area)
    if (km <= FAR_KM && (best === undefined || km < best.km)) best = { id: area.id, km }
  }
  return best?.id
}

/** The person's language, else its base language, else English, else whatever there is. */
function worded(text: Text | undefined, language: string): string {
  if (text === undefined) return ''
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? text['en'] ?? Object.values(text)[0] ?? ''
}
