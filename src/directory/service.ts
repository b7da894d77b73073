import { z } from 'zod'

/** One service as it is kept (reference directory-and-interop.md 1.3). Names of fields and values are the field's own. */
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

export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'a date like 2026-10-01')
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u, 'a language tag like en')
/** Language tag to text; never filled by a machine. */
export const text = z.record(language, z.string().min(1))

export const service = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/u, 'small letters, digits and hyphens, at most 40'),
  orgName: z.string().min(1).max(80),
  name: text,
  summary: text,
  safetyNote: text.optional(),
  mandatoryReporting: text.optional(),
  categories: z.array(z.enum(CATEGORIES)).min(1),
  status: z.enum(['active', 'temporarily_closed', 'closed', 'draft']),
  visibility: z.enum(['public', 'on_request', 'staff_only']),
  area: z.object({
    country: z.string().regex(/^[A-Z]{2}$/u),
    adm1: z.string().optional(),
    coverage: z.enum(['site', 'adm2', 'adm1', 'country', 'cross_border', 'online']),
  }),
  location: z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).optional(),
  address: z.string().optional(),
  phones: z.array(z.string().min(1)),
  whatsapp: z.array(z.string().min(1)),
  web: z.array(z.string().min(1)),
  /** OSM subset; see opening-hours.ts. Absent: not known. */
  hours: z.string().optional(),
  hoursNote: text.optional(),
  languages: z.array(language),
  serves: z.array(z.enum(SERVED)),
  minAge: z.number().int().min(0).max(120).optional(),
  maxAge: z.number().int().min(0).max(120).optional(),
  documents: z.enum(['none', 'some', 'unknown']),
  cost: z.enum(['free', 'paid', 'means_tested', 'unknown']),
  access: z.array(z.enum(ACCESS)),
  referralNeeded: z.boolean(),
  accessibility: z.array(z.enum(ACCESSIBILITY)),
  femaleStaff: z.boolean().optional(),
  verified: z.object({ on: isoDate, by: z.string().min(1) }),
  reviewBy: isoDate,
  endsOn: isoDate.optional(),
})
export type Service = z.output<typeof service>
export type Text = z.output<typeof text>
