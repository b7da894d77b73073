import fc from 'fast-check'
import { parseHours } from '../../../src/directory/hours/opening-hours.ts'
import { demoPack } from '../demo.ts'
import {
  ACCESS,
  ACCESSIBILITY,
  CATEGORIES,
  type Contact,
  type Service,
  SERVED,
} from '../../../src/directory/service.ts'

/** Any service that a row of the demo pack's table can hold, in the languages en, ar, uk and ku-Latn. */
export const PACK = { ...demoPack(), languages: ['en', 'ar'] }

const TAGS = ['en', 'ar', 'uk', 'ku-Latn'] as const
const LETTERS = 'a|Z|0| |,|;|"|\'|=|+|-|@|&|<|>|#|/|.|é|ї|ا|ب|漢|👩|\u0301|\u200d'.split('|')
const letters = fc.constantFrom(...LETTERS, '|')
const words = (longest: number) =>
  fc
    .string({ unit: letters, minLength: 1, maxLength: longest })
    .map((text) => text.trim())
    .filter((text) => text !== '')
const text = (longest: number) =>
  fc
    .dictionary(fc.constantFrom(...TAGS), words(longest), { minKeys: 1, noNullPrototype: true })
    .map((texts) => ({ ...texts }))
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const some = <T extends string>(values: readonly T[], min = 0) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: min, maxLength: 4 })
const number = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 12 })
  .map((digits) => `+999 ${digits.join('')}`)

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .filter(([from, to]) => from !== to)
  .map(([from, to]) => `${clock(from)}-${clock(to)}`)
/** Two that overlap say nothing. */
const apart = (spans: string[]) => ('hours' in parseHours(spans.join(',')) ? spans : spans.slice(0, 1))
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const isInOrder = (days: readonly string[]) => days.toSorted((a, b) => DAYS.indexOf(a) - DAYS.indexOf(b))
const daysOf = fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1, maxLength: 4 }).map(isInOrder)
/** Rules that say something each: a weekly one, a day of one week in the month, a day off, holidays. */
export const anyHours = fc.oneof(
  fc.constant('24/7'),
  fc
    .record({
      days: daysOf,
      spans: fc.array(span, { minLength: 1, maxLength: 2 }).map(apart),
      monthly: fc.option(fc.tuple(fc.constantFrom(...DAYS), fc.integer({ min: 1, max: 5 }), span)),
      holidays: fc.boolean(),
    })
    .map(({ days, spans, monthly, holidays }) =>
      [
        `${days.join(',')} ${spans.join(',')}`,
        ...(monthly === null ? [] : [`${monthly[0]}[${monthly[1]}] ${monthly[2]}`]),
        ...(holidays ? ['PH off'] : []),
      ].join('; '),
    ),
)

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** Optional fields that are not there are left out, as the reader leaves them out. */
function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}

const contacts = fc
  .record({
    phone: fc.uniqueArray(number, { maxLength: 2 }),
    tollfree: fc.uniqueArray(number, { maxLength: 1 }),
    whatsapp: fc.uniqueArray(number, { maxLength: 1 }),
    telegram: fc.constantFrom([], ['@example_line']),
    sms: fc.uniqueArray(number, { maxLength: 1 }),
    email: fc.constantFrom([], ['help@example.org', 'a+b@example.org']),
    web: fc.constantFrom([], ['https://example.org/a?b=c&d'], ['http://приклад.example/х']),
    hours: optional(anyHours),
  })
  .map(({ hours, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, values]) =>
      values.map((value) => ({
        kind,
        value,
        ...(hours !== undefined && (kind === 'phone' || kind === 'tollfree')
          ? { hours: { osm: hours, tz: PACK.timeZone } }
          : {}),
      })),
    ),
  ) as fc.Arbitrary<Contact[]>

const hours = fc
  .record({ osm: fc.option(anyHours), text: optional(text(40)) })
  .map(({ osm, text: note }) =>
    osm === null && note === undefined ? undefined : without({ osm, text: note, tz: PACK.timeZone }),
  )

