import type { Service } from './service.ts'

/**
 * A phone line of one region: it has no door to travel to, and its short number may mean another line, or nothing, a region
 * further. Somebody in another region is never given it; somebody whose area is not known gets it with its region's name,
 * behind the lines of the whole country.
 */
export function isRegionalLine({ categories, area, location, address }: Service): boolean {
  return (
    categories.includes('hotline') &&
    (area.coverage === 'adm1' || area.coverage === 'adm2') &&
    location === undefined &&
    address === undefined
  )
}

/** `area` is the one that the person chose, '' while it is not known. */
export function isOfAnotherRegion(service: Service, area: string): boolean {
  return isRegionalLine(service) && area !== '' && service.area.adm1 !== area && service.area.adm2 !== area
}
