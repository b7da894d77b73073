import type { Problem } from './pack.ts'
import { type Service, service } from './service.ts'

/**
 * Turns one row of services.csv into a service, or says what is wrong with it: file, row, column and what to do. A
 * service whose address must stay secret may carry neither address nor coordinates: what is not stored cannot leak.
 */
export type Row = Readonly<Record<string, string>>

const FILE = 'services.csv'

export function readService(row: Row, line: number): { service: Service } | { problems: Problem[] } {
  const cell = (column: string) => (row[column] ?? '').trim()
  const optional = (column: string) =>
    cell(column) === '' ? {} : { [FIELD[column] ?? column]: cell(column) }
  const list = (column: string) =>
    cell(column)
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  const texts = (stem: string) => {
    const found = Object.keys(row).flatMap((column) => {
      const tag = column.startsWith(`${stem}_`) ? column.slice(stem.length + 1) : ''
      return /^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u.test(tag) && cell(column) !== ''
        ? [[tag, cell(column)] as const]
        : []
    })
    return Object.fromEntries(found)
  }
  const optionalTexts = (field: string, stem: string) => {
    const found = texts(stem)
    return Object.keys(found).length === 0 ? {} : { [field]: found }
  }
  const number = (column: string) =>
    cell(column) === '' ? {} : { [FIELD[column] ?? column]: Number(cell(column)) }
  const hasPlace = cell('lat') !== '' || cell('lon') !== ''

  const draft = {
    id: cell('service_id'),
    orgName: cell('org'),
    name: texts('name'),
    summary: texts('description'),
    ...optionalTexts('safetyNote', 'safe_note'),
    ...optionalTexts('mandatoryReporting', 'mandatory_reporting'),
    ...optionalTexts('hoursNote', 'hours_note'),
    categories: list('categories'),
    status: cell('status'),
    visibility: cell('visibility'),
    area: { country: cell('country'), coverage: cell('coverage'), ...optional('adm1_pcode') },
    ...(hasPlace ? { location: { lat: Number(cell('lat') || 'x'), lon: Number(cell('lon') || 'x') } } : {}),
    ...(cell('address') === '' ? {} : { address: cell('address') }),
    phones: list('phone'),
    whatsapp: list('whatsapp'),
    web: list('website'),
    ...optional('hours'),
    languages: list('languages'),
    serves: list('serves'),
    ...number('min_age'),
    ...number('max_age'),
    documents: cell('documents') || 'unknown',
    cost: cell('cost') || 'unknown',
    access: list('how_to_access'),
    referralNeeded: cell('referral_needed') === 'yes',
    accessibility: list('accessibility'),
    ...(cell('female_staff') === '' ? {} : { femaleStaff: cell('female_staff') === 'yes' }),
    verified: { on: cell('verified_on'), by: cell('verified_by') },
    reviewBy: cell('review_by'),
    ...optional('ends_on'),
  }
  const read = service.safeParse(draft)
  if (!read.success)
    return {
      problems: read.error.issues.map(({ path, message }) => ({
        file: FILE,
        row: line,
        field: columnOf(path),
        problem: `cannot be used (${message})`,
        remedy: 'Correct the cell; the template shows the values that are known.',
      })),
    }
  const problems = contradictions(read.data, cell('address_public'), line)
  return problems.length > 0 ? { problems } : { service: read.data }
}

function contradictions(found: Service, addressPublic: string, row: number): Problem[] {
  const problems: Problem[] = []
  const add = (field: string, problem: string, remedy: string) =>
    problems.push({ file: FILE, row, field, problem, remedy })
  if (found.phones.length + found.whatsapp.length + found.web.length === 0 && found.address === undefined)
    add(
      'phone',
      'is empty and so are the other ways to reach the service',
      'Give a phone number or an address.',
    )
  const isSecret =
    addressPublic === 'no' || found.visibility !== 'public' || found.categories.includes('shelter')
  if (isSecret && (found.address !== undefined || found.location !== undefined))
    add(
      'address',
      'is given for a service whose place must stay secret',
      'Empty address, lat and lon in this row.',
    )
  return problems
}

const FIELD: Readonly<Record<string, string>> = {
  adm1_pcode: 'adm1',
  min_age: 'minAge',
  max_age: 'maxAge',
  ends_on: 'endsOn',
}
const COLUMN: Readonly<Record<string, string>> = {
  id: 'service_id',
  orgName: 'org',
  name: 'name_en',
  summary: 'description_en',
  area: 'country',
  location: 'lat',
  reviewBy: 'review_by',
  endsOn: 'ends_on',
  verified: 'verified_on',
  access: 'how_to_access',
  minAge: 'min_age',
  maxAge: 'max_age',
  'area.coverage': 'coverage',
  'location.lon': 'lon',
  'verified.by': 'verified_by',
}

function columnOf(path: readonly PropertyKey[]): string {
  const [first = '', second = ''] = path.map(String)
  return COLUMN[`${first}.${second}`] ?? COLUMN[first] ?? first
}
