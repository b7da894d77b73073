import type { Opening } from '../../../directory/directory.ts'
import type { NotDone } from '../../../directory/publishing/publishing.ts'
import type { Field } from '../../../directory/publishing/service-cells.ts'
import type { Category } from '../../../directory/service.ts'
import type { ServiceState } from '../../directory-wire.ts'
import { kindKey } from '../../kind-key.ts'
import { day } from '../times.ts'
import { isolate, type Key, language, languageName, locale, named, t } from '../wording.ts'

/** Codes of the directory in the desk's words. */

export function kindName(kind: Category): string {
  return t(kindKey(kind) as Key)
}

export function stateName(state: ServiceState): string {
  return t(`directory.state.${state}`)
}

/** '' when it is not sure. */
export function openingInWords(opening: Opening): string {
  switch (opening.kind) {
    case 'always':
      return t('directory.open.always')
    case 'open':
      return t('directory.open.until', { time: opening.until })
    case 'closed': {
      const time = opening.opensAt
      if (opening.today) return t('directory.open.today', { time })
      if (opening.tomorrow) return t('directory.open.tomorrow', { time })
      return t('directory.open.day', { day: weekday(opening.opensDay), time })
    }
    case 'unknown':
      return ''
  }
}

/** 0 is Monday; 1970-01-05 was one. */
function weekday(at: number): string {
  const format = new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' })
  return format.format(Date.UTC(1970, 0, 5 + at))
}

/** Fields that say the same to a reader go by one name. */
const LABELS = {
  orgName: 'org',
  orgId: 'org',
  country: 'area',
  adm1: 'area',
  adm2: 'area',
  place: 'area',
  coverage: 'area',
  location: 'area',
  hoursNote: 'hours',
  timeZone: 'hours',
  documentsText: 'documents',
  costText: 'cost',
} as const satisfies Partial<Record<Field, string>>

export function fieldName(field: Field): string {
  const label = field in LABELS ? LABELS[field as keyof typeof LABELS] : field
  return t(`directory.field.${label}` as Key)
}

const DATES: ReadonlySet<Field> = new Set(['verifiedOn', 'reviewBy', 'endsOn'])
const CODES: ReadonlySet<Field> = new Set([
  'status',
  'visibility',
  'coverage',
  'interpretation',
  'serves',
  'documents',
  'cost',
  'access',
  'accessibility',
  'referralNeeded',
  'femaleStaff',
  'childrenWelcome',
  'gbvTrained',
  'verifiedMethod',
])
const CONTACTS: ReadonlySet<Field> = new Set([
  'phone',
  'tollfree',
  'whatsapp',
  'sms',
  'telegram',
  'email',
  'web',
])

export function inAList(values: string[]): string {
  return new Intl.ListFormat(locale(), { type: 'unit' }).format(values.map(isolate))
}

export function valueInWords(field: Field, value: string): string {
  const parts = value.split('; ')
  if (field === 'categories') return inAList(parts.map((kind) => kindName(kind as Category)))
  if (field === 'languages') return inAList(parts.map(languageName))
  if (CODES.has(field)) return inAList(parts.map(codeName))
  if (DATES.has(field)) return day(value, 'year')
  return CONTACTS.has(field) ? inAList(parts) : value
}

const SAME: Readonly<Record<string, Key>> = {
  temporarily_closed: 'directory.state.closedForNow',
  closed: 'directory.state.closed',
  draft: 'directory.state.draft',
  staff_only: 'directory.state.notPublic',
  whatsapp: 'directory.field.whatsapp',
  sms: 'directory.field.sms',
  email: 'directory.field.email',
  web: 'directory.field.web',
}

export function codeName(code: string): string {
  const same = Object.hasOwn(SAME, code) ? SAME[code] : undefined
  if (same !== undefined) return t(same)
  const known = named('directory.value', code)
  return known === `directory.value.${code}` ? code : known
}

export function dateAndTime(at: number): string {
  const format = new Intl.DateTimeFormat(locale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  return isolate(format.format(at))
}

/** Why nothing was done, and what to do. */
export function whyNot(outcome: NotDone): string {
  switch (outcome.kind) {
    case 'clash':
    case 'wouldShow':
      return t(`directory.not.${outcome.kind}`, {
        services: new Intl.ListFormat(language.value).format(outcome.services),
      })
    case 'ended':
      return t('directory.not.ended', { day: day(outcome.endsOn, 'year') })
    case 'unknownPack':
    case 'unknownService':
      return t('directory.not.gone')
    case 'wrongDate':
      return t('refused.invalid')
    default:
      return t(`directory.not.${outcome.kind}`)
  }
}

/** "checked: clinic-1" as it is kept with an edition; what an import says of itself stays as it is. */
export function aboutInWords(about: string): string {
  const [, what = '', of = ''] = /^(checked|correction|back to):? (.+)$/u.exec(about) ?? []
  if (what === 'checked') return t('directory.about.checked', { id: of })
  if (what === 'correction') return t('directory.about.correction', { id: of })
  return what === '' ? isolate(about) : t('directory.about.back', { n: of })
}
