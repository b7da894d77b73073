import type { Month } from './months.ts'

/**
 * The names of the counters that statistics are made of: a measure, a row of it, a first-level area or none, a month. All
 * four are words of closed sets, so a name holds nothing of a person, and a counter is a number and nothing else.
 * With an area a counter is a part of the one without: both are added to in the same write, or the part later.
 */
export const MEASURES = ['contact', 'topic', 'gap', 'answered'] as const
export type Measure = (typeof MEASURES)[number]

/** What pages are about, by the flow that they stand in. */
export const TOPIC_CLASSES = [
  'safety',
  'health',
  'feelings',
  'services',
  'rights',
  'livelihood',
  'aidworkers',
  'learning',
] as const
export type TopicClass = (typeof TOPIC_CLASSES)[number]

/** How long people waited until a caseworker took their case. */
export const WAITS = ['15min', '1h', '4h', '24h', 'longer'] as const
export type Wait = (typeof WAITS)[number]

const UP_TO_MINUTES = [15, 60, 4 * 60, 24 * 60]

export function waitOf(minutes: number): Wait {
  const at = UP_TO_MINUTES.findIndex((most) => minutes <= most)
  return WAITS[at] ?? 'longer'
}

export interface Counted {
  measure: Measure
  /** contact: a language. topic: a class. gap: a need. answered: a wait. */
  row: string
  /** `pack/AREA`; absent in the counter of all, told or not. */
  area?: string
  month: Month
}

export function nameOf({ measure, row, area, month }: Counted): string {
  return ['stat', measure, row, ...(area === undefined ? [] : [area]), month].join('.')
}

const NAME = new RegExp(
  `^stat\\.(${MEASURES.join('|')})\\.([\\w-]+)(?:\\.([a-z0-9-]+/[A-Z0-9]+))?\\.(\\d{4}-\\d{2})$`,
  'u',
)

/** Undefined: a counter of something else. */
export function readName(name: string): Counted | undefined {
  const [, measure, row, area, month] = NAME.exec(name) ?? []
  if (measure === undefined || row === undefined || month === undefined) return undefined
  return { measure: measure as Measure, row, ...(area === undefined ? {} : { area }), month }
}
