import type { Opening, ServiceCard } from './directory.ts'
import { numberShown } from './number-shown.ts'
import type { Pack } from './pack.ts'
import type { Service } from './service.ts'
import { worded } from './worded.ts'

/**
 * What a person may read about one service. A service that is given out on request only has a phone here and neither
 * address nor area, whatever its row says.
 */
export function serviceCard(service: Service, pack: Pack, opening: Opening, language: string): ServiceCard {
  const isSecret = isSecretPlace(service)
  const area = pack.areas.find(({ id }) => id === service.area.adm1)
  return {
    id: service.id,
    name: worded(service.name, language),
    summary: worded(service.summary, language),
    opening,
    hoursText: worded(service.hoursNote, language),
    phones: service.phones.map((number) => numberShown(number, pack, language)),
    whatsapp: service.whatsapp,
    address: isSecret ? '' : (service.address ?? ''),
    areaName: isSecret ? '' : worded(area?.names, language),
    cost: service.cost,
    documents: service.documents,
    referralNeeded: service.referralNeeded,
    femaleStaff: service.femaleStaff === true,
    stepFree: service.accessibility.includes('step_free_entrance'),
    mandatoryReporting: worded(service.mandatoryReporting, language),
    safetyNote: worded(service.safetyNote, language),
    checkedOn: service.verified.on,
    isPolice: service.categories.includes('police'),
  }
}

export function isSecretPlace({ visibility, categories }: Service): boolean {
  return visibility !== 'public' || categories.includes('shelter')
}
