import type { Instant } from '../../operations/environment.ts'
import { needsHolidays } from '../hours/desk-hours.ts'
import { daysAfter, LONGEST_CHECK_DAYS } from './due.ts'
import { isFresh, isHealth, isHotline, isInDate, isLive, todayIn } from './freshness.ts'
import { knowsYear } from '../hours/holidays.ts'
import { parseHours } from '../hours/opening-hours.ts'
import type { Pack, Problem } from '../pack/pack.ts'
import { isNumberAsPage, isPersonalMailbox, personalIn } from './personal-data.ts'
import { holdsRole } from './role-words.ts'
import type { Service } from '../service.ts'
import { TEXT_COLUMNS } from '../pack/service-columns.ts'

/**
 * What a pack's keeper must mend although it can be read, and what is only worth knowing: `lantern check` prints both,
 * and fails on the first kind. What cannot be read at all `loadPack` has said already. `isServed` is false for a table in
 * whose place an edition is served.
 */
export function checkPack(pack: Pack, now: Instant, { isServed = true } = {}): Problem[] {
  const today = todayIn(pack, now)
  return [
    ...pack.services.flatMap((service) => [...checkService(service, pack), ...checkUntil(service, pack)]),
    ...checkHolidays(pack, today),
    ...checkCountry(pack),
    ...(isServed ? checkLive(pack, today) : []),
  ]
}

export function checkService(service: Service, pack: Pack): Problem[] {
  return [
    ...checkHours(service),
    ...checkTexts(service),
    ...checkOrg(service),
    ...checkNumbers(service, pack),
  ]
}

/**
 * A number that nobody dials again is shown until long after it is dead. Only who brings a list in is told: a correction of
 * what is live already must not wait for it.
 */
export function checkUntil(service: Service, { fictional }: Pack): Problem[] {
  const { status, verified, reviewBy } = service
  if (fictional || status === 'draft' || status === 'closed' || verified.on === '') return []
  const latest = daysAfter(verified.on, LONGEST_CHECK_DAYS)
  if (reviewBy <= latest) return []
  return [
    at(
      service,
      'review_by',
      `is more than ${LONGEST_CHECK_DAYS} days after verified_on`,
      `Write ${latest} or an earlier day, and call again by then.`,
    ),
  ]
}

const SOON_DAYS = 30

/** What is withheld today, what will be soon, and that a country is invented. */
export function packNotes(pack: Pack, now: Instant): Problem[] {
  const today = todayIn(pack, now)
  const soon = todayIn(pack, now + SOON_DAYS * 86_400_000)
  const notes = pack.services.flatMap((service): Problem[] => {
    if (service.status === 'closed' || service.status === 'draft') return []
    if (service.status === 'temporarily_closed')
      return [
        at(service, 'status', 'says that it is closed for now, so it is not shown', 'Ask when it opens.'),
      ]
    if (!isInDate(service, today)) {
      const field = today > service.reviewBy ? 'review_by' : 'ends_on'
      return [at(service, field, 'has passed, so the service is not shown', 'Call it, then set new dates.')]
    }
    if (isInDate(service, soon)) return []
    return [at(service, 'review_by', `or ends_on passes within ${SOON_DAYS} days`, 'Call it in good time.')]
  })
  if (pack.fictional)
    notes.push({
      file: 'pack.json',
      field: 'fictional',
      problem: 'is true: this country is invented',
      remedy: 'Use a pack of your own before anybody is served.',
    })
  return notes
}

function at({ source }: Service, field: string, problem: string, remedy: string): Problem {
  return { file: source.file, row: source.row, field, problem, remedy }
}

function notations({ hours, contacts }: Service): { field: string; osm: string }[] {
  const phone = contacts.find((one) => one.hours !== undefined)?.hours?.osm
  return [
    ...(typeof hours?.osm === 'string' ? [{ field: 'hours', osm: hours.osm }] : []),
    ...(typeof phone === 'string' ? [{ field: 'phone_hours', osm: phone }] : []),
  ]
}

function checkHours(service: Service): Problem[] {
  return notations(service).flatMap(({ field, osm }) => {
    const parsed = parseHours(osm)
    if ('hours' in parsed) return []
    return [at(service, field, parsed.problem, 'Write it like Mo-Fr 08:00-16:00; PH off, or leave it empty.')]
  })
}

