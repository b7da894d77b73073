import type { Fault } from '../pack/issue-in-words.ts'
import type { PackOfRow } from '../pack/read-service.ts'
import { ABROAD_COLUMN, CONTACT_COLUMNS, textColumn } from '../pack/service-columns.ts'

/**
 * What no single cell shows: a place that must stay secret is given, nobody can reach the service, two cells do not fit
 * together. A secret address is refused here, before anything is built from the row: what is not stored cannot leak.
 */
export interface Contradiction extends Fault {
  field: string
}

export function contradictions(
  cells: ReadonlyMap<string, string>,
  pack: PackOfRow,
): readonly Contradiction[] {
  return [...secrecy(cells), ...reach(cells), ...abroad(cells), ...whereabouts(cells, pack), ...order(cells)]
}

type Cells = ReadonlyMap<string, string>
const PLACE = ['address', 'lat', 'lon'] as const
const CALLED = ['phone', 'tollfree', 'whatsapp'] as const

function secrecy(cells: Cells): Contradiction[] {
  const isShelter = (cells.get('categories') ?? '').split(';').some((name) => name.trim() === 'shelter')
  const visibility = cells.get('visibility') ?? ''
  const found: Contradiction[] = []
  const given = [...PLACE, 'place'].find((column) => isGiven(cells, column))
  if (isShelter && visibility === 'public')
    found.push({
      field: 'visibility',
      problem: 'is public for a shelter',
      remedy: 'Write on_request: a shelter is shown as a phone line, without its place.',
    })
  if ((isShelter || visibility === 'on_request') && given !== undefined)
    found.push({
      field: given,
      problem: 'is given for a service whose place must stay secret',
      remedy: 'Empty address, place, lat and lon in this row; what is not stored cannot leak.',
    })
  else if (cells.get('address_public') !== 'yes' && PLACE.some((column) => isGiven(cells, column)))
    found.push({
      field: 'address_public',
      problem: 'is not yes, but the row gives an address or coordinates',
      remedy: 'Write yes when anyone may know them; otherwise empty address, lat and lon.',
    })
  if ((isShelter || visibility === 'on_request') && !CALLED.some((column) => isGiven(cells, column)))
    found.push({
      field: 'phone',
      problem: 'is empty for a service that is shown as a phone line only',
      remedy: 'Give its phone number, or write staff_only as visibility.',
    })
  return found
}

function reach(cells: Cells): Contradiction[] {
  const isReached = Object.values(CONTACT_COLUMNS).some((column) => isGiven(cells, column))
  if (isReached || isGiven(cells, 'address')) return []
  return [
    {
      field: 'phone',
      problem: 'is empty, and so is every other way to reach the service',
      remedy: 'Give a phone number, another contact or a public address.',
    },
  ]
}

/** At home it costs more than the other number, or does not connect: nobody may take it for that one. */
function abroad(cells: Cells): Contradiction[] {
  if (!isGiven(cells, ABROAD_COLUMN)) return []
  const found: Contradiction[] = []
  if (!isGiven(cells, 'phone_abroad_note'))
    found.push({
      field: 'phone_abroad_note',
      problem: 'is empty while phone_abroad is given',
      remedy: 'Write what it is for, such as "from another country".',
    })
  if (!(cells.get(ABROAD_COLUMN) ?? '').split(';').every((number) => number.trim().startsWith('+')))
    found.push({
      field: ABROAD_COLUMN,
      problem: 'does not begin with +',
      remedy: 'Write it with the code of its country.',
    })
  return found
}

function whereabouts(cells: Cells, { country, areas }: PackOfRow): Contradiction[] {
  const coverage = cells.get('coverage') ?? ''
  const adm1 = cells.get('adm1_pcode') ?? ''
  const adm2 = cells.get('adm2_pcode') ?? ''
  const isKnown = (id: string) => areas.some((area) => area.id === id)
  const found: Contradiction[] = []
  if (['site', 'adm1', 'adm2'].includes(coverage) && adm1 === '' && adm2 === '')
    found.push({
      field: 'adm1_pcode',
      problem: 'is empty although the service is in one place',
      remedy: 'Write the id of its area in pack.json, or country as coverage.',
    })
  if ((adm1 !== '' || adm2 !== '') && !isKnown(adm1) && !isKnown(adm2) && coverage !== 'cross_border')
    found.push({
      field: 'adm1_pcode',
      problem: 'names an area that pack.json does not have',
      remedy: 'Use the id of an area in pack.json, or add the area there.',
    })
  if (
    coverage !== 'cross_border' &&
    /^[A-Z]{2}$/u.test(cells.get('country') ?? '') &&
    cells.get('country') !== country
  )
    found.push({
      field: 'country',
      problem: 'is not the country of the pack',
      remedy: `Write ${country}, or cross_border as coverage when people may go there from ${country}.`,
    })
  if (isGiven(cells, 'lat') !== isGiven(cells, 'lon'))
    found.push({
      field: isGiven(cells, 'lat') ? 'lon' : 'lat',
      problem: 'is empty while its partner is given',
      remedy: 'Give both lat and lon, or neither.',
    })
  return found
}

function order(cells: Cells): Contradiction[] {
  const found: Contradiction[] = []
  const [on = '', by = ''] = [cells.get('verified_on'), cells.get('review_by')]
  if (by !== '' && by < on)
    found.push({
      field: 'review_by',
      problem: 'is before verified_on',
      remedy: 'Write the day by which it must be checked again.',
    })
  const [youngest, oldest] = [cells.get('min_age') ?? '', cells.get('max_age') ?? '']
  if (youngest !== '' && oldest !== '' && Number(youngest) > Number(oldest))
    found.push({ field: 'max_age', problem: 'is below min_age', remedy: 'Correct the two ages.' })
  return found
}

/** In any language. */
function isGiven(cells: Cells, column: string): boolean {
  for (const [name, value] of cells)
    if (value !== '' && (name === column || textColumn(name)?.stem === column)) return true
  return false
}
