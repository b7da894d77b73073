import { textColumn } from '../pack/service-columns.ts'
import {
  ACCESS,
  ACCESSIBILITY,
  CATEGORIES,
  CHECK_METHODS,
  LONGEST_NAME,
  LONGEST_TEXT,
  SERVED,
} from '../service.ts'

/**
 * The columns of the template in the order in which it has them, each with its HXL tag and with what a person who fills it
 * in must know. A column of text stands once for each language.
 */
export interface TemplateColumn {
  column: string
  hxl: string
  about: string
  /** What may stand in it, '' where anything may. */
  allowed: string
}

const LANGUAGES = 'Language codes such as en, ar, fr, uk'
const DATE = 'A date like 2026-10-01'
const YES_NO = 'yes, no or empty'
const NUMBERS = 'Numbers with their country code, like +999 000 0001; short codes as they are dialled'
const TEXT = `Plain text in one line, at most ${LONGEST_TEXT} characters`
const OSM = 'Hours like Mo-Fr 08:00-12:00,13:00-16:00; Sa[1] 09:00-12:00; PH off, or 24/7'
const oneOf = (values: readonly string[]) => values.join(', ')
const someOf = (values: readonly string[]) => `One or more, separated by semicolons: ${values.join(', ')}`

/** Column (a stem where a language follows), HXL tag, what it is, what may stand in it. */
type Row = readonly [column: string, hxl: string, about: string, allowed: string, text?: 'text']
const ROWS: readonly Row[] = [
  [
    'service_id',
    '#service+id',
    'Its own id, which never changes',
    'Small letters, digits and hyphens, at most 40',
  ],
  [
    'name',
    '#service+name',
    'Its name as people know it',
    `Plain text, at most ${LONGEST_NAME} characters`,
    'text',
  ],
  ['categories', '#service+type+code', 'What it does; the first is the main one', someOf(CATEGORIES)],
  ['description', '#description', 'What a person finds there, in plain words', TEXT, 'text'],
  [
    'org',
    '#org+name',
    'The organisation that runs it',
    'At most 80 characters; no names of people anywhere in this table',
  ],
  [
    'status',
    '#status',
    'Whether it is there now',
    oneOf(['active', 'temporarily_closed', 'closed', 'draft']),
  ],
  [
    'visibility',
    '#meta+visibility',
    'Who may know of it. on_request: shown as a phone line only. staff_only: never shown. A shelter is never public',
    oneOf(['public', 'on_request', 'staff_only']),
  ],
  ['country', '#country+code+iso2', 'The country', 'Two capital letters'],
  ['adm1_pcode', '#adm1+code', 'The area', 'An id of an area in pack.json'],
  ['adm2_pcode', '#adm2+code', 'The smaller area', 'An id of an area in pack.json, or empty'],
  ['place', '#loc+name', 'Town or quarter; empty for a secret place', TEXT, 'text'],
  ['address', '#loc+address', 'Street and number; empty for a secret place', TEXT, 'text'],
  ['address_public', '#meta+address+public', 'Whether anyone may know address and coordinates', 'yes or no'],
  ['lat', '#geo+lat', 'Latitude; empty for a secret place', 'A number like -38.18'],
  ['lon', '#geo+lon', 'Longitude; empty for a secret place', 'A number like 72.38'],
  [
    'coverage',
    '#service+coverage',
    'For whom it is in reach',
    oneOf(['site', 'adm2', 'adm1', 'country', 'cross_border', 'online']),
  ],
  ['phone', '#contact+phone', 'Phone numbers, never of one person', NUMBERS],
  ['phone_hours', '#contact+hours', 'When the phone is answered', OSM],
  ['whatsapp', '#contact+phone+whatsapp', 'WhatsApp numbers', NUMBERS],
  ['sms', '#contact+phone+sms', 'Numbers for text messages', NUMBERS],
  ['email', '#contact+email', 'The mailbox of a role', 'An address like help@example.org'],
  ['website', '#contact+url', 'Its page', 'An address like https://example.org'],
  ['hours', '#access+hours', 'When it is open', OSM],
  ['hours_note', '#access+hours', 'When it is open, in words', TEXT, 'text'],
  ['languages', '#access+languages', 'Languages that are spoken there', LANGUAGES],
  [
    'interpretation',
    '#access+interpretation',
    'Whether an interpreter can be had',
    oneOf(['none', 'phone', 'in_person', 'on_request']),
  ],
  ['serves', '#access+group', 'For whom it is', someOf(SERVED)],
  ['min_age', '#access+age+min', 'Youngest age', 'A whole number or empty'],
  ['max_age', '#access+age+max', 'Oldest age', 'A whole number or empty'],
  ['documents', '#access+documents', 'Whether papers are needed', oneOf(['none', 'some', 'unknown'])],
  ['cost', '#access+cost', 'What it costs', oneOf(['free', 'paid', 'means_tested', 'unknown'])],
  ['how_to_access', '#access+type', 'How a person gets in', someOf(ACCESS)],
  ['accessibility', '#access+disability', 'For people with disabilities', someOf(ACCESSIBILITY)],
  [
    'gbv_trained',
    '#service+gbv+trained',
    'Whether its people are trained to receive survivors',
    oneOf(['yes', 'no', 'unknown']),
  ],
  ['verified_on', '#date+verified', 'When somebody last checked all of this', DATE],
  [
    'verified_by',
    '#meta+verified_by',
    'The role of who checked it',
    'A role such as IM officer, never a name',
  ],
  ['review_by', '#date+review', 'After this day it is no longer shown', DATE],
  ['safe_note', '#description+safety', 'What a person can say at the door or on the phone', TEXT, 'text'],
  ['org_id', '#org+id', 'An id of the organisation', 'Letters, digits and hyphens, or empty'],
  ['tollfree', '#contact+phone+tollfree', 'Numbers that cost nothing', NUMBERS],
  ['telegram', '#contact+telegram', 'A name on Telegram', 'A name like @example'],
  [
    'location_precision',
    '#geo+precision',
    'How exact lat and lon are',
    oneOf(['exact', 'street', 'town', 'adm2']),
  ],
  ['time_zone', '#access+hours+zone', "When not the pack's own", 'A time zone like Africa/Nairobi'],
  [
    'mandatory_reporting',
    '#access+reporting',
    'What its people must report to the police; shown before anyone is sent there',
    TEXT,
    'text',
  ],
  ['nationality', '#access+nationality', 'Only for people of some countries', TEXT, 'text'],
  ['conditions', '#access+conditions', 'Other conditions', TEXT, 'text'],
  ['documents_text', '#access+documents', 'Which papers are needed', TEXT, 'text'],
  ['cost_text', '#access+cost', 'What it costs, in words', TEXT, 'text'],
  ['referral_needed', '#access+referral', 'Whether another service must send the person', YES_NO],
  ['female_staff', '#access+female_staff', 'Whether women work there', YES_NO],
  ['children_welcome', '#access+children', 'Whether children may come along', YES_NO],
  ['keywords', '#service+keywords', 'Words by which people look for it; never shown', TEXT, 'text'],
  ['verified_method', '#meta+verified_method', 'How it was checked', oneOf(CHECK_METHODS)],
  ['ends_on', '#date+end', 'When the project ends', `${DATE}, or empty`],
  ['phone_abroad', '#contact+phone+abroad', 'Numbers for callers in another country', `${NUMBERS}, with +`],
  ['phone_abroad_note', '#contact+phone+abroad+note', 'What phone_abroad is for', TEXT, 'text'],
  [
    'source_url',
    '#meta+url',
    'The page its numbers were read on; never shown',
    'An address like https://example.org',
  ],
  ['source_on', '#meta+date', 'The date of that page', 'A date like 2026-10-01, 2026-10 or 2026, or empty'],
  ['confidence', '#meta+confidence', 'How sure that page is', oneOf(['high', 'medium', 'low'])],
]

/** These stand without a language for the pack's first one, as the template has them. */
const BARE = new Set(['place', 'address'])

/** The first language is the pack's own. */
export function templateColumns(languages: readonly string[]): TemplateColumn[] {
  return ROWS.flatMap(([stem, hxl, about, allowed, isText]) => {
    if (isText === undefined) return [{ column: stem, hxl, about, allowed }]
    return languages.map((tag, at) => {
      const written = tag.toLowerCase()
      return {
        column: BARE.has(stem) && at === 0 ? stem : `${stem}_${written}`,
        hxl: `${hxl}+i_${written.replaceAll('-', '_')}`,
        about: `${about} (${languageName(tag)})`,
        allowed,
      }
    })
  })
}

function languageName(tag: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
}

/** The language of a column of text, by the pack's first where it has none. */
export function columnText(column: string, first: string): { stem: string; tag: string } | undefined {
  return textColumn(column) ?? (BARE.has(column) ? { stem: column, tag: first } : undefined)
}
