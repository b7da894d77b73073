import { z } from 'zod'
import { type Service, service } from './service.ts'

/**
 * What a store of editions keeps as JSON, written and read. What was written by a newer Lantern, is damaged or holds two
 * services of one id is not read at all: half a list would look like a whole one. Nothing throws.
 */
const VERSION = 1

/** Fields that a caseworker may propose to change; who a service is and whether its place is secret is for the table. */
export const CORRECTABLE = [
  'name',
  'summary',
  'safetyNote',
  'status',
  'address',
  'contacts',
  'hours',
  'languages',
  'interpretation',
  'serves',
  'minAge',
  'maxAge',
  'nationality',
  'conditions',
  'documents',
  'documentsText',
  'cost',
  'costText',
  'access',
  'referralNeeded',
  'accessibility',
  'femaleStaff',
  'childrenWelcome',
  'mandatoryReporting',
  'reviewBy',
  'endsOn',
] as const satisfies readonly (keyof Service)[]
export type Correctable = (typeof CORRECTABLE)[number]

export interface Correction {
  service: string
  /** Field to its new value, as the service has it; null takes the field out. */
  changes: Readonly<Partial<Record<Correctable, unknown>>>
  /** Why, for whoever approves; '' when nothing was written. */
  note: string
}

const versioned = z.object({ version: z.literal(VERSION) })
const list = versioned.extend({
  services: z
    .array(service)
    .refine((services) => new Set(services.map(({ id }) => id)).size === services.length),
})
const correction = versioned.extend({
  service: service.shape.id,
  changes: z.partialRecord(z.enum(CORRECTABLE), z.unknown()),
  note: z.string().max(500),
})

export function writeServices(services: readonly Service[]): string {
  return JSON.stringify({ version: VERSION, services })
}

export function servicesIn(content: string): readonly Service[] | undefined {
  return list.safeParse(valueIn(content)).data?.services
}

export function writeCorrection(wish: Correction): string {
  return JSON.stringify({ version: VERSION, ...wish })
}

export function correctionIn(content: string): Correction | undefined {
  const read = correction.safeParse(valueIn(content)).data
  return read === undefined ? undefined : { service: read.service, changes: read.changes, note: read.note }
}

/** For whoever must mend it; names nothing of the content. */
export function whyUnreadable(content: string): string {
  const read = z.object({ version: z.number() }).safeParse(valueIn(content))
  return read.success && read.data.version > VERSION
    ? 'was written by a newer Lantern: use that version'
    : 'is damaged, or of a kind that this version does not know'
}

function valueIn(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
