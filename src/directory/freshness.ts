import type { Instant } from '../operations/environment.ts'
import { localTime } from './local-time.ts'
import type { Pack } from './pack.ts'
import type { Service } from './service.ts'

/**
 * What may be shown today. A service past its review date or its end is withheld, not shown with a warning (reference
 * content-and-safety UF-5, 9.15); the dates are those of the pack's own calendar, to the minute.
 */
export function isFresh({ status, visibility, reviewBy, endsOn }: Service, today: string): boolean {
  return (
    status === 'active' &&
    visibility !== 'staff_only' &&
    today <= reviewBy &&
    (endsOn === undefined || today <= endsOn)
  )
}

export function todayIn(pack: Pack, now: Instant): string {
  return localTime(now, pack.timeZone).date
}

/** Where nobody can be referred to care there is nothing to offer: a health service and a hotline must be fresh. */
export function isLive(services: readonly Service[]): boolean {
  const has = (...wanted: Service['categories']) =>
    services.some(({ categories }) => categories.some((one) => wanted.includes(one)))
  return has('health', 'cmr') && has('hotline')
}
