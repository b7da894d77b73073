import type { Words } from '../../../conversation/render/phrases.ts'
import type { Hotline } from '../../../directory/directory.ts'
import type { AreaCard, PlaceOnCard } from './area-card.ts'
import { STYLE } from './style.ts'

/**
 * The papers as one page of HTML that needs nothing else: an A4 sheet for each area, which is folded three times to the size
 * of a wallet. The two panels of the first row are then outside: they hold the name of the area and the emergency number,
 * and say nothing of what the paper is about.
 */
export interface CardsPage {
  cards: readonly AreaCard[]
  language: string
  direction: 'ltr' | 'rtl'
  words: Words
}

export function cardsPage({ cards, language, direction, words }: CardsPage): string {
  const title = cards.map(({ area }) => area).join(', ')
  return `<!doctype html>
<html lang="${safe(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${cards.map((card) => sheet(card, words, language)).join('\n')}
</body>
</html>
`
}

function sheet(card: AreaCard, words: Words, language: string): string {
  const { area, emergency, hotlines, places, checkedOn } = card
  const inside = [
    ...(hotlines.length === 0 ? [] : [`<section class="${sizeOf(hotlines)}">${lines(card)}</section>`]),
    ...places.map((place) => `<section class="${sizeOf([place])}">${panel(place, words)}</section>`),
  ]
  return `<main>
<section class="outside"><h1>${own(area)}</h1></section>
<section class="outside">
${emergency === undefined ? `<p class="emergency">${safe(words('phrases.emergencyNone'))}</p>` : withBig(words('phrases.emergency', { number: MARK }), emergency)}
${checkedOn === undefined ? '' : `<p class="small">${safe(words('phrases.checked', { date: dateText(checkedOn, language) }))}</p>`}
</section>
${inside.join('\n')}
</main>`
}

/** A panel with little in it is written larger. */
const ROOMY = { name: 34, hours: 70, address: 60 }

function sizeOf(entries: readonly (Hotline | PlaceOnCard)[]): 'roomy' | 'dense' {
  const isRoomy = entries.every((entry) => {
    const { hours, address, mandatoryReporting } =
      'number' in entry ? { ...entry, address: '', mandatoryReporting: '' } : { ...NOTHING, ...entry.more }
    return (
      entry.name.length <= ROOMY.name &&
      hours.length <= ROOMY.hours &&
      address.length <= ROOMY.address &&
      mandatoryReporting === '' &&
      ('number' in entry || entry.numbers.length <= 1)
    )
  })
  return isRoomy ? 'roomy' : 'dense'
}

const NOTHING = { hours: '', address: '', mandatoryReporting: '' }

function lines({ hotlines }: AreaCard): string {
  return hotlines
    .map(
      ({ name, number: value, hours }) =>
        `<h2 class="line">${own(name)}</h2>${number(value)}${hours === '' ? '' : `<p class="one"><bdi>${times(hours)}</bdi></p>`}`,
    )
    .join('')
}

function panel({ name, numbers, more }: PlaceOnCard, words: Words): string {
  const head = `<h2>${own(name)}</h2>${numbers.map(number).join('')}`
  if (more === undefined) return head
  const { hours, address, mandatoryReporting } = more
  const notice =
    mandatoryReporting === ''
      ? ''
      : `<p class="notice">${safe(words('phrases.mandatory', { note: mandatoryReporting }))}</p>`
  const open = hours === '' ? words('phrases.hoursUnknown') : words('phrases.hours', { hours })
  const where = address === '' ? '' : `<p class="where">${safe(words('phrases.address', { address }))}</p>`
  return `${head}<p class="hours">${times(open)}</p>${where}${notice}`
}

/** Stands for the number in the phrase until the phrase is escaped. */
const MARK = '\uE000'
const ISOLATES = /[\u2066-\u2069]/gu

function withBig(text: string, value: string): string {
  const parts = text.replaceAll(ISOLATES, '').split(MARK)
  const [before = '', after = ''] = parts.map((part) => part.trim())
  const line = (part: string) => (part === '' ? '' : `<p class="emergency">${safe(part)}</p>`)
  return `${line(before)}${number(value)}${line(after)}`
}

/** Digits keep their order in every script; the country, a note or hours stand smaller behind them. */
function number(value: string): string {
  const [, before = value, more = ''] = BESIDE.exec(value) ?? []
  // The paper has marks of its own for it.
  const digits = before.replaceAll(ISOLATES, '')
  const size = digits.length > 18 ? ' longest' : digits.length > 14 ? ' long' : ''
  const beside = more === '' ? '' : ` <small>${own(more)}</small>`
  return `<p class="number${size}"><bdi dir="ltr">${safe(digits)}</bdi>${beside}</p>`
}

/** A number, and what stands behind its comma or in brackets; brackets with nothing but digits are of the number. */
const BESIDE = /^(.*?)(?:,\s*|\s(?=\((?:24\/7|[^)]*[\p{L}:])))(.+)$/u

/** Text that may be in another script than the paper. */
const own = (text: string) => `<bdi>${safe(text)}</bdi>`

/** "08:00-17:00" is never broken over two lines. */
function times(text: string): string {
  return safe(text).replaceAll(/\d{1,2}:\d{2}\s?[-–]\s?\d{1,2}:\d{2}/gu, '<span class="span">$&</span>')
}

function dateText(iso: string, language: string): string {
  const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.format(new Date(iso))
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function safe(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (mark) => MARKS[mark] ?? '')
}
