import type { Instant } from '../../operations/environment.ts'
import type { Pack } from '../pack/pack.ts'
import { isOnlyForItsNeed } from '../search/ranking.ts'
import type { Service } from '../service.ts'
import { numbersOf } from '../contacts.ts'
import { dateIn } from '../hours/zone.ts'

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
  return dateIn(pack.timeZone, now)
}

export function isHealth({ categories }: Service): boolean {
  return categories.includes('health') || categories.includes('cmr')
}

/** A line that can be called by anybody; one without a number helps nobody, and the police's stands behind a notice. */
export function isHotline(service: Service): boolean {
  return (
    service.categories.includes('hotline') &&
    !isOnlyForItsNeed(service) &&
    numbersOf(service, 'tollfree', 'phone').length > 0
  )
}

/** Where nobody can be referred to care there is nothing to offer: a health service and a hotline must be fresh. */
export function isLive(fresh: readonly Service[]): boolean {
  return fresh.some(isHealth) && fresh.some(isHotline)
}
