import { inWords } from './issue-in-words.ts'
import type { Pack, Problem } from './pack.ts'
import type { TableRow } from './read-table.ts'
import { contradictions } from '../checks/contradictions.ts'
import { type Service, service, type Text } from '../service.ts'
import { ABROAD_COLUMN, columnOf, CONTACT_COLUMNS, TEXT_COLUMNS, textColumn } from './service-columns.ts'

/**
 * Turns one row of services.csv, or of a sheet that is imported, into a service, or says everything that is wrong with it: file, row, column and what to
 * do. What a cell may leave open is filled with the careful answer: unknown cost, unknown papers, and a shelter that is
 * shown on request only.
 */
export type PackOfRow = Pick<Pack, 'country' | 'languages' | 'timeZone' | 'areas'>

/** The pack's own. */
const TABLE = 'services.csv'
/** Names that other templates use for ours. */
const SAME_CATEGORY: Readonly<Record<string, string>> = { psychosocial: 'mhpss' }

export function readService(
  { row, cells }: TableRow,
  pack: PackOfRow,
  file: string = TABLE,
): { service: Service } | { problems: Problem[] } {
  const read = service.safeParse(draftOf(cells, { file, row }, pack))
  const problems: Problem[] = read.success
    ? []
    : read.error.issues.map((issue) => ({ file, row, field: fieldOf(issue.path), ...inWords(issue) }))
  for (const fault of contradictions(cells, pack)) problems.push({ file, row, ...fault })
  return read.success && problems.length === 0 ? { service: read.data } : { problems: once(problems) }

  function fieldOf(path: readonly PropertyKey[]): string {
    const [first, at] = path
    return first === 'contacts' && typeof at === 'number'
      ? (contactsOf(cells, pack)[at]?.column ?? 'phone')
      : columnOf(path)
  }
}

function draftOf(cells: TableRow['cells'], source: Service['source'], pack: PackOfRow): unknown {
  const cell = (column: string) => cells.get(column) ?? ''
  const one = (field: string, column: string) => (cell(column) === '' ? {} : { [field]: cell(column) })
  const number = (field: string, column: string) =>
    cell(column) === '' ? {} : { [field]: Number(cell(column)) }
  const yesNo = (field: string, column: string) =>
    cell(column) === '' ? {} : { [field]: YES_NO.get(cell(column).toLowerCase()) ?? cell(column) }
  const texts = textsOf(cells, pack)
  const optional = (field: string) => (texts[field] === undefined ? {} : { [field]: texts[field] })
  const categories = listOf(cell('categories')).map((name) => SAME_CATEGORY[name] ?? name)
  const hours = hoursOf(cell('hours'), texts['hours.text'], cell('time_zone') || pack.timeZone)
  const hasPlace = cell('lat') !== '' || cell('lon') !== ''
  return {
    id: cell('service_id'),
    orgId: cell('org_id') || slug(cell('org')),
    orgName: cell('org'),
    name: texts['name'] ?? {},
    summary: texts['summary'] ?? {},
    ...optional('safetyNote'),
    ...optional('keywords'),
    categories,
    status: cell('status'),
    visibility: cell('visibility') || (categories.includes('shelter') ? 'on_request' : 'public'),
    area: {
      country: cell('country'),
      ...one('adm1', 'adm1_pcode'),
      ...one('adm2', 'adm2_pcode'),
      ...(texts['area.place'] === undefined ? {} : { place: texts['area.place'] }),
      coverage: cell('coverage'),
    },
    ...(hasPlace
      ? {
          location: {
            lat: Number(cell('lat') || 'none'),
            lon: Number(cell('lon') || 'none'),
            precision: cell('location_precision') || 'exact',
          },
        }
      : {}),
    ...optional('address'),
    contacts: contactsOf(cells, pack).map(({ contact }) => contact),
    ...(hours === undefined ? {} : { hours }),
    languages: listOf(cell('languages')),
    ...one('interpretation', 'interpretation'),
    serves: listOf(cell('serves')),
    ...number('minAge', 'min_age'),
    ...number('maxAge', 'max_age'),
    ...optional('nationality'),
    ...optional('conditions'),
    documents: cell('documents') || 'unknown',
    ...optional('documentsText'),
    cost: cell('cost') || 'unknown',
    ...optional('costText'),
    access: listOf(cell('how_to_access')),
    referralNeeded: false,
    ...yesNo('referralNeeded', 'referral_needed'),
    accessibility: listOf(cell('accessibility')),
    ...yesNo('femaleStaff', 'female_staff'),
    ...yesNo('childrenWelcome', 'children_welcome'),
    ...optional('mandatoryReporting'),
    gbvTrained: cell('gbv_trained') || 'unknown',
    verified: {
      on: cell('verified_on'),
      by: cell('verified_by'),
      method: cell('verified_method') || 'unknown',
    },
    reviewBy: cell('review_by'),
    ...one('endsOn', 'ends_on'),
    ...evidenceOf(cells),
    source,
  }
}

const YES_NO = new Map([
  ['yes', true],
  ['no', false],
])

export function listOf(cell: string): string[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A page without confidence, or the other way round, is half of it and refused by the schema. */
function evidenceOf(cells: TableRow['cells']): { evidence?: unknown } {
  const [url = '', on = '', confidence = ''] = ['source_url', 'source_on', 'confidence'].map((column) =>
    cells.get(column),
  )
  if (url === '' && on === '' && confidence === '') return {}
  return { evidence: { url, ...(on === '' ? {} : { on }), confidence } }
}

function hoursOf(osm: string, text: Text | undefined, tz: string): unknown {
  if (osm === '' && text === undefined) return undefined
  return { osm: osm === '' ? null : osm, ...(text === undefined ? {} : { text }), tz }
}

function contactsOf(cells: TableRow['cells'], pack: PackOfRow) {
  const phoneHours = hoursOf(
    cells.get('phone_hours') ?? '',
    undefined,
    cells.get('time_zone') || pack.timeZone,
  )
  const label = textsOf(cells, pack)['abroadNote']
  return [
    ...Object.entries(CONTACT_COLUMNS).flatMap(([kind, column]) =>
      listOf(cells.get(column) ?? '').map((value) => ({
        column,
        contact: {
          kind,
          value,
          ...((kind === 'phone' || kind === 'tollfree') && phoneHours !== undefined
            ? { hours: phoneHours }
            : {}),
        },
      })),
    ),
    ...listOf(cells.get(ABROAD_COLUMN) ?? '').map((value) => ({
      column: ABROAD_COLUMN,
      contact: { kind: 'phone', value, ...(label === undefined ? {} : { label }) },
    })),
  ]
}

/** Field to texts by language; a column without language is of the pack's first one. */
function textsOf(cells: TableRow['cells'], { languages }: PackOfRow): Record<string, Text | undefined> {
  const texts: Record<string, Record<string, string>> = {}
  const fields = new Map(Object.entries(TEXT_COLUMNS).map(([field, stem]) => [stem, field]))
  for (const [column, value] of cells) {
    const { stem, tag } = textColumn(column) ?? { stem: column, tag: languages[0] ?? 'en' }
    const field = fields.get(stem)
    if (field !== undefined && value !== '') texts[field] = { [tag]: value, ...texts[field] }
  }
  return texts
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '')
}

/** One cell may break several rules of the schema; the first says enough. */
function once(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ field }, at) => field === undefined || problems.findIndex((other) => other.field === field) === at,
  )
}
