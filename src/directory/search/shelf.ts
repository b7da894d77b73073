import type { Need } from '../../../flows/context.ts'
import type { HeldBack, Place, ServiceQuery } from '../../../flows/facts.ts'
import type { Instant } from '../../operations/environment.ts'
import { createAreaNames } from './area-named.ts'
import { createDeskHours } from '../hours/desk-hours.ts'
import type { Hotline, HotlineWish, Opening, ServiceCard } from '../directory.ts'
import { isFresh, todayIn } from '../checks/freshness.ts'
import { hotlinesOf } from '../shown/hotlines.ts'
import { hoursToCall, hoursToGoBy } from '../hours/hours-to-go-by.ts'
import { fitsUnder18, isOpen } from './narrowing.ts'
import { openingAt } from '../hours/opening.ts'
import { parseHours } from '../hours/opening-hours.ts'
import type { Pack } from '../pack/pack.ts'
import { placeNames } from './place-names.ts'
import { isOnlyForItsNeed, ranked } from './ranking.ts'
import { type Reason, type Reasoned, reasonsFor } from './reasons.ts'
import type { Service } from '../service.ts'
import { isSecretPlace } from '../secret-place.ts'
import { serviceCard } from '../shown/service-card.ts'
import { worded } from '../worded.ts'

/**
 * One pack with what can be worked out beforehand. What is fresh is worked out once a day of the pack's own calendar,
 * what is open once a minute; within these the same arrays are given out, so that indexes can be kept by identity.
 */
const MINUTE = 60_000

export interface Title {
  id: string
  title: string
  words: string
}

interface Fresh {
  today: string
  services: readonly Service[]
  byId: ReadonlyMap<string, Service>
  titles: Map<string, readonly Title[]>
}

/** Whether services are open by some of their hours, worked out once a minute. */
function clockOf(pack: Pack, hoursOf: (service: Service) => Service['hours']) {
  const schedules = new Map(
    pack.services.flatMap((service) => {
      const hours = hoursOf(service)
      const parsed = parseHours(hours?.osm ?? '')
      if (hours === undefined || 'problem' in parsed) return []
      return [[service.id, { hours: parsed.hours, timeZone: hours.tz, holidays: pack.holidays }] as const]
    }),
  )
  const openings = new Map<string, { minute: number; opening: Opening }>()
  return (service: Service, now: Instant): Opening => {
    const minute = Math.floor(now / MINUTE)
    const known = openings.get(service.id)
    if (known?.minute === minute) return known.opening
    const opening = openingAt(schedules.get(service.id), now)
    openings.set(service.id, { minute, opening })
    return opening
  }
}

export type Shelf = ReturnType<typeof shelf>

export function shelf(pack: Pack) {
  const areas = new Map(pack.areas.map((area) => [area.id, area]))
  const shown = clockOf(pack, hoursToGoBy)
  const called = clockOf(pack, hoursToCall)
  let minute = Number.NaN
  let today = ''
  let kept: Fresh | undefined

  function fresh(now: Instant): Fresh {
    const current = Math.floor(now / MINUTE)
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

  /** A secret place is not even ordered by: its rank would tell where it is. */
  function placeOf(service: Service): Place | undefined {
    if (isSecretPlace(service)) return undefined
    return service.location ?? areas.get(service.area.adm2 ?? '') ?? areas.get(service.area.adm1 ?? '')
  }

  /** Who looks for a line is told "open" of none that is not answered, even where its door stands open. */
  function answering(service: Service, now: Instant): Opening {
    const opening = shown(service, now)
    return isOpen(opening) ? called(service, now) : opening
  }

  return {
    pack,
    areas,
    areaIds: pack.areas.map(({ id }) => id),
    areaNamed: createAreaNames(pack, placeNames(pack)),
    desk: createDeskHours(pack),
    fresh,
    search({ need, area = '', near, ...wishes }: ServiceQuery, now: Instant): string[] {
      const from = near ?? areas.get(area)
      return ranked(fresh(now).services, {
        need,
        area,
        from,
        placeOf,
        opening: (service) => (need === 'hotline' ? answering(service, now) : shown(service, now)),
        ...wishes,
      })
    },
    reasons(id: string, wished: Reasoned, now: Instant): Reason[] {
      const service = fresh(now).byId.get(id)
      return service === undefined ? [] : reasonsFor(service, wished, shown(service, now))
    },
    heldBack(
      id: string,
      { need, young }: { need: Need | ''; young: boolean },
      now: Instant,
    ): HeldBack | undefined {
      const service = fresh(now).byId.get(id)
      if (service === undefined) return undefined
      if (young && fitsUnder18(service) === 'no') return 'young'
      if (service.categories.includes('police') && need !== 'police') return 'police'
      return service.categories.includes('psea') && need !== 'aidConduct' ? 'aidConduct' : undefined
    },
    card(id: string, language: string, now: Instant): ServiceCard | undefined {
      const service = fresh(now).byId.get(id)
      return service === undefined ? undefined : serviceCard(service, pack, shown(service, now), language)
    },
    hotlines(language: string, now: Instant, wish: HotlineWish): Hotline[] {
      return hotlinesOf(fresh(now).services, {
        pack,
        language,
        wish,
        opening: (service) => called(service, now),
      })
    },
    /** Without the police and the line about aid workers, before each of which stands a page with a notice. */
    titles(language: string, now: Instant, young: boolean): readonly Title[] {
      const { services, titles } = fresh(now)
      const key = `${language} ${young}`
      const known = titles.get(key)
      if (known !== undefined) return known
      const list = services
        .filter((service) => !isOnlyForItsNeed(service) && !(young && fitsUnder18(service) === 'no'))
        .map(({ id, name, summary, keywords }) => ({
          id,
          title: worded(name, language),
          words: `${worded(summary, language)} ${worded(keywords, language)}`.trim(),
        }))
      titles.set(key, list)
      return list
    },
  }
}
