import { isFresh, isHealth, isHotline, todayIn } from '../checks/freshness.ts'
import type { Instant } from '../../operations/environment.ts'
import { sameService } from './merge-lists.ts'
import type { Pack } from '../pack/pack.ts'
import type { NotDone } from './publishing.ts'
import type { Service } from '../service.ts'
import { serviceFaults } from '../checks/service-faults.ts'

/** What keeps a list from going live in the place of the one that a pack has; undefined when nothing does. */

/** Of what is new or changed; what stood there before is for `lantern check` to say. */
export function faultsIn(pack: Pack, services: readonly Service[]): NotDone | undefined {
  const before = new Map(pack.services.map((service) => [service.id, service]))
  const after = { ...pack, services }
  const faults = services
    .filter((service) => !sameService(before.get(service.id) ?? {}, service))
    .flatMap((service) => serviceFaults(service, after))
  return faults.length > 0 ? { kind: 'faulty', faults } : undefined
}

/** Nobody is served where nobody can be referred to care. */
export function unserved(pack: Pack, services: readonly Service[], now: Instant): NotDone | undefined {
  const today = todayIn(pack, now)
  const fresh = services.filter((service) => isFresh(service, today))
  const missing = [
    ...(fresh.some(isHealth) ? [] : (['health'] as const)),
    ...(fresh.some(isHotline) ? [] : (['hotline'] as const)),
  ]
  return missing.length > 0 ? { kind: 'notServed', missing } : undefined
}
