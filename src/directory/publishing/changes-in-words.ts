import type { Changes, FieldChange, Named, ServiceChange } from './changes.ts'
import type { Field } from './service-cells.ts'

/** What changed, as lines of English for the command line; the desk words the same data in its languages. */
const LABELS: Readonly<Record<Field, string>> = {
  name: 'name',
  summary: 'description',
  safetyNote: 'safety note',
  keywords: 'search words',
  categories: 'kinds of help',
  status: 'status',
  visibility: 'visibility',
  orgName: 'organisation',
  orgId: 'id of the organisation',
  country: 'country',
  adm1: 'first area',
  adm2: 'second area',
  place: 'place',
  coverage: 'coverage',
  location: 'point on the map',
  address: 'address',
  phone: 'phone number',
  tollfree: 'free phone number',
  whatsapp: 'WhatsApp number',
  sms: 'SMS number',
  telegram: 'Telegram name',
  email: 'e-mail address',
  web: 'website',
  contactDetails: 'hours or notes of a contact',
  hours: 'hours',
  hoursNote: 'note on the hours',
  timeZone: 'time zone',
  languages: 'languages',
  interpretation: 'interpretation',
  serves: 'people served',
  minAge: 'youngest age',
  maxAge: 'oldest age',
  nationality: 'nationality',
  conditions: 'conditions',
  documents: 'papers asked for',
  documentsText: 'note on papers',
  cost: 'cost',
  costText: 'note on the cost',
  access: 'ways of access',
  referralNeeded: 'need of a referral',
  accessibility: 'accessibility',
  femaleStaff: 'female staff',
  childrenWelcome: 'children welcome',
  mandatoryReporting: 'duty to report',
  gbvTrained: 'training on violence',
  verifiedOn: 'day of the last check',
  verifiedBy: 'who checked',
  verifiedMethod: 'way of the check',
  reviewBy: 'day of the next check',
  endsOn: 'last day',
  sourceUrl: 'page it was read on',
  sourceOn: 'date of that page',
  confidence: 'trust in that page',
}

/** Lines about groups first, then one for each field. Empty when nothing changed. */
export function changesInWords({ services, before, after }: Changes): string[] {
  if (services.length === 0) return []
  const of = (wanted: (change: ServiceChange) => boolean) =>
    services.filter(wanted).map(({ service }) => service)
  return [
    ...group(
      of(({ kind }) => kind === 'new'),
      'is new',
      'are new',
    ),
    ...group(
      of(({ kind }) => kind === 'left'),
      'is no longer in the list',
      'are no longer in the list',
    ),
    ...named(
      'No longer shown',
      of(({ shown }) => shown.before && !shown.after),
    ),
    ...named(
      'Shown again',
      of(({ kind, shown }) => kind !== 'new' && !shown.before && shown.after),
    ),
    ...services.flatMap((change) => (change.kind === 'checked' ? [checkedLine(change)] : [])),
    ...services.flatMap(({ kind, service, fields }) =>
      kind === 'changed'
        ? fields.map((field) => `${service.id}: ${fieldLine(field)}${why(field, fields)}`)
        : [],
    ),
    `${counted(after.services)}, ${after.shown} of them shown (before: ${before.services}, ${before.shown} shown).`,
  ]
}

const counted = (count: number) => `${count} ${count === 1 ? 'service' : 'services'}`

function group(services: readonly Named[], one: string, several: string): string[] {
  if (services.length === 0) return []
  return [`${counted(services.length)} ${services.length === 1 ? one : several}: ${ids(services)}.`]
}

function named(title: string, services: readonly Named[]): string[] {
  return services.length === 0 ? [] : [`${title}: ${ids(services)}.`]
}

const ids = (services: readonly Named[]) => services.map(({ id }) => id).join(', ')

function checkedLine({ service, fields }: ServiceChange): string {
  const to = (field: Field) => fields.find((one) => one.field === field)?.to
  const on = to('verifiedOn')
  const next = to('reviewBy')
  const parts = [
    ...(on === undefined ? [] : [`checked on ${on}`]),
    ...(to('verifiedBy') === undefined ? [] : [`by ${to('verifiedBy') ?? ''}`]),
    ...(next === undefined ? [] : [`to be checked again by ${next}`]),
  ]
  return `${service.id}: ${parts.length === 0 ? 'checked' : parts.join(', ')}.`
}

/** For whoever lets it go live: nobody took the point out. */
function why({ field, to }: FieldChange, fields: readonly FieldChange[]): string {
  const isLeft = field === 'location' && to === '' && fields.some((one) => one.field === 'address')
  return isLeft ? ', since it was that of the old address: the next list may bring the new one' : ''
}

function fieldLine({ field, language, from, to }: FieldChange): string {
  const label = `the ${LABELS[field]}${language === undefined ? '' : ` (${language})`}`
  if (from === '') return `${label} is given now: ${to}`
  if (to === '') return `${label} is no longer given (was: ${from})`
  return `${label} changed from ${from} to ${to}`
}
