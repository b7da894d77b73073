import { z } from 'zod'
import { type Service, service } from '../service.ts'

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
const list = versioned.extend({ services: z.array(z.unknown()) })
const correction = versioned.extend({
  service: service.shape.id,
  changes: z.partialRecord(z.enum(CORRECTABLE), z.unknown()),
  note: z.string().max(500),
})

export function writeServices(services: readonly Service[]): string {
  return JSON.stringify({ version: VERSION, services })
}

export function servicesIn(content: string): readonly Service[] | undefined {
  const reading = readInPieces(content)
  for (;;) {
    const piece = reading.next()
    if (piece.done === true) return piece.value
  }
}

/** The same beside turns: others get their turn between the pieces. */
export async function servicesInGently(content: string): Promise<readonly Service[] | undefined> {
  const reading = readInPieces(content)
  for (;;) {
    const piece = reading.next()
    if (piece.done === true) return piece.value
    await new Promise((resolve) => void setImmediate(resolve))
  }
}

const PIECE = 50

function* readInPieces(content: string): Generator<undefined, readonly Service[] | undefined> {
  const rows = list.safeParse(valueIn(content)).data?.services
  if (rows === undefined) return undefined
  const services = new Map<string, Service>()
  for (const [at, row] of rows.entries()) {
    if (at % PIECE === 0) yield
    const read = service.safeParse(row)
    if (!read.success || services.has(read.data.id)) return undefined
    services.set(read.data.id, read.data)
  }
  return [...services.values()]
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
