import { z } from 'zod'

/**
 * One service as it is kept (reference directory-and-interop.md 1.3). Names of fields and values are the field's own.
 * An address that must stay secret has no place in it: `read-service.ts` refuses the row instead of hiding the cell.
 */
export const CATEGORIES = [
  'health',
  'cmr',
  'mhpss',
  'case_management',
  'safe_space',
  'shelter',
  'legal',
  'police',
  'cash',
  'nfi',
  'dignity_kit',
  'food',
  'livelihood',
  'business_grant',
  'childcare',
  'education',
  'anti_trafficking',
  'child_protection',
  'psea',
  'hotline',
  'registration_asylum',
  'family_tracing',
  'disability',
  'lgbtiq',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

export const SERVED = [
  'women',
  'girls',
  'men',
  'boys',
  'children_with_mother',
  'lgbtiq',
  'older_people',
  'people_with_disabilities',
  'refugees',
  'asylum_seekers',
  'migrants',
  'undocumented',
  'idps',
  'host_community',
  'everyone',
] as const

export const ACCESS = [
  'walk_in',
  'phone',
  'whatsapp',
  'sms',
  'email',
  'web',
  'appointment',
  'referral',
  'outreach',
] as const

export const ACCESSIBILITY = [
  'step_free_entrance',
  'accessible_toilet',
  'lift',
  'sign_language',
  'easy_read',
  'large_print',
  'braille',
  'hearing_loop',
  'home_visit',
  'transport_help',
  'text_relay',
] as const

export const LONGEST_NAME = 60
export const LONGEST_TEXT = 300
/** More than there are in the world. */
const MOST_ZONES = 1_000

export const isoDate = z.string().refine(isDate, 'a date like 2026-10-01')
/** As far as a page says when it was written. */
export const partialDate = z
  .string()
  .refine(
    (value) => /^[\d-]{4,10}$/u.test(value) && isDate(`${value}-01-01`.slice(0, 10)),
    'a date like 2026-10-01, 2026-10 or 2026',
  )
/** '': nobody has dialled it yet, which only a draft may say. */
const dateOrNone = z.string().refine((value) => value === '' || isDate(value), 'a date like 2026-10-01')
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u, 'a language tag like en')
export const timeZone = z.string().refine(isTimeZone, 'a time zone like Africa/Nairobi')

/** Language tag to text; never filled by a machine. No line breaks and nothing that turns the writing direction. */
const textUpTo = (longest: number) =>
  z
    .record(
      language,
      z
        .string()
        .min(1)
        .max(longest)
        .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'one line of plain text'),
    )
    .refine((texts) => Object.keys(texts).length > 0, 'given in any language')
export const text = textUpTo(LONGEST_TEXT)
export const shortText = textUpTo(LONGEST_NAME)
export type Text = z.output<typeof text>

const hours = z.object({
  /** OSM subset, see opening-hours.ts; null: only the text is known. */
  osm: z.string().min(1).nullable(),
  text: text.optional(),
  tz: timeZone,
})

const base = { label: text.optional(), hours: hours.optional(), languages: z.array(language).optional() }
const number = z.string().regex(/^[+\d*#][\d ()*#/-]{1,24}$/u, 'a phone number like +999 000 0001')
const contact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['phone', 'tollfree', 'whatsapp', 'sms']),
    value: number,
    ...base,
    costsMoney: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('telegram'),
    value: z.string().regex(/^@\w{4,32}$/u, 'a name like @example'),
    ...base,
  }),
  z.object({ kind: z.literal('email'), value: z.email('a mailbox like help@example.org'), ...base }),
  z.object({
    kind: z.literal('web'),
    value: z.url({ protocol: /^https?$/u, error: 'an address like https://example.org' }),
    ...base,
  }),
])
export type Contact = z.output<typeof contact>

const age = z.number().int().min(0).max(120)

/**
 * The public page that a number was read on, for whoever dials it; never shown to people. Confidence is decided by the rule
 * in docs/packs.md: high for the operator's or the state's own page of the last two years; medium for such a page that is
 * older or has no date, and for press or UN pages of the last two years; low for everything else.
 */
