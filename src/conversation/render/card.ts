import type { Opening } from '../../directory/directory.ts'
import type { Words } from './phrases.ts'
import type { Sources } from './values.ts'

/** The card of one place or line: only what is known, most useful first. */
export function cardText(sources: Sources): string {
  const { words, directory, context, now } = sources
  const card = directory.card(context.pack, context.service, context.language, now)
  if (card === undefined) return words('phrases.gone')
  const lines = [
    words('phrases.cardIntro'),
    '',
    card.name,
    card.summary,
    ...when(card.runBy !== '', () => words('phrases.runBy', { name: card.runBy })),
    ...when(card.mandatoryReporting !== '', () =>
      words('phrases.mandatory', { note: card.mandatoryReporting }),
    ),
    '',
    openingText(card.opening, words, context.language),
    ...when(card.hoursText !== '' && card.opening.kind !== 'always', () =>
      words('phrases.hours', { hours: card.hoursText }),
    ),
    ...card.phones.map((number) => words('phrases.phone', { number })),
    ...card.whatsapp.map((number) => words('phrases.whatsapp', { number })),
    ...card.sms.map((number) => words('phrases.sms', { number })),
    ...card.telegram.map((number) => words('phrases.telegram', { number })),
    ...card.emails.map((address) => words('phrases.email', { address })),
    ...card.websites.map((address) => words('phrases.web', { address })),
    ...when(card.address !== '', () => words('phrases.address', { address: card.address })),
    ...when(card.areaName !== '', () => words('phrases.area', { area: card.areaName })),
    ...when(card.cost === 'free', () => words('phrases.free')),
    ...when(card.documents === 'none', () => words('phrases.noPapers')),
    ...when(card.referralNeeded, () => words('phrases.referral')),
    ...when(card.femaleStaff, () => words('phrases.femaleStaff')),
    ...when(card.stepFree, () => words('phrases.stepFree')),
    ...when(card.childrenWelcome, () => words('phrases.children')),
    ...agesOf(sources),
    ...when(card.safetyNote !== '', () => words('phrases.safetyNote', { note: card.safetyNote })),
    ...when(card.checkedOn !== '', () =>
      words('phrases.checked', { date: dateText(card.checkedOn, context.language) }),
    ),
  ]
  return lines.join('\n')
}

/** Whom it takes, where the row says an age. */
function agesOf({ words, directory, context, now }: Sources): string[] {
  return directory
    .reasons(context.pack, context.service, {}, now)
    .flatMap((reason) => (reason.kind === 'ages' ? [agesText(reason, words)] : []))
}

export function agesText({ from, to }: { from: number; to: number | undefined }, words: Words): string {
  return words('phrases.ages', { ages: to === undefined ? `${from}+` : `${from}-${to}` })
}

const when = (condition: boolean, line: () => string): string[] => (condition ? [line()] : [])

/** Open or closed is only said when it is sure. Days by Intl in the person's language; times stay in ASCII digits. */
export function openingText(opening: Opening, words: Words, language: string): string {
  switch (opening.kind) {
    case 'always':
      return words('phrases.openAlways')
    case 'open':
      return words('phrases.openUntil', { time: opening.until })
    case 'closed':
      if (opening.today) return words('phrases.opensToday', { time: opening.opensAt })
      if (opening.tomorrow) return words('phrases.opensTomorrow', { time: opening.opensAt })
      return words('phrases.opensOn', { day: dayName(opening.opensDay, language), time: opening.opensAt })
    case 'unknown':
      return words(opening.holiday ? 'phrases.holiday' : 'phrases.hoursUnknown')
  }
}

const days = new Map<string, Intl.DateTimeFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

/** 0 is Monday; 1970-01-05 was one. */
export function dayName(day: number, language: string): string {
  const format = remembered(
    days,
    language,
    () => new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }),
  )
  return format.format(Date.UTC(1970, 0, 5 + day))
}

function dateText(iso: string, language: string): string {
  const format = remembered(
    dates,
    language,
    () =>
      new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      }),
  )
  const [year = 1970, month = 1, day = 1] = iso.split('-').map(Number)
  return format.format(Date.UTC(year, month - 1, day))
}

function remembered<T>(store: Map<string, T>, key: string, make: () => T): T {
  const known = store.get(key)
  if (known !== undefined) return known
  const made = make()
  store.set(key, made)
  return made
}
