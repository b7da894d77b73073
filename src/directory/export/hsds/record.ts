import type { Instant } from '../../../operations/environment.ts'
import { hoursShown } from '../../hours/hours-shown.ts'
import type { Pack } from '../../pack/pack.ts'
import { isSecretPlace } from '../../secret-place.ts'
import type { Contact, Service } from '../../service.ts'
import { worded } from '../../worded.ts'
import { DAY_MINUTES, minuteOf, offsetAt } from '../../hours/zone.ts'
import { intervalsOf } from './schedules.ts'
import { attributesOf } from './terms.ts'
import { uuidOf } from './uuid-v5.ts'

/**
 * One service as an HSDS 3.0 `service`. Published data is read by everybody, so what a person may say at the door (the
 * safety note) stays out, and a place that is secret has neither location nor area, nor any word that it is secret.
 */
export interface HsdsWish {
  pack: Pack
  language: string
  now: Instant
}

export type HsdsRecord = Readonly<Record<string, unknown>>

const STATUS = { active: 'active', temporarily_closed: 'temporarily closed', closed: 'defunct' } as const

export function hsdsRecord(service: Service, wish: HsdsWish): HsdsRecord {
  const { pack, language } = wish
  const id = uuidOf(pack.id, 'service', service.id)
  const said = (text: Service['name'] | undefined) => filled(worded(text, language))
  const mail = service.contacts.find(({ kind }) => kind === 'email')?.value
  const page = service.contacts.find(({ kind }) => kind === 'web')?.value
  return given({
    id,
    organization_id: uuidOf(pack.id, 'organization', service.orgId),
    name: worded(service.name, language),
    description: worded(service.summary, language),
    url: page === undefined ? undefined : new URL(page).href,
    email: mail,
    status: service.status === 'draft' ? undefined : STATUS[service.status],
    interpretation_services: service.interpretation,
    application_process: filled(
      [...service.access, ...(service.referralNeeded ? ['referral needed'] : [])].map(plain).join(', '),
    ),
    fees_description: said(service.costText) ?? (service.cost === 'free' ? 'Free of charge' : undefined),
    eligibility_description: filled(
      [service.serves.map(plain).join(', '), said(service.nationality), said(service.conditions)]
        .filter((part) => part !== undefined && part !== '')
        .join('. '),
    ),
    minimum_age: service.minAge,
    maximum_age: service.maxAge,
    assured_date: service.verified.on,
    alert: said(service.mandatoryReporting),
    organization: {
      id: uuidOf(pack.id, 'organization', service.orgId),
      name: service.orgName,
      description: service.orgName,
    },
    phones: service.contacts.flatMap((contact, at) => phoneOf(contact, uuidOf(id, 'phone', `${at}`), wish)),
    schedules: schedulesOf(service, id, wish),
    service_areas: [areaOf(service, id, wish)],
    service_at_locations: locationsOf(service, id, wish),
    languages: languagesOf(service.languages, id),
    required_documents:
      service.documents === 'some'
        ? [
            {
              id: uuidOf(id, 'document'),
              document: said(service.documentsText) ?? 'Some papers are needed',
            },
          ]
        : [],
    cost_options: service.cost === 'unknown' ? [] : [{ id: uuidOf(id, 'cost'), option: plain(service.cost) }],
    attributes: attributesOf(service, id),
  })
}

const plain = (code: string) => code.replaceAll('_', ' ')
const filled = (text: string) => (text === '' ? undefined : text)