/** How somebody checked a service. */
export const CHECK_METHODS = ['phone', 'visit', 'email', 'partner', 'unknown'] as const

const evidence = z.object({
  url: z.url({ protocol: /^https?$/u, error: 'an address like https://example.org' }),
  on: partialDate.optional(),
  confidence: z.enum(['high', 'medium', 'low']),
})

const fields = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/u, 'small letters, digits and hyphens, at most 40'),
  orgId: z.string().regex(/^[\p{L}\p{N}-]{1,80}$/u, 'letters, digits and hyphens'),
  orgName: z.string().min(1).max(80),
  name: shortText,
  summary: text,
  safetyNote: text.optional(),
  /** Words by which people look for it; never shown. */
  keywords: text.optional(),
  /** The first is the main one. */
  categories: z.array(z.enum(CATEGORIES)).min(1),
  status: z.enum(['active', 'temporarily_closed', 'closed', 'draft']),
  /** on_request: shown as a phone line only. staff_only: never shown. */
  visibility: z.enum(['public', 'on_request', 'staff_only']),
  area: z.object({
    country: z.string().regex(/^[A-Z]{2}$/u, 'two capital letters'),
    adm1: z.string().optional(),
    adm2: z.string().optional(),
    place: text.optional(),
    coverage: z.enum(['site', 'adm2', 'adm1', 'country', 'cross_border', 'online']),
  }),
  location: z
    .object({
      lat: z.number().min(-90).max(90),
      lon: z.number().min(-180).max(180),
      precision: z.enum(['exact', 'street', 'town', 'adm2']),
    })
    .optional(),
  address: text.optional(),
  contacts: z.array(contact),
  hours: hours.optional(),
  languages: z.array(language),
  interpretation: z.enum(['none', 'phone', 'in_person', 'on_request']).optional(),
  serves: z.array(z.enum(SERVED)),
  minAge: age.optional(),
  maxAge: age.optional(),
  nationality: text.optional(),
  conditions: text.optional(),
  documents: z.enum(['none', 'some', 'unknown']),
  documentsText: text.optional(),
  cost: z.enum(['free', 'paid', 'means_tested', 'unknown']),
  costText: text.optional(),
  access: z.array(z.enum(ACCESS)),
  referralNeeded: z.boolean(),
  accessibility: z.array(z.enum(ACCESSIBILITY)),
  femaleStaff: z.boolean().optional(),
  childrenWelcome: z.boolean().optional(),
  /** Shown before a referral: "Health staff must tell the police here". */
  mandatoryReporting: text.optional(),
  gbvTrained: z.enum(['yes', 'no', 'unknown']),
  verified: z.object({
    on: dateOrNone,
    /** A role, never a person's name. */
    by: z.string().max(80),
    method: z.enum(CHECK_METHODS),
  }),
  reviewBy: dateOrNone,
  endsOn: isoDate.optional(),
  evidence: evidence.optional(),
  source: z.object({ file: z.string(), row: z.number().int() }),
})

/** Whoever is shown has been dialled by somebody, on a day, until another. */
export const service = fields.superRefine(({ status, verified, reviewBy }, { addIssue }) => {
  if (status === 'draft') return
  const missing = (path: string[], message: string) => addIssue({ code: 'custom', path, message })
  if (verified.on === '') missing(['verified', 'on'], 'given; only a draft may leave it empty')
  if (verified.by === '') missing(['verified', 'by'], 'given; only a draft may leave it empty')
  if (reviewBy === '') missing(['reviewBy'], 'given; only a draft may leave it empty')
})
export type Service = z.output<typeof service>

function isDate(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value) ?? []
  if (year === undefined) return false
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return at.toISOString().slice(0, 10) === value
}

const zones = new Map<string, boolean>()

/** Remembered: a pack names one zone in every row, and asking costs a fifth of a millisecond. */
function isTimeZone(zone: string): boolean {
  const known = zones.get(zone) ?? isKnownToIntl(zone)
  if (zones.size < MOST_ZONES) zones.set(zone, known)
  return known
}

function isKnownToIntl(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
