import { z } from 'zod'
import type { PackOfRow } from '../../../pack/read-service.ts'
import type { Format } from '../../foreign.ts'
import { placeReader } from '../place-cells.ts'
import { recordSheet } from '../record-sheet.ts'
import { hsdsService } from './records.ts'
import { addService } from './service-cells.ts'

/**
 * HSDS 3.0 and 3.1 as JSON: a list of services, a page of an API with its `contents`, or one service or organisation with
 * everything in it.
 */
export const hsdsJson: Format = {
  name: 'HSDS 3, as JSON',
  isOne: (foreign) => foreign.kind === 'json' && servicesIn(foreign.value) !== undefined,
  read: (foreign, pack) => readHsds(foreign.kind === 'json' ? (servicesIn(foreign.value) ?? []) : [], pack),
}

const service = z.object({ id: z.string(), name: z.string(), status: z.string() })
const page = z.object({ contents: z.array(z.unknown()) })
const organization = z.object({ id: z.string(), name: z.string(), services: z.array(z.unknown()) })

/** Each with its organisation in it; undefined where the value is not HSDS. */
function servicesIn(value: unknown): readonly unknown[] | undefined {
  const contents = page.safeParse(value).data?.contents
  const entries = contents ?? (Array.isArray(value) ? (value as unknown[]) : [value])
  if (contents !== undefined && entries.length === 0) return []
  const isKnown = (entry: unknown) =>
    service.safeParse(entry).success || organization.safeParse(entry).success
  if (!entries.some(isKnown)) return undefined
  return entries.flatMap((entry): unknown[] => {
    const owner = organization.safeParse(entry).data
    if (owner === undefined) return [entry]
    return owner.services.map((one) =>
      typeof one === 'object' && one !== null && !('organization' in one)
        ? { ...one, organization: entry }
        : one,
    )
  })
}

export function readHsds(services: readonly unknown[], pack: PackOfRow): ReturnType<Format['read']> {
  const sheet = recordSheet()
  const place = placeReader(pack)
  for (const [at, value] of services.entries()) {
    const row = at + 1
    const read = hsdsService.safeParse(value)
    if (read.success) addService(read.data, { row, pack, place, sheet })
    else
      sheet.say({
        row,
        kind: 'refused',
        problem: 'is not a service with an id and a name',
        remedy: 'Ask for a file in HSDS 3.0 or 3.1.',
      })
  }
  return sheet.read()
}
