import type { Locale } from '../../conversation/locale.ts'
import { LIMITS } from '../../conversation/message.ts'
import { type ReviewState, reviewStateOf, sectionOfText } from '../../locale-review.ts'
import { leavesOf, pageOfLabel, pageOfText } from '../check/leaves.ts'
import { categoriesOf, PLURAL } from '../check/locale-keys.ts'

/** One text as a translator meets it. */
export interface Row {
  /** Where it stands in messages.json: `pages.health.start.text`. Never changed by hand. */
  key: string
  /** The picture of its flow, '' where none shows it. */
  picture: string
  /** What it is and how long it may be. */
  context: string
  english: string
  text: string
  review: ReviewState
}

/** Every text of a language, in the order of the first one's file; a plural text in the forms of this language. */
export function rowsOf(first: Locale, locale: Locale): Row[] {
  const theirs = leavesOf(first.messages)
  const ours = leavesOf(locale.messages)
  const done = new Set<string>()
  const rows: Row[] = []
  const add = (key: string, english: string) =>
    rows.push({
      key,
      picture: pictureOf(key),
      context: contextOf(key),
      english,
      text: ours.get(key) ?? '',
      review: reviewStateOf(locale, sectionOfText(key)),
    })
  for (const [key, english] of theirs) {
    const base = PLURAL.exec(key)?.[1]
    if (base === undefined) add(key, english)
    else if (!done.has(base)) {
      done.add(base)
      for (const form of categoriesOf(locale.tag))
        add(`${base}_${form}`, theirs.get(`${base}_${form}`) ?? theirs.get(`${base}_other`) ?? english)
    }
  }
  return rows
}

function flowOf(key: string): string | undefined {
  return /^(?:pages|titles)\.(\w+)\./u.exec(key)?.[1]
}

function pictureOf(key: string): string {
  const flow = flowOf(key)
  return flow === undefined ? '' : `docs/flows/${flow}.svg`
}

function contextOf(key: string): string {
  const { rowLabel, buttonLabel, text } = LIMITS.whatsapp
  const label = pageOfLabel(key)
  if (label !== undefined)
    return `Choice on the page ${label.page}: at most ${rowLabel} characters, ${buttonLabel} as a button.`
  const page = pageOfText(key)
  if (page !== undefined)
    return `Page ${page}${platformOf(key)}: at most ${text} characters with what is filled in.`
  if (key.startsWith('choices.')) return `Choice on several pages: at most ${buttonLabel} characters.`
  if (key.endsWith('.title')) return `Title of a page in the search: at most ${rowLabel} characters.`
  if (key.startsWith('titles.')) return 'Words by which people look for this page; nobody sees them.'
  const form = PLURAL.exec(key)?.[2]
  return form === undefined
    ? 'Part of a message.'
    : `Part of a message, where a number asks for the form "${form}".`
}

function platformOf(key: string): string {
  if (key.endsWith('_whatsapp')) return ', on WhatsApp'
  if (key.endsWith('_telegram')) return ', on Telegram'
  return key.endsWith('_local') ? ', with a text of the country around it' : ''
}
