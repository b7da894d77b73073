import type { Proposal } from '../../storage/publications.ts'
import { type Correction, correctionIn, servicesIn } from './edition-content.ts'
import { mergeLists, sameValue } from './merge-lists.ts'
import type { Pack } from '../pack/pack.ts'
import type { NotDone } from './publishing.ts'
import { type Service, service as schema, type Text } from '../service.ts'
import type { ServiceFault } from '../checks/service-faults.ts'

/**
 * The list that a proposal makes of what is live now. Made on an earlier edition, it is brought onto the live one; where
 * both changed the same, nothing is guessed.
 */
export type Proposed = { services: readonly Service[]; note: string } | NotDone

/** `base`: the services of the edition that it was made on, undefined when they are not kept any more. */
export function proposed(
  { kind, content }: Pick<Proposal, 'kind' | 'content'>,
  base: readonly Service[] | undefined,
  live: Pack,
): Proposed {
  if (kind === 'list') {
    const theirs = servicesIn(content)
    if (theirs === undefined) return { kind: 'unreadable' }
    if (base === undefined) return { kind: 'outdated' }
    const merged = mergeLists(base, theirs, live.services)
    return 'clashes' in merged
      ? { kind: 'clash', services: merged.clashes }
      : { services: merged.services, note: '' }
  }
  const correction = correctionIn(content)
  if (correction === undefined) return { kind: 'unreadable' }
  if (base === undefined) return { kind: 'outdated' }
  const before = base.find(({ id }) => id === correction.service)
  const now = live.services.find(({ id }) => id === correction.service)
  if (before === undefined || now === undefined) return { kind: 'unknownService' }
  const isTouched = Object.keys(correction.changes).some(
    (field) => !sameValue(fieldOf(before, field), fieldOf(now, field)),
  )
  if (isTouched) return { kind: 'clash', services: [now.id] }
  const after = corrected(now, correction)
  if ('faults' in after) return { kind: 'faulty', faults: after.faults }
  return {
    services: live.services.map((one) => (one.id === now.id ? after.service : one)),
    note: correction.note,
  }
}

/** The service with the fields of a correction, or what is wrong with them. */
export function corrected(
  service: Service,
  { changes }: Pick<Correction, 'changes'>,
): { service: Service } | { faults: ServiceFault[] } {
  const fields = Object.entries(changes)
  const given = Object.fromEntries(fields.filter(([, value]) => value !== null))
  const taken = new Set(fields.filter(([, value]) => value === null).map(([field]) => field))
  // "Near" would go on ranking by where it stood before.
  if (isElsewhere(service.address, changes.address)) taken.add('location')
  const kept = Object.fromEntries(Object.entries(service).filter(([field]) => !taken.has(field)))
  const read = schema.safeParse({ ...kept, ...given })
  if (read.success) return { service: read.data }
  return {
    faults: read.error.issues.map(({ path, message }) => ({
      service: service.id,
      field: path.map(String).join('.'),
      problem: `cannot be so: ${message}`,
      remedy: 'Correct it.',
    })),
  }
}

/** The address in a further language is the same address; one that is taken out or written otherwise is not. */
function isElsewhere(before: Text | undefined, after: unknown): boolean {
  if (after === undefined) return false
  const now = new Map(Object.entries(typeof after === 'object' && after !== null ? after : {}))
  if (before === undefined) return now.size > 0
  return Object.entries(before).some(([language, written]) => now.get(language) !== written)
}

function fieldOf(service: Service, field: string): unknown {
  return Object.entries(service).find(([name]) => name === field)?.[1]
}
