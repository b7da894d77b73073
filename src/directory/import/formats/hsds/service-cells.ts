import type { PackOfRow } from '../../../pack/read-service.ts'
import { ACCESS, ACCESSIBILITY } from '../../../service.ts'
import { categoriesIn, dateIn, idOf, isSecret, reviewBy, servedIn } from '../kinds.ts'
import type { placeReader } from '../place-cells.ts'
import type { RecordSheet } from '../record-sheet.ts'
import { hoursOf } from './hours.ts'
import { phoneCells } from './phones.ts'
import type { HsdsService } from './records.ts'

/** One HSDS service as cells of the template, in the pack's first language. */
export interface CellsWish {
  row: number
  pack: PackOfRow
  place: ReturnType<typeof placeReader>
  sheet: RecordSheet
}

/** No plain object: a file may say `__proto__`. */
const STATUS: ReadonlyMap<string, string> = new Map([
  ['active', 'active'],
  ['inactive', 'temporarily_closed'],
  ['temporarily closed', 'temporarily_closed'],
  ['defunct', 'closed'],
])

export function addService(service: HsdsService, wish: CellsWish): void {
  const { row, pack, sheet } = wish
  const tag = (pack.languages[0] ?? 'en').toLowerCase()
  const say = (kind: 'quarantined' | 'mended' | 'note', column: string, problem: string, remedy: string) => {
    sheet.say({ row, column, kind, problem, remedy })
  }
  const termsOf = (taxonomy: string) => ownTerms(service, taxonomy)
  const isOurs = termsOf('lantern-gbv-services').length > 0
  const said = service.attributes.flatMap(({ value, taxonomy_term: term }) => [term.code, term.name, value])
  const categories = isOurs
    ? categoriesIn(termsOf('lantern-gbv-services'))
    : categoriesIn(said.filter((one) => one !== ''))
  if (categories.length === 0)
    say('note', 'categories', 'has no category that is known', 'It is "other"; set it after the import.')
  // Our own export has no secret place; a safe space in it is one that everybody may know.
  const isHidden = isOurs ? categories.includes('shelter') : isSecret(categories, [service.name])
  const at = service.service_at_locations
  const locations = at.flatMap(({ location }) => location ?? [])
  const [location] = locations
  if (locations.length > 1)
    say(
      'note',
      'address',
      'has several locations; the first is taken',
      'Add the others as services of their own.',
    )
  const [address] = [...(location?.addresses ?? []), ...(location?.addresss ?? [])]
  if (isHidden && location !== undefined)
    say(
      'quarantined',
      'address',
      'may be of a secret place, so place and description are left out',
      'Give its phone number only.',
    )
  else if (location !== undefined && !isOurs)
    say(
      'note',
      'address_public',
      'is taken as public, since HSDS does not say which addresses are secret',
      'Empty the address of any place that is.',
    )
  if (service.contacts.length > 0)
    say(
      'quarantined',
      'contacts',
      'names people, so they are left out',
      'Use a phone number or mailbox of a role.',
    )
  for (const [field, column] of [
    ['alert', 'alert'],
    ['application_process', 'application_process'],
  ] as const)
    if (!isOurs && service[field] !== '')
      say('note', column, 'is free text without a column here', 'Read it, and add what people must know.')

  const hours = hoursOf([
    ...service.schedules,
    ...at.flatMap((one) => one.schedules),
    ...(location?.schedules ?? []),
  ])
  if (hours !== undefined && 'problem' in hours)
    say('note', 'hours', hours.problem, 'They are left out; add them after the import.')
  const [written = '', others] = new Set(service.schedules.map(({ description }) => description))
  const free = /^free(?: of charge)?\.?$/iu.test(service.fees_description || service.fees)
  const verifiedOn = dateIn(service.assured_date) || dateIn(service.last_modified)
  const validTo = service.schedules
    .map(({ valid_to: to }) => dateIn(to))
    .find((to) => to !== '' && to >= verifiedOn)
  const words = [
    ...service.service_areas.flatMap(({ extent, name }) => [extent, name]),
    ...(address === undefined ? [] : [address.city, address.region, address.state_province]),
  ].filter((word) => word !== '')
  const where = wish.place.cells(
    {
      words,
      country: address?.country ?? '',
      address:
        [address?.address_1, address?.address_2, address?.city]
          .filter((part) => part !== undefined && part !== '')
          .join(', ') || (isOurs ? (location?.description ?? '') : ''),
      lat: location?.latitude,
      lon: location?.longitude,
    },
    isHidden,
  )
  const access = termsOf('lantern-access').filter((one) => ACCESS.some((known) => known === one))
  const accessibility = termsOf('lantern-accessibility').filter((one) =>
    ACCESSIBILITY.some((known) => known === one),
  )
  const documents = service.required_documents
    .map(({ document }) => document)
    .filter((one) => one !== '' && !/^none$/iu.test(one))

  sheet.add(row, {
    service_id: idOf('', service.id),
    [`name_${tag}`]: service.name,
    [`description_${tag}`]: isHidden ? service.name : service.description || service.name,
    categories: (categories.length === 0 ? ['other'] : categories).join(';'),
    org: service.organization?.name ?? '',
    org_id: service.organization === undefined ? '' : idOf('', service.organization.id),
    status: STATUS.get(service.status.toLowerCase()) ?? service.status,
    visibility: isHidden ? 'on_request' : 'public',
    ...where,
    coverage: termsOf('lantern-coverage')[0] ?? coverageOf(where),
    ...phoneCells(service, wish),
    email: service.email || (service.organization?.email ?? ''),
    website: service.url || (service.organization?.website ?? ''),
    ...(hours !== undefined && 'hours' in hours ? { hours: hours.hours, time_zone: hours.timeZone } : {}),
    [`hours_note_${tag}`]: others === undefined && !isHidden && written !== '24/7' ? written : '',
    languages: [
      ...new Set(
        service.languages
          .map(({ code }) => code.toLowerCase())
          .filter((code) => /^[a-z]{2,3}(?:-[a-z]{2,8})?$/u.test(code)),
      ),
    ].join(';'),
    interpretation: interpretationOf(service.interpretation_services),
    serves: (isOurs
      ? servedIn(termsOf('lantern-audience'))
      : servedIn([service.eligibility_description])
    ).join(';'),
    min_age: wholeNumber(service.minimum_age),
    max_age: wholeNumber(service.maximum_age),
    [`conditions_${tag}`]: isOurs || isHidden ? '' : service.eligibility_description,
    documents: termsOf('lantern-documents')[0] ?? (documents.length > 0 ? 'some' : ''),
    [`documents_text_${tag}`]: documents.join(', '),
    cost:
      termsOf('lantern-cost')[0] ??
      (free || service.cost_options.some(({ amount }) => amount === 0) ? 'free' : ''),
    [`cost_text_${tag}`]: free ? '' : service.fees_description || service.fees,
    how_to_access: access.join(';'),
    referral_needed: isOurs && service.application_process.includes('referral needed') ? 'yes' : '',
    accessibility: accessibility.join(';'),
    gbv_trained: termsOf('lantern-staff').includes('gbv_trained') ? 'yes' : '',
    female_staff: termsOf('lantern-staff').includes('female_staff') ? 'yes' : '',
    [`mandatory_reporting_${tag}`]: isOurs ? service.alert : '',
    verified_on: verifiedOn,
    verified_by: verifiedOn === '' ? '' : 'publisher of the HSDS file',
    verified_method: verifiedOn === '' ? '' : 'partner',
    review_by: validTo ?? reviewBy(verifiedOn),
  })
}

function ownTerms({ attributes }: HsdsService, taxonomy: string): string[] {
  return attributes
    .filter(({ taxonomy_term: term }) => term.taxonomy.name === taxonomy)
    .map(({ taxonomy_term: term, value }) => term.code || value)
}

function coverageOf(where: Readonly<Record<string, string>>): string {
  if (where['address'] !== undefined || where['lat'] !== undefined) return 'site'
  return where['adm1_pcode'] === undefined ? 'country' : 'adm1'
}

function interpretationOf(said: string): string {
  if (['none', 'phone', 'in_person', 'on_request'].includes(said)) return said
  return said === '' ? '' : 'on_request'
}

function wholeNumber(value: number | undefined): string {
  return value === undefined || value < 0 || value > 120 ? '' : String(Math.floor(value))
}
