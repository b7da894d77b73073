import type { Contact, Service } from '../service.ts'
import { CONTACT_COLUMNS, TEXT_COLUMNS } from '../pack/service-columns.ts'
import { columnText } from './template-columns.ts'

/**
 * One service as a row of the template: what `readService` reads from it is the same service again. What the template has
 * no column for (a language or a price of one contact, a label but that of a number from abroad) does not go out.
 */
export interface RowOf {
  columns: readonly string[]
  /** The pack's own language. */
  first: string
}

export function serviceRow(service: Service, { columns, first }: RowOf): string[] {
  const values = valuesOf(service)
  return columns.map((column) => {
    const text = columnText(column, first)
    return text === undefined ? (values[column] ?? '') : textOf(service, text)
  })
}

/** Every language in which any of the services says something, the given ones first. */
export function languagesOf(services: readonly Service[], first: readonly string[]): string[] {
  const tags = services.flatMap((service) =>
    Object.keys(TEXT_COLUMNS).flatMap((field) => Object.keys(textField(service, field) ?? {})),
  )
  return [...new Set([...first, ...tags.toSorted()])]
}

const FIELDS = new Map(Object.entries(TEXT_COLUMNS).map(([field, stem]) => [stem, field]))

function textOf(service: Service, { stem, tag }: { stem: string; tag: string }): string {
  const texts = textField(service, FIELDS.get(stem) ?? '') ?? {}
  return Object.hasOwn(texts, tag) ? (texts[tag] ?? '') : ''
}

function textField(service: Service, field: string): Readonly<Record<string, string>> | undefined {
  switch (field) {
    case 'area.place':
      return service.area.place
    case 'abroadNote':
      return service.contacts.find(isFromAbroad)?.label
    case 'hours.text':
      return service.hours?.text
    case 'name':
    case 'summary':
    case 'safetyNote':
    case 'keywords':
    case 'address':
    case 'nationality':
    case 'conditions':
    case 'documentsText':
    case 'costText':
    case 'mandatoryReporting':
      return service[field]
    default:
      return undefined
  }
}

function valuesOf(service: Service): Readonly<Record<string, string>> {
  const { area, location, hours, verified, evidence } = service
  const contacts = service.contacts.filter((contact) => !isFromAbroad(contact))
  const phoneHours = contacts.find((one) => one.hours !== undefined)?.hours
  const hasPlace = location !== undefined || service.address !== undefined
  return {
    service_id: service.id,
    org_id: service.orgId,
    org: service.orgName,
    categories: list(service.categories),
    status: service.status,
    visibility: service.visibility,
    country: area.country,
    adm1_pcode: area.adm1 ?? '',
    adm2_pcode: area.adm2 ?? '',
    coverage: area.coverage,
    address_public: hasPlace ? 'yes' : 'no',
    lat: text(location?.lat),
    lon: text(location?.lon),
    location_precision: location?.precision ?? '',
    ...Object.fromEntries(
      Object.entries(CONTACT_COLUMNS).map(([kind, column]) => [column, numbers(contacts, kind)]),
    ),
    phone_abroad: numbers(service.contacts.filter(isFromAbroad), 'phone'),
    phone_hours: phoneHours?.osm ?? '',
    hours: hours?.osm ?? '',
    time_zone: hours?.tz ?? phoneHours?.tz ?? '',
    languages: list(service.languages),
    interpretation: service.interpretation ?? '',
    serves: list(service.serves),
    min_age: text(service.minAge),
    max_age: text(service.maxAge),
    documents: service.documents,
    cost: service.cost,
    how_to_access: list(service.access),
    referral_needed: yesNo(service.referralNeeded),
    accessibility: list(service.accessibility),
    female_staff: yesNo(service.femaleStaff),
    children_welcome: yesNo(service.childrenWelcome),
    gbv_trained: service.gbvTrained,
    verified_on: verified.on,
    verified_by: verified.by,
    verified_method: verified.method,
    review_by: service.reviewBy,
    ends_on: service.endsOn ?? '',
    source_url: evidence?.url ?? '',
    source_on: evidence?.on ?? '',
    confidence: evidence?.confidence ?? '',
  }
}

function isFromAbroad({ kind, value, label }: Contact): boolean {
  return kind === 'phone' && label !== undefined && value.startsWith('+')
}

const list = (values: readonly string[]) => values.join(';')
const text = (value: number | undefined) => (value === undefined ? '' : plain(value))

/** Never with an exponent, which a spreadsheet may round or a reader not know. */
function plain(value: number): string {
  const short = String(value)
  return short.includes('e') ? value.toFixed(15).replace(/\.?0+$/u, '') : short
}

function yesNo(value: boolean | undefined): string {
  if (value === undefined) return ''
  return value ? 'yes' : 'no'
}

/** A semicolon separates the entries of a cell, so that of an address is written by its code. */
function numbers(contacts: readonly Contact[], kind: string): string {
  return contacts
    .filter((contact) => contact.kind === kind)
    .map(({ value }) => value.replaceAll(';', '%3B'))
    .join(';')
}
