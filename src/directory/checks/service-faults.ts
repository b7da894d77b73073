import { contradictions } from './contradictions.ts'
import { checkService } from './check-pack.ts'
import type { Pack } from '../pack/pack.ts'
import type { Service } from '../service.ts'

/**
 * What is wrong with a service that did not come through services.csv: the same rules that refuse a row (a secret place
 * that is given, nobody can be reached), and what `lantern check` finds in one.
 */
export interface ServiceFault {
  service: string
  field: string
  problem: string
  remedy: string
}

export function serviceFaults(service: Service, pack: Pack): ServiceFault[] {
  const found = [...contradictions(rowOf(service), pack), ...checkService(service, pack)]
  return found.map(({ field = '', problem, remedy }) => ({ service: service.id, field, problem, remedy }))
}

/** The cells that contradictions are looked for in. */
function rowOf(service: Service): ReadonlyMap<string, string> {
  const { area, location, contacts, verified, minAge, maxAge, address } = service
  const given = (text: object | undefined) => (text === undefined ? '' : 'given')
  return new Map([
    ['categories', service.categories.join(';')],
    ['visibility', service.visibility],
    ['address', given(address)],
    ['place', given(area.place)],
    ['lat', location === undefined ? '' : String(location.lat)],
    ['lon', location === undefined ? '' : String(location.lon)],
    // A service is only built from a row that says so.
    ['address_public', 'yes'],
    ...contacts.map(({ kind, value }) => [kind === 'web' ? 'website' : kind, value] as const),
    ['coverage', area.coverage],
    ['country', area.country],
    ['adm1_pcode', area.adm1 ?? ''],
    ['adm2_pcode', area.adm2 ?? ''],
    ['verified_on', verified.on],
    ['review_by', service.reviewBy],
    ['min_age', minAge === undefined ? '' : String(minAge)],
    ['max_age', maxAge === undefined ? '' : String(maxAge)],
  ])
}