const open = fc.record({
  id: fc
    .string({ unit: fc.constantFrom('a', 'b', 'z', '0', '9', '-'), minLength: 1, maxLength: 40 })
    .filter((id) => !id.startsWith('-')),
  orgId: fc.string({ unit: fc.constantFrom('a', 'z', 'ї', 'ا', '0', '9', '-'), minLength: 1, maxLength: 20 }),
  orgName: words(40),
  name: text(30),
  summary: text(60),
  safetyNote: optional(text(60)),
  keywords: optional(text(60)),
  categories: some(CATEGORIES, 1),
  status: fc.constantFrom('active', 'temporarily_closed', 'closed', 'draft'),
  visibility: fc.constantFrom('public', 'on_request', 'staff_only'),
  place: optional(text(30)),
  coverage: fc.constantFrom('site', 'adm1', 'country', 'online'),
  location: optional(
    fc
      .record({
        lat: fc.double({ min: -90, max: 90, noNaN: true }),
        lon: fc.double({ min: -180, max: 180, noNaN: true }),
        precision: fc.constantFrom('exact', 'street', 'town', 'adm2'),
      })
      .map(({ lat, lon, precision }) => ({
        lat: Number(lat.toFixed(6)) + 0,
        lon: Number(lon.toFixed(6)) + 0,
        precision,
      })),
  ),
  address: optional(text(60)),
  contacts,
  hours,
  languages: fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 3 }),
  interpretation: optional(fc.constantFrom('none', 'phone', 'in_person', 'on_request')),
  serves: some(SERVED),
  ages: fc.tuple(optional(fc.integer({ min: 0, max: 60 })), optional(fc.integer({ min: 60, max: 120 }))),
  nationality: optional(text(30)),
  conditions: optional(text(30)),
  documents: fc.constantFrom('none', 'some', 'unknown'),
  documentsText: optional(text(30)),
  cost: fc.constantFrom('free', 'paid', 'means_tested', 'unknown'),
  costText: optional(text(30)),
  access: some(ACCESS),
  referralNeeded: fc.boolean(),
  accessibility: some(ACCESSIBILITY),
  femaleStaff: optional(fc.boolean()),
  childrenWelcome: optional(fc.boolean()),
  mandatoryReporting: optional(text(60)),
  gbvTrained: fc.constantFrom('yes', 'no', 'unknown'),
  checked: fc.tuple(day, day).map((days) => days.toSorted()),
  method: fc.constantFrom('phone', 'visit', 'partner', 'unknown'),
  by: words(20),
  endsOn: optional(day),
  abroad: optional(fc.record({ value: number, label: text(20) })),
  evidence: optional(
    fc
      .record({
        url: fc.constantFrom('https://example.org/a?b=c;d', 'http://приклад.example/х'),
        on: optional(fc.constantFrom('2015', '2025-10', '2026-02-28')),
        confidence: fc.constantFrom('high', 'medium', 'low'),
      })
      .map(without),
  ),
  isDialled: fc.boolean(),
})

export const anyService: fc.Arbitrary<Service> = open.map(
  ({ place, coverage, ages, checked, method, by, location, address, abroad, isDialled, ...rest }) => {
    const isSecret = rest.categories.includes('shelter') || rest.visibility === 'on_request'
    const visibility = isSecret && rest.visibility === 'public' ? 'on_request' : rest.visibility
    const called = rest.contacts.some(({ kind }) => ['phone', 'tollfree', 'whatsapp'].includes(kind))
    const line = { kind: 'phone', value: '+999 000 0001' } as const
    const isSite = coverage === 'site' || coverage === 'adm1'
    const isDraft = rest.status === 'draft' && !isDialled
    const [on = '', reviewBy = ''] = isDraft ? [] : checked
    return without({
      ...rest,
      visibility,
      area: without({
        country: PACK.country,
        adm1: isSite ? 'XV01' : undefined,
        place: isSecret ? undefined : place,
        coverage,
      }),
      location: isSecret ? undefined : location,
      address: isSecret ? undefined : address,
      contacts: [
        ...(called ? [] : [line]),
        ...rest.contacts,
        ...(abroad === undefined ? [] : [{ kind: 'phone', ...abroad }]),
      ],
      minAge: ages[0],
      maxAge: ages[1],
      verified: { on, by: isDraft ? '' : by, method },
      reviewBy,
      source: { file: 'services.csv', row: 2 },
    }) as Service
  },
)

/** A list as a pack has it: each id once. */
export const anyServices = fc.uniqueArray(anyService, { selector: ({ id }) => id, maxLength: 6 })