/** A list without any date is `loadPack`'s to report. */
function checkHolidays({ services, holidays, desk }: Pack, today: string): Problem[] {
  const year = today.slice(0, 4)
  if (holidays.dates.size === 0 || knowsYear(holidays, year)) return []
  const touched = services.filter((service) => notations(service).some(({ osm }) => osm.includes('PH')))
  const costs = [
    ...(touched.length === 0 ? [] : [`the hours of ${touched.length} services are shown as not known`]),
    ...(needsHolidays(desk) ? ['nobody is told when the desk is back'] : []),
  ]
  return costs.map((cost) => ({
    file: 'holidays.csv',
    problem: `has no dates in ${year}, so ${cost}`,
    remedy: `Add the public holidays of ${year}.`,
  }))
}

function checkTexts(service: Service): Problem[] {
  return Object.entries(TEXT_COLUMNS).flatMap(([field, stem]) => {
    const [first = '', second] = field.split('.')
    const outer: unknown = Object.entries(service).find(([name]) => name === first)?.[1]
    const texts: unknown =
      second === undefined || typeof outer !== 'object' || outer === null
        ? outer
        : Object.entries(outer).find(([name]) => name === second)?.[1]
    if (typeof texts !== 'object' || texts === null) return []
    return Object.entries(texts).flatMap(([tag, text]) => {
      const found = personalIn(String(text))
      if (found === undefined) return []
      return [at(service, `${stem}_${tag}`, `seems to hold ${found}`, 'Take it out; write a role instead.')]
    })
  })
}

/** Foundations are named after people. */
function checkOrg(service: Service): Problem[] {
  const found = personalIn(service.orgName)
  if (found === undefined || (found === "a person's name" && holdsRole(service.orgName))) return []
  return [at(service, 'org', `seems to hold ${found}`, 'Write the name of the organisation only.')]
}

function checkNumbers(service: Service, pack: Pack): Problem[] {
  const problems: Problem[] = []
  if (personalIn(service.verified.by) !== undefined)
    problems.push(
      at(service, 'verified_by', 'seems to be a person', 'Write a role, such as "GBV coordinator".'),
    )
  const names = [service.orgName, ...Object.values(service.name)].join(' ')
  for (const { kind, value } of service.contacts) {
    if (kind === 'email' && isPersonalMailbox(value, names))
      problems.push(at(service, 'email', "seems to be a person's mailbox", 'Use the mailbox of a role.'))
    if (kind === 'web' && isNumberAsPage(value))
      problems.push(at(service, 'website', 'is a number written as a page', 'Write it as a phone number.'))
    if (kind === 'email' || kind === 'web' || kind === 'telegram') continue
    if (pack.fictional !== isUndiallable(value))
      problems.push(
        pack.fictional
          ? at(service, kind, 'could be dialled, but the country is invented', 'Begin it with +999 or 000.')
          : at(service, kind, 'cannot be dialled', 'Write the number of the service.'),
      )
  }
  return problems
}

/** +999 is assigned to no country, and no country's numbers begin with 000 but Australia's emergency line. */
function isUndiallable(number: string): boolean {
  return /^(?:\+?000|\+999)/u.test(number.replace(/\D(?<!\+)/gu, '')) && number !== '000'
}

/** Codes that ISO 3166-1 leaves to users; Kosovo really has XK. */
function checkCountry({ country, fictional }: Pack): Problem[] {
  const isFree = /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/u.test(country) && country !== 'XK'
  if (isFree === fictional) return []
  const field = 'country'
  return [
    fictional
      ? {
          file: 'pack.json',
          field,
          problem: 'is the code of a real country, but the pack is fictional',
          remedy: 'Use a code from XA to XZ.',
        }
      : {
          file: 'pack.json',
          field,
          problem: 'is the code of no country',
          remedy: 'Use the ISO 3166 code of the country, or mark the pack as fictional.',
        },
  ]
}

function checkLive({ services }: Pack, today: string): Problem[] {
  const fresh = services.filter((service) => isFresh(service, today))
  if (isLive(fresh)) return []
  const missing = [
    ...(fresh.some(isHealth) ? [] : ['health service']),
    ...(fresh.some(isHotline) ? [] : ['hotline with a number']),
  ]
  return [
    {
      file: 'services.csv',
      problem: `has no fresh ${missing.join(' and no fresh ')}, so the pack is not served`,
      remedy: 'Check by phone, then set verified_on and review_by.',
    },
  ]
}
