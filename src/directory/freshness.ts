import type { Instant } from '../operations/environment.ts'
import { localTime } from './local-time.ts'
import type { Pack } from './pack.ts'
import type { Service } from './service.ts'

/**
 * What may be shown today. A service past its review date or its end is withheld, not shown with a warning (reference
 * content-and-safety UF-5, 9.15); the dates are those of the pack's own calendar, to the minute.
 */
export function isFresh(service: Service, today: string): boolean {
  return service.status === 'active' && service.visibility !== 'staff_only' && isInDate(service, today)
}

/** The last day itself still counts. */
export function isInDate({ reviewBy, endsOn }: Service, today: string): boolean {
  return today <= reviewBy && (endsOn === undefined || today <= endsOn)
}

export function todayIn(pack: Pick<Pack, 'timeZone'>, now: Instant): string {
  return localTime(now, pack.timeZone).date
}

export function isHealth({ categories }: Service): boolean {
  return categories.includes('health') || categories.includes('cmr')
}

/** A line that can be called; one without a number helps nobody. */
export function isHotline({ categories, phones }: Service): boolean {
  return categories.includes('hotline') && phones.length > 0
}

/** Where nobody can be referred to care there is nothing to offer: a health service and a hotline must be fresh. */
export function isLive(fresh: readonly Service[]): boolean {
  return fresh.some(isHealth) && fresh.some(isHotline)
}