/** Without what is not known and lists that are empty. */
function given(record: Record<string, unknown>): HsdsRecord {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

const CALLED: Readonly<Partial<Record<Contact['kind'], { type: string; about?: string }>>> = {
  phone: { type: 'voice' },
  tollfree: { type: 'voice', about: 'Free of charge' },
  whatsapp: { type: 'text', about: 'WhatsApp' },
  sms: { type: 'text', about: 'SMS' },
}

function phoneOf(contact: Contact, id: string, { language }: HsdsWish): HsdsRecord[] {
  const called = CALLED[contact.kind]
  if (called === undefined) return []
  const parts = [called.about, worded(contact.label, language), hoursShown(contact.hours, language)]
  return [
    given({
      id,
      number: contact.value,
      type: called.type,
      description: filled(parts.filter((part) => part !== undefined && part !== '').join('. ')),
      languages: languagesOf(contact.languages ?? [], id),
    }),
  ]
}

function languagesOf(tags: readonly string[], owner: string): HsdsRecord[] {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const codes = new Set(tags.map((tag) => tag.split('-')[0] ?? tag))
  return [...codes].map((code) => ({
    id: uuidOf(owner, 'language', code),
    name: names.of(code) ?? code,
    code,
  }))
}

function schedulesOf(service: Service, id: string, { language, now }: HsdsWish): HsdsRecord[] {
  const { hours, endsOn, reviewBy } = service
  if (hours === undefined) return []
  const intervals = intervalsOf(hours.osm ?? '') ?? []
  const about = given({
    valid_from: service.verified.on,
    valid_to: endsOn !== undefined && endsOn < reviewBy ? endsOn : reviewBy,
    description: filled(hours.osm === '24/7' ? '24/7' : hoursShown(hours, language)),
    notes: hours.osm === null ? undefined : `opening_hours=${hours.osm}; time zone ${hours.tz}`,
  })
  if (intervals.length === 0) return [{ id: uuidOf(id, 'schedule'), ...about }]
  const offset = offsetAt(minuteOf(now), hours.tz)
  return intervals.map(({ freq, byday, from, to }) => ({
    id: uuidOf(id, 'schedule', byday, `${from}`, `${to}`),
    freq,
    byday,
    timezone: offset / 60,
    opens_at: clock(from, offset),
    closes_at: clock(to === DAY_MINUTES ? DAY_MINUTES - 1 : to, offset),
    ...about,
  }))
}

/** "08:00:00+03:00". A day ends at 23:59, since 24:00 is no time in HSDS. */
function clock(minute: number, offset: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const size = Math.abs(offset)
  const zone = `${offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
  return `${two(minute / 60)}:${two(minute % 60)}:00${zone}`
}

/** The smallest area that it is in reach of; of a secret place no more than the country. */
function areaOf(service: Service, id: string, { pack, language }: HsdsWish): HsdsRecord {
  const { area } = service
  const code = isSecretPlace(service) ? undefined : (area.adm2 ?? area.adm1)
  const known = pack.areas.find((one) => one.id === code)
  const country = area.country === pack.country ? worded(pack.names, language) : countryName(area.country)
  return given({
    id: uuidOf(id, 'area'),
    name: known === undefined ? country : worded(known.names, language),
    description: plain(area.coverage),
    extent: known === undefined ? undefined : code,
    extent_type: known === undefined ? undefined : 'pcode',
  })
}

function countryName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code
}

/**
 * The address stands in the description: HSDS wants a postal code in its addresses, and an address that is made up in part
 * is worse than none. Coordinates that are only of a town or an area would put a pin on somebody else's door.
 */
function locationsOf(service: Service, id: string, { language }: HsdsWish): HsdsRecord[] {
  const { location, address, area } = service
  if (isSecretPlace(service) || (location === undefined && address === undefined)) return []
  const isPoint = location?.precision === 'exact' || location?.precision === 'street'
  const where = [worded(address, language), worded(area.place, language)].filter((part) => part !== '')
  const place = uuidOf(id, 'location')
  return [
    {
      id: uuidOf(id, 'at-location'),
      service_id: id,
      location_id: place,
      location: given({
        id: place,
        location_type: 'physical',
        name: worded(service.name, language),
        description: filled(where.join(', ')),
        latitude: isPoint ? location.lat : undefined,
        longitude: isPoint ? location.lon : undefined,
        accessibility:
          service.accessibility.length === 0
            ? []
            : [
                {
                  id: uuidOf(place, 'accessibility'),
                  description: service.accessibility.map(plain).join(', '),
                },
              ],
      }),
    },
  ]
}
