import { faultsIn } from './hindrances.ts'
import type { Pack } from '../pack/pack.ts'
import type { NotDone } from './publishing.ts'
import type { Service } from '../service.ts'
import { cellsOf, type Field } from './service-cells.ts'
import { isSecretPlace } from '../secret-place.ts'

/**
 * Why the services of an earlier edition may not be served again by one person alone. A step back undoes a mistake; it must
 * not undo that a place has become secret, that its number was taken from it, or that a service was closed, kept from people
 * or has ended: two people decided that, and who goes back for another mistake does not think of it. A service that is
 * merely missing from the live list does come back, since a list that lost half its rows is what a step back is for; unless
 * a secret or withdrawn one of the live list has its number, so that it is the same house under another id.
 */
export function refusedBack(live: Pack, earlier: readonly Service[], today: string): NotDone | undefined {
  const now = new Map(live.services.map((service) => [service.id, service]))
  const guarded = live.services.filter((service) => isSecretPlace(service) || isWithdrawn(service, today))
  const services = earlier
    .filter((before) => {
      const same = now.get(before.id) ?? guarded.find((service) => haveOneNumber(service, before))
      return same !== undefined && wouldShow(before, same, today)
    })
    .map(({ id }) => id)
  return services.length > 0 ? { kind: 'wouldShow', services } : faultsIn(live, earlier)
}

function wouldShow(before: Service, now: Service, today: string): boolean {
  if (isWithdrawn(now, today) && !isWithdrawn(before, today)) return true
  return isSecretPlace(now) && (!isSecretPlace(before) || tellsMore(before, now))
}

/** By what two people decided: a check that is overdue is nobody's decision. */
function isWithdrawn({ status, visibility, endsOn }: Service, today: string): boolean {
  return status !== 'active' || visibility === 'staff_only' || (endsOn !== undefined && endsOn < today)
}

/** What may say where a place is: its words too, which an address is often written in. */
const TELLING: ReadonlySet<Field> = new Set([
  'name',
  'summary',
  'safetyNote',
  'keywords',
  'place',
  'location',
  'address',
  'phone',
  'tollfree',
  'whatsapp',
  'sms',
  'telegram',
  'email',
  'web',
  'contactDetails',
  'hoursNote',
  'conditions',
])

function tellsMore(before: Service, now: Service): boolean {
  const told = (service: Service) =>
    cellsOf(service)
      .filter(({ field }) => TELLING.has(field))
      .map(({ field, language = '', value }) => `${field}/${language}/${value}`)
  const known = new Set(told(now))
  return told(before).some((cell) => !known.has(cell))
}

function haveOneNumber(one: Service, other: Service): boolean {
  const numbers = new Set(one.contacts.map(({ value }) => value))
  return other.contacts.some(({ value }) => numbers.has(value))
}
