import type { Service, Text } from '../service.ts'

/**
 * A service as a flat list of plain values, which two of it can be compared by. Every field that a service can have is in
 * it, so that nothing changes unseen; where the row stood in a file is not of the service.
 */
export const FIELDS = [
  'name',
  'summary',
  'safetyNote',
  'keywords',
  'categories',
  'status',
  'visibility',
  'orgName',
  'orgId',
  'country',
  'adm1',
  'adm2',
  'place',
  'coverage',
  'location',
  'address',
  'phone',
  'tollfree',
  'whatsapp',
  'sms',
  'telegram',
  'email',
  'web',
  'contactDetails',
  'hours',
  'hoursNote',
  'timeZone',
  'languages',
  'interpretation',
  'serves',
  'minAge',
  'maxAge',
  'nationality',
  'conditions',
  'documents',
  'documentsText',
  'cost',
  'costText',
  'access',
  'referralNeeded',
  'accessibility',
  'femaleStaff',
  'childrenWelcome',
  'mandatoryReporting',
  'gbvTrained',
  'verifiedOn',
  'verifiedBy',
  'verifiedMethod',
  'reviewBy',
  'endsOn',
  'sourceUrl',
  'sourceOn',
  'confidence',
] as const
export type Field = (typeof FIELDS)[number]

export interface Cell {
  field: Field
  /** Of a text. */
  language?: string
  value: string
}

export function cellsOf(service: Service): Cell[] {
  const { area, location, contacts, hours, verified, evidence } = service
  const texts = (field: Field, text: Text | undefined) =>
    Object.entries(text ?? {}).map(([language, value]) => ({ field, language, value }))
  const one = (field: Field, value: string | number | boolean | null | undefined) =>
    value === undefined || value === null || value === '' ? [] : [{ field, value: String(value) }]
  const many = (field: Field, values: readonly string[]) => one(field, values.join('; '))
  const reached = (kind: (typeof contacts)[number]['kind']) =>
    many(
      kind,
      contacts.filter((contact) => contact.kind === kind).map(({ value }) => value),
    )
  return [
    ...texts('name', service.name),
    ...texts('summary', service.summary),
    ...texts('safetyNote', service.safetyNote),
    ...texts('keywords', service.keywords),
    ...many('categories', service.categories),
    ...one('status', service.status),
    ...one('visibility', service.visibility),
    ...one('orgName', service.orgName),
    ...one('orgId', service.orgId),
    ...one('country', area.country),
    ...one('adm1', area.adm1),
    ...one('adm2', area.adm2),
    ...texts('place', area.place),
    ...one('coverage', area.coverage),
    ...one('location', location && `${location.lat}, ${location.lon} (${location.precision})`),
    ...texts('address', service.address),
    ...CONTACT_KINDS.flatMap(reached),
    ...many('contactDetails', contacts.flatMap(detailsOf)),
    ...one('hours', hours?.osm),
    ...texts('hoursNote', hours?.text),
    ...one('timeZone', hours?.tz),
    ...many('languages', service.languages),
    ...one('interpretation', service.interpretation),
    ...many('serves', service.serves),
    ...one('minAge', service.minAge),
    ...one('maxAge', service.maxAge),
    ...texts('nationality', service.nationality),
    ...texts('conditions', service.conditions),
    ...one('documents', service.documents),
    ...texts('documentsText', service.documentsText),
    ...one('cost', service.cost),
    ...texts('costText', service.costText),
    ...many('access', service.access),
    ...one('referralNeeded', service.referralNeeded),
    ...many('accessibility', service.accessibility),
    ...one('femaleStaff', service.femaleStaff),
    ...one('childrenWelcome', service.childrenWelcome),
    ...texts('mandatoryReporting', service.mandatoryReporting),
    ...one('gbvTrained', service.gbvTrained),
    ...one('verifiedOn', verified.on),
    ...one('verifiedBy', verified.by),
    ...one('verifiedMethod', verified.method),
    ...one('reviewBy', service.reviewBy),
    ...one('endsOn', service.endsOn),
    ...one('sourceUrl', evidence?.url),
    ...one('sourceOn', evidence?.on),
    ...one('confidence', evidence?.confidence),
  ]
}

const CONTACT_KINDS = ['phone', 'tollfree', 'whatsapp', 'sms', 'telegram', 'email', 'web'] as const

/** What one contact has besides its number: "+999 000 0001: Mo-Fr 08:00-16:00, en+fr, costs money". */
function detailsOf(contact: Service['contacts'][number]): string[] {
  const { value, label, hours, languages = [] } = contact
  const costsMoney = 'costsMoney' in contact ? contact.costsMoney : undefined
  const details = [
    ...Object.values(label ?? {}),
    ...(hours === undefined ? [] : [hours.osm ?? '', ...Object.values(hours.text ?? {}), hours.tz]),
    languages.join('+'),
    ...(costsMoney === undefined ? [] : [costsMoney ? 'costs money' : 'costs nothing']),
  ].filter((detail) => detail !== '')
  return details.length === 0 ? [] : [`${value}: ${details.join(', ')}`]
}
