import type { Need } from './context.ts'
import type { Filter } from './filters.ts'

/** Degrees, already rounded to two decimals (about 1 km) before they come here. */
export interface Place {
  lat: number
  lon: number
}

export interface ServiceQuery {
  pack: string
  need: Need
  /** Area id; '' or absent searches the whole pack. */
  area?: string
  /** Orders by distance from here; used and dropped. */
  near?: Place
  /** Only what fits all of these, as far as is known. */
  filters?: readonly Filter[]
  /** The person's own, for the filter that asks for it. */
  language?: string
  /** Under 18: nothing whose ages leave her out. */
  young?: boolean
}

/** Why a service may not be opened yet: a notice stands before it, or its ages leave her out. */
export type HeldBack = 'police' | 'aidConduct' | 'young'

/**
 * What the world looks like at the moment of a turn. Flows ask it questions in guards and searches; it is immutable,
 * carries its own time, and is never stored.
 */
export interface Facts {
  /** Milliseconds since 1970. */
  now: number
  entrance: 'open' | 'covered'
  /** Languages served, the deployment's first language first. */
  languages: readonly string[]
  /** Packs that are live now. */
  packs: readonly string[]
  /** Somebody is on shift now / nobody is / this deployment has no desk. */
  desk: 'open' | 'closed' | 'none'
  /** Whether the people of the pack's desk are at work by its hours; where it gives none, the shift alone decides. */
  inDeskHours?(pack: string): boolean | undefined
  /** The number that a case gets if one is opened in this turn. */
  newCase: string
  /** What the caseworker wrote, in the turn that brings it. */
  reply: string
  /** Whether any page is there as a voice message in this language. */
  speaks?(language: string): boolean
  /** Whether statistics are kept by area. */
  countsAreas?: boolean
  /** Ids of the pack's areas, in the pack's order. */
  areas(pack: string): readonly string[]
  /** Ids of services that fit, best first, at most 12, fresh ones only. */
  search(query: ServiceQuery): readonly string[]
  /** Whatever way led to the service: why it may not be opened before something else was read, if so. */
  heldBack(service: string, asker: { pack: string; need: Need | ''; young: boolean }): HeldBack | undefined
  /** The area whose services are nearest, undefined when the place is outside every area (over 300 km). */
  areaNear(pack: string, place: Place): string | undefined
  /** What the pack states with a source; false or absent wherever it is silent. */
  states(pack: string, statement: PackStatement): boolean
}

/** Country-scoped statements that a page may only make where the pack has them with a source. */
export type PackStatement = 'policeReportNotRequired' | 'councilOfEurope' | 'emergencyNumber'
