import type { Pack } from '../pack/pack.ts'
import { isSecretPlace } from '../secret-place.ts'

/**
 * Towns and quarters by which the rows of services say where they are, each with its area, so that a person may write
 * those too. A service whose place is secret, or that is not shown at all, gives none away: its town is not known here
 * unless an open service names it as well. Neither does one of another country, or one that has no area of the pack.
 */
export interface PlaceName {
  area: string
  name: string
}

export function placeNames({
  areas,
  services,
  country,
}: Pick<Pack, 'areas' | 'services' | 'country'>): PlaceName[] {
  const known = new Set(areas.map(({ id }) => id))
  return services
    .filter((service) => service.status !== 'draft' && !isSecretPlace(service))
    .flatMap(({ area }) => {
      const { adm1 = '', adm2 = '', place, coverage } = area
      const id = known.has(adm2) ? adm2 : adm1
      if (!known.has(id) || area.country !== country || !IN_ONE_PLACE.has(coverage)) return []
      return Object.values(place ?? {}).map((name) => ({ area: id, name }))
    })
}

const IN_ONE_PLACE: ReadonlySet<string> = new Set(['site', 'adm1', 'adm2'])
