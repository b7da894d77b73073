import type { Place } from '../../../flows/facts.ts'
import { type Filter, FOR_WHOM } from '../../../flows/filters.ts'
import type { Opening } from '../directory.ts'
import { distanceKm } from './distance.ts'
import { fitOf, type Wishes } from './narrowing.ts'
import type { Service } from '../service.ts'
import { isSecretPlace } from '../secret-place.ts'

/**
 * Why a service stands in the list: only what is known, what she asked for first, and what is unsure named as something to
 * ask. A distance is coarse from here on, so that nothing finer can reach a page, and there is none for a place that is
 * secret, for a line, or where only a town or an area is known. Where no place was shared, the area beside the name says
 * where ("in <area>" would need another form of the name in half of the languages).
 */
export type Reason =
  | { kind: 'opening'; opening: Opening }
  /** Under 3 km. */
  | { kind: 'near' }
  /** About so many: in fives up to 20, in tens up to 100, in fifties beyond. */
  | { kind: 'about'; km: number }
  | { kind: 'is'; fact: Fact }
  | { kind: 'for'; filter: Filter }
  | { kind: 'ages'; from: number; to: number | undefined }
  | { kind: 'ask'; about: readonly Asked[] }
export type Fact = 'free' | 'noPapers' | 'femaleStaff' | 'stepFree' | 'language' | 'children'
export type Asked = 'papers' | 'cost' | 'interpreter' | 'children' | 'whom'

export interface Reasoned extends Wishes {
  /** The place shared in this turn. */
  near?: Place
}

/** Of what is known; one line is read, five are not. */
const MOST_KNOWN = 3

export function reasonsFor(service: Service, wished: Reasoned, opening: Opening): Reason[] {
  const { filters = [], language = '', near } = wished
  const fits = new Map(
    filters.map((filter) => [filter, fitOf(service, filter, { language, opening: () => opening })]),
  )
  const isSure = (filter: Filter) => fits.get(filter) === 'sure'
  const asked = FILTERS_AS_FACTS.filter((fact) => isSure(fact))
  const named = FOR_WHOM.filter((one) => one !== 'children' && isSure(one) && isNamed(service, one))
  const unasked = UNASKED.filter((fact) => !asked.includes(fact) && IS[fact](service))
  const known = [
    ...named.map((filter): Reason => ({ kind: 'for', filter })),
    ...[...asked, ...unasked].map((fact): Reason => ({ kind: 'is', fact })),
  ]
  const about = new Set([...fits].flatMap(([filter, fit]) => (fit === 'unsure' ? (ASK[filter] ?? []) : [])))
  return [
    { kind: 'opening', opening },
    ...distance(service, near),
    ...known.slice(0, MOST_KNOWN),
    ...ages(service),
    ...(about.size === 0 ? [] : [{ kind: 'ask', about: [...about] } as const]),
  ]
}

const FILTERS_AS_FACTS = ['language', 'noPapers', 'stepFree', 'femaleStaff', 'free', 'children'] as const
/** Said without being asked for. */
const UNASKED = ['free', 'femaleStaff'] as const
const IS = {
  free: ({ cost }: Service) => cost === 'free',
  femaleStaff: ({ femaleStaff }: Service) => femaleStaff === true,
}
const ASK: Readonly<Partial<Record<Filter, Asked>>> = {
  language: 'interpreter',
  noPapers: 'papers',
  free: 'cost',
  children: 'children',
  women: 'whom',
  girls: 'whom',
  men: 'whom',
  boys: 'whom',
  lgbtiq: 'whom',
  disabilities: 'whom',
  older: 'whom',
}

const NAMES: Readonly<Partial<Record<Filter, Service['serves'][number]>>> = {
  women: 'women',
  girls: 'girls',
  men: 'men',
  boys: 'boys',
  lgbtiq: 'lgbtiq',
  disabilities: 'people_with_disabilities',
  older: 'older_people',
}

/** That everyone may come says nothing of them in particular. */
function isNamed({ serves, categories }: Service, filter: Filter): boolean {
  return (
    serves.some((one) => one === NAMES[filter]) ||
    (filter === 'lgbtiq' && categories.includes('lgbtiq')) ||
    (filter === 'disabilities' && categories.includes('disability'))
  )
}

function ages({ minAge = 0, maxAge, categories }: Service): Reason[] {
  const isOfHers = categories[0] !== 'childcare'
  return isOfHers && (minAge > 0 || maxAge !== undefined) ? [{ kind: 'ages', from: minAge, to: maxAge }] : []
}

const NEAR_KM = 3
const PRECISE: ReadonlySet<string> = new Set(['exact', 'street'])

function distance(service: Service, from: Place | undefined): Reason[] {
  const { location, area } = service
  if (from === undefined || location === undefined || !PRECISE.has(location.precision)) return []
  if (isSecretPlace(service) || area.coverage === 'country' || area.coverage === 'online') return []
  const km = distanceKm(from, location)
  if (!Number.isFinite(km)) return []
  if (km < NEAR_KM) return [{ kind: 'near' }]
  const step = km < 20 ? 5 : km < 100 ? 10 : 50
  return [{ kind: 'about', km: Math.max(step, Math.round(km / step) * step) }]
}
