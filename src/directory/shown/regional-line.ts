import { isSecretPlace } from '../secret-place.ts'
import type { Service } from '../service.ts'

/**
 * A phone line of one region: it has no door to travel to, and its short number may mean another line, or nothing, a region
 * further. Somebody in another region is never given it; somebody whose area is not known gets it with its region's name,
 * behind the lines of the whole country. The line of a secret place is none, since whoever tries all areas would learn where
 * it is: it is given in each of them, without a region's name, behind the lines of the whole country.
 */
export function isRegionalLine(service: Service): boolean {
  return (
    service.categories.includes('hotline') &&
    service.area.coverage !== 'site' &&
    isOfOneRegion(service) &&
    service.location === undefined &&
    service.address === undefined &&
    !isSecretPlace(service)
  )
}

export function isSecretLineOfARegion(service: Service): boolean {
  return isSecretPlace(service) && isOfOneRegion(service)
}

function isOfOneRegion({ area: { coverage } }: Service): boolean {
  return coverage === 'site' || coverage === 'adm1' || coverage === 'adm2'
}

/** `area` is the one that the person chose, '' while it is not known. */
export function isOfAnotherRegion(service: Service, area: string): boolean {
  return isRegionalLine(service) && area !== '' && service.area.adm1 !== area && service.area.adm2 !== area
}
