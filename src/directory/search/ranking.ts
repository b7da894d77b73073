import type { Need } from '../../../flows/context.ts'
import type { Place } from '../../../flows/facts.ts'
import type { Opening } from '../directory.ts'
import { distanceKm } from './distance.ts'
import { doubtsAbout, isOpen, type Wishes } from './narrowing.ts'
import { NEED_CATEGORIES } from './need-categories.ts'
import { isOfAnotherRegion } from '../shown/regional-line.ts'
import type { Service } from '../service.ts'
import { isSecretPlace } from '../secret-place.ts'

/**
 * Which services answer a need, and in which order they are offered: the same area first, then by distance in bands
 * (walking, a bus, a day), open before closed within a band. Lines for the whole country come last and are never cut
 * off, so that a list always ends with somebody who can be called from anywhere. What she asked for leaves out what does
 * not fit, and puts what is unsure behind what is known, however near it is.
 */
const MOST_RESULTS = 12
/** Places of a list that lines for the whole country may take from the nearer ones. */
const MOST_WIDE = 4
const BANDS_KM = [3, 20, 100]
const FAR_KM = 300

export interface Asked extends Wishes {
  need: Need
  area: string
  /** The place shared, else the middle of the area. */
  from: Place | undefined
  /** Where a service is: its own place, else the middle of its area. */
  placeOf(service: Service): Place | undefined
  opening(service: Service): Opening
}

export function ranked(services: readonly Service[], asked: Asked): string[] {
  const kinds: readonly string[] = NEED_CATEGORIES[asked.need]
  const found = services
    .filter((service) => answers(service, asked.need) && !isOfAnotherRegion(service, asked.area))
    .flatMap((service) => {
      const doubts = doubtsAbout(service, asked, () => asked.opening(service))
      if (doubts === undefined) return []
      const order = [doubts, ...orderOf(service, kinds, asked)]
      return [{ service, wide: isWide(service), order }]
    })
    .toSorted((a, b) => compare(a.order, b.order))
  const wide = found.filter((one) => one.wide).slice(0, MOST_WIDE)
  const near = found.filter((one) => !one.wide).slice(0, MOST_RESULTS - wide.length)
  return [...near, ...wide].map(({ service }) => service.id)
}

/** The police and the line about aid workers appear only where they are asked for. */
export function isOnlyForItsNeed({ categories }: Service): boolean {
  return categories.includes('police') || categories.includes('psea')
}

function answers(service: Service, need: Need): boolean {
  const { categories } = service
  if (categories.includes('psea') && need !== 'aidConduct') return false
  if (categories.includes('police') && need !== 'police') return false
  return categories.some((category) => NEED_CATEGORIES[need].includes(category))
}

/** A secret place is a line and nothing more: its rank must not tell where it is. */
function isWide(service: Service): boolean {
  return ['country', 'online', 'cross_border'].includes(service.area.coverage) || isSecretPlace(service)
}

/** Numbers to be compared one after the other, the smaller first. */
function orderOf(service: Service, kinds: readonly string[], asked: Asked): readonly number[] {
  const isElsewhere =
    !isWide(service) &&
    asked.area !== '' &&
    service.area.adm1 !== asked.area &&
    service.area.adm2 !== asked.area
  const place = asked.placeOf(service)
  const km = asked.from === undefined || place === undefined ? FAR_KM : distanceKm(asked.from, place)
  const kind = Math.min(
    ...service.categories.map((one) => (kinds.includes(one) ? kinds.indexOf(one) : kinds.length)),
  )
  return [Number(isElsewhere), band(km), Number(!isOpen(asked.opening(service))), kind, km]
}

function band(km: number): number {
  const found = BANDS_KM.findIndex((limit) => km < limit)
  return found === -1 ? BANDS_KM.length : found
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0
    if (value !== other) return value < other ? -1 : 1
  }
  return 0
}
