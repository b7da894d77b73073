import { numbersOf } from './contacts.ts'
import type { Opening, ServiceCard } from './directory.ts'
import { hoursShown } from './hours-shown.ts'
import { numberShown } from './number-shown.ts'
import type { Pack } from './pack.ts'
import type { Service } from './service.ts'
import { worded } from './worded.ts'

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
    hoursText: hoursShown(service.hours, language),
    phones: numbersOf(service, 'tollfree', 'phone').map((number) => numberShown(number, pack, language)),
    whatsapp: numbersOf(service, 'whatsapp'),
    sms: numbersOf(service, 'sms').map((number) => numberShown(number, pack, language)),
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

export function isSecretPlace({ visibility, categories }: Service): boolean {
  return visibility !== 'public' || categories.includes('shelter')
}

/** The area; for a service across the border its country too, so that nobody sets out without knowing. */
function areaName({ area }: Service, pack: Pack, language: string): string {
  const known = pack.areas.find(({ id }) => id === area.adm2 || id === area.adm1)
  if (area.country === pack.country) return worded(known?.names, language)
  const country = new Intl.DisplayNames(language, { type: 'region' }).of(area.country) ?? area.country
  return [worded(area.place, language), country].filter((part) => part !== '').join(', ')
}
