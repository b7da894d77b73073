/**
 * The columns of services.csv: those of the template that organisations fill in, and a few more that the schema needs.
 * A column of text ends in its language (`name_en`); lists inside a cell are separated by `;`.
 */

/** Columns of text, by the path of their field. */
export const TEXT_COLUMNS: Readonly<Record<string, string>> = {
  name: 'name',
  summary: 'description',
  safetyNote: 'safe_note',
  keywords: 'keywords',
  'area.place': 'place',
  address: 'address',
  'hours.text': 'hours_note',
  nationality: 'nationality',
  conditions: 'conditions',
  documentsText: 'documents_text',
  costText: 'cost_text',
  mandatoryReporting: 'mandatory_reporting',
  abroadNote: 'phone_abroad_note',
}

/** Columns of one value or one list, by the path of their field. */
const VALUE_COLUMNS: Readonly<Record<string, string>> = {
  id: 'service_id',
  orgId: 'org_id',
  orgName: 'org',
  categories: 'categories',
  status: 'status',
  visibility: 'visibility',
  'area.country': 'country',
  'area.adm1': 'adm1_pcode',
  'area.adm2': 'adm2_pcode',
  'area.coverage': 'coverage',
  'location.lat': 'lat',
  'location.lon': 'lon',
  'location.precision': 'location_precision',
  hours: 'hours',
  'hours.osm': 'hours',
  'hours.tz': 'time_zone',
  languages: 'languages',
  interpretation: 'interpretation',
  serves: 'serves',
  minAge: 'min_age',
  maxAge: 'max_age',
  documents: 'documents',
  cost: 'cost',
  access: 'how_to_access',
  referralNeeded: 'referral_needed',
  accessibility: 'accessibility',
  femaleStaff: 'female_staff',
  childrenWelcome: 'children_welcome',
  gbvTrained: 'gbv_trained',
  'verified.on': 'verified_on',
  'verified.by': 'verified_by',
  'verified.method': 'verified_method',
  reviewBy: 'review_by',
  endsOn: 'ends_on',
  'evidence.url': 'source_url',
  'evidence.on': 'source_on',
  'evidence.confidence': 'confidence',
}

/** One contact for each entry of the cell. */
export const CONTACT_COLUMNS = {
  phone: 'phone',
  tollfree: 'tollfree',
  whatsapp: 'whatsapp',
  telegram: 'telegram',
  sms: 'sms',
  email: 'email',
  web: 'website',
} as const

/** Numbers for callers in another country, each a phone contact with `phone_abroad_note` as its label. */
export const ABROAD_COLUMN = 'phone_abroad'

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(VALUE_COLUMNS),
  ...Object.values(CONTACT_COLUMNS),
  'phone_hours',
  ABROAD_COLUMN,
  'address_public',
  // In the pack's first language when they stand without one, as the template has them.
  'place',
  'address',
])
const STEMS = new Set(Object.values(TEXT_COLUMNS))

export const REQUIRED_COLUMNS = [
  'service_id',
  'categories',
  'org',
  'status',
  'country',
  'coverage',
  'verified_on',
  'verified_by',
  'review_by',
] as const

/** `mandatory_reporting_en` is of the column `mandatory_reporting` in `en`; undefined for a column without language. */
export function textColumn(column: string): { stem: string; tag: string } | undefined {
  const known = readColumns.get(column)
  if (known !== undefined) return known.text
  if (readColumns.size >= MOST_READ) readColumns.clear()
  const text = readTextColumn(column)
  readColumns.set(column, { text })
  return text
}

/** Every cell of every row asks for its column, and a table has few. */
const readColumns = new Map<string, { text: { stem: string; tag: string } | undefined }>()
const MOST_READ = 1000

function readTextColumn(column: string): { stem: string; tag: string } | undefined {
  const [, stem = '', tag = ''] = /^([a-z_]+)_([a-z]{2,3}(?:-[a-z]{2,8})?)$/u.exec(column) ?? []
  return STEMS.has(stem) ? { stem, tag: withScript(tag) } : undefined
}

export function isServiceColumn(column: string): boolean {
  return KNOWN.has(column) || textColumn(column) !== undefined
}

/** Where the keeper of the file finds the field. */
export function columnOf(path: readonly PropertyKey[]): string {
  const names = path.filter((part) => typeof part !== 'number').map(String)
  const [first = '', second = '', third] = names
  const nested = `${first}.${second}`
  if (Object.hasOwn(TEXT_COLUMNS, nested)) return withTag(TEXT_COLUMNS[nested] ?? '', third)
  if (Object.hasOwn(TEXT_COLUMNS, first)) return withTag(TEXT_COLUMNS[first] ?? '', names[1])
  return VALUE_COLUMNS[nested] ?? VALUE_COLUMNS[first] ?? first
}

const withTag = (stem: string, tag: string | undefined) => (tag === undefined ? stem : `${stem}_${tag}`)

/** Headings are compared in small letters; a script's tag is written with a capital (`ku-Latn`). */
function withScript(tag: string): string {
  const [language = '', rest = ''] = tag.split('-')
  if (rest === '') return language
  return `${language}-${rest.length === 4 ? `${rest.charAt(0).toUpperCase()}${rest.slice(1)}` : rest.toUpperCase()}`
}
