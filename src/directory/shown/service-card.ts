import { numbersOf } from '../contacts.ts'
import type { Opening, ServiceCard } from '../directory.ts'
import { hoursShown } from '../hours/hours-shown.ts'
import { hoursToGoBy } from '../hours/hours-to-go-by.ts'
import { countryShown, numberShown } from './number-shown.ts'
import type { Pack } from '../pack/pack.ts'
import { inItsOrder } from '../right-to-left.ts'
import { isSecretPlace } from '../secret-place.ts'
import type { Service } from '../service.ts'
import { worded } from '../worded.ts'

/**
 * What a person may read about one service. A service that is given out on request only has its numbers here, and neither
 * address nor area, whatever its row says; nor a website or mailbox, which often tell the place.
 */
export function serviceCard(service: Service, pack: Pack, opening: Opening, language: string): ServiceCard {
  const isSecret = isSecretPlace(service)
  return {
    id: service.id,
    name: worded(service.name, language),
    summary: worded(service.summary, language),
    opening,
    hoursText: hoursShown(hoursToGoBy(service), language),
    phones: phonesShown(service, pack, language),
    whatsapp: numbersOf(service, 'whatsapp'),
    sms: numbersOf(service, 'sms').map((number) => numberShown(number, pack, language, service.area.country)),
    telegram: numbersOf(service, 'telegram'),
    emails: isSecret ? [] : numbersOf(service, 'email'),
    websites: isSecret ? [] : numbersOf(service, 'web'),
    address: isSecret ? '' : worded(service.address, language),
    areaName: isSecret ? '' : areaName(service, pack, language),
    cost: service.cost,
    documents: service.documents,
    referralNeeded: service.referralNeeded,
    femaleStaff: service.femaleStaff === true,
    stepFree: service.accessibility.includes('step_free_entrance'),
    childrenWelcome: service.childrenWelcome === true,
    runBy: service.categories.includes('psea') ? service.orgName : '',
    mandatoryReporting: worded(service.mandatoryReporting, language),
    safetyNote: worded(service.safetyNote, language),
    checkedOn: service.verified.on,
    isPolice: service.categories.includes('police'),
  }
}

/**
 * A number that only works from some places says so, and one that is answered at other hours than the card gives says when:
 * "+999 000 0001 (from another country)", "+999 000 0002 (24/7)".
 */
function phonesShown(service: Service, pack: Pack, language: string): string[] {
  const { contacts, area } = service
  const given = hoursShown(hoursToGoBy(service), language)
  return (['tollfree', 'phone'] as const).flatMap((kind) =>
    contacts
      .filter((contact) => contact.kind === kind)
      .map(({ value, label, hours }) => {
        const own = hoursShown(hours, language)
        const notes = [worded(label, language), own === given ? '' : own].filter((note) => note !== '')
        const number = numberShown(value, pack, language, area.country)
        if (notes.length === 0) return number
        return `${number === value ? inItsOrder(value, language) : number} (${notes.join('; ')})`
      }),
  )
}

/** The area; for a service across the border its country too, so that nobody sets out without knowing. */
export function areaName({ area }: Service, pack: Pack, language: string): string {
  const known = pack.areas.find(({ id }) => id === area.adm2 || id === area.adm1)
  if (area.country === pack.country) return worded(known?.names, language)
  const country = countryShown(area.country, pack, language)
  return [worded(area.place, language), country].filter((part) => part !== '').join(', ')
}
