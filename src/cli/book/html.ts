import type { Locale } from '../../conversation/locale.ts'
import type { Message } from '../../conversation/message.ts'
import { type ReviewState, reviewStateOf, sectionOfText, SECTIONS } from '../../locale-review.ts'
import { type Row, rowsOf } from '../locales/rows.ts'
import type { Shown } from './shown.ts'
import { STYLE } from './style.ts'

/** The book as one page of HTML that needs nothing else: to be read on a screen, printed, signed and sent back. */
export interface Book {
  first: Locale
  locale: Locale
  shown: readonly Shown[]
  /** ISO date. */
  on: string
}

export function bookOf({ first, locale, shown, on }: Book): string {
  const flows = Map.groupBy(shown, ({ key }) => key.slice(0, key.indexOf('.')))
  const chapters = [...flows].map(([flow, pages]) => chapter(flow, pages, locale)).join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Words for review, ${safe(locale.tag)}</title>
<style>${STYLE}</style>
</head>
<body>
${cover(locale, on, shown.length)}
${chapters}
${others(first, locale)}
${typed(locale)}
</body>
</html>
`
}

function cover(locale: Locale, on: string, pages: number): string {
  const states = SECTIONS.map(
    (section) => `<tr><th>${section}</th><td>${stateText(reviewStateOf(locale, section))}</td></tr>`,
  )
  return `<header>
<h1>Words for review: <span lang="${locale.tag}" dir="${locale.direction}">${safe(locale.name)}</span></h1>
<p>${pages} pages as they look on a phone, beside the English, as they stood on ${on}. Tick what is right. Write what should
be said instead. Read each page as somebody who is frightened, on a phone that somebody else may see: the first line stands
on a locked screen.</p>
<p>In the examples, places and numbers are of a country that does not exist.</p>
<table class="states"><tr><th>Section</th><th>State</th></tr>${states.join('')}</table>
<p class="sign">Reviewed by (role, organisation): <span class="line"></span> Date: <span class="line short"></span></p>
</header>`
}

function chapter(flow: string, pages: readonly Shown[], locale: Locale): string {
  const section = sectionOfText(`pages.${pages[0]?.key ?? ''}.text`)
  return `<section><h2>${safe(flow)} <small>section ${section}: ${stateText(reviewStateOf(locale, section))}</small></h2>
${pages.map((page) => entry(page, locale)).join('')}</section>`
}

function entry({ key, look, english, own }: Shown, { tag, direction }: Locale): string {
  return `<article>
<h3>${safe(key)}${look === 'telegram' ? ' <small>on Telegram</small>' : ''}</h3>
<div class="phone" lang="en">${message(english)}</div>
<div class="phone" lang="${tag}" dir="${direction}">${message(own)}</div>
${BOXES}
</article>`
}

function message({ text, choices, layout, listLabel, placeLabel }: Message): string {
  const items = choices.map(({ label }) => `<li>${safe(label)}</li>`).join('')
  const opens = layout === 'list' ? `<p class="opens">☰ ${safe(listLabel ?? '')}</p>` : ''
  const place = placeLabel === undefined ? '' : `<p class="opens">⌖ ${safe(placeLabel)}</p>`
  const list = layout === 'none' || items === '' ? '' : `<ul class="${layout}">${items}</ul>`
  return `<p class="bubble">${safe(text)}</p>${place}${opens}${list}`
}

/** What is on no page by itself: parts of messages, titles in the search. */
function others(first: Locale, locale: Locale): string {
  const rows = rowsOf(first, locale).filter(({ key }) => !/^(?:pages|choices)\./u.test(key))
  return `<section><h2>Parts of messages, and the search</h2><table class="parts">
<tr><th>Key</th><th>English</th><th>${safe(locale.name)}</th><th>Right</th><th>Instead</th></tr>
${rows.map((row) => part(row, locale)).join('\n')}
</table></section>`
}

function part({ key, context, english, text }: Row, { tag, direction }: Locale): string {
  return `<tr><td><code>${safe(key)}</code><br><small>${safe(context)}</small></td><td>${safe(english)}</td><td lang="${tag}" dir="${direction}">${safe(text)}</td><td class="box">☐</td><td class="wide"></td></tr>`
}

/** The three words that everybody is taught, and the lines of the cover. */
function typed({ tag, direction, words, cover: lines }: Locale): string {
  const { exit, wipe, comeBack } = words.taught
  const taught = [
    ['leaves at once', exit],
    ['erases everything, after one question', wipe],
    ['opens the chat again from under the cover', comeBack],
  ].map(([does, word]) => row(does ?? '', word ?? ''))
  const covers = lines.lines.map((line) => row('a line of the cover', line))
  function row(what: string, text: string): string {
    return `<tr><td>${safe(what)}</td><td lang="${tag}" dir="${direction}">${safe(text)}</td><td class="box">☐</td><td class="wide"></td></tr>`
  }
  return `<section><h2>Words that are taught, and the cover</h2><table class="parts">
<tr><th>What it does</th><th>Words</th><th>Right</th><th>Instead</th></tr>
${[...taught, ...covers].join('\n')}
</table></section>`
}

const BOXES = `<div class="boxes">
<p>☐ as it should be</p>
<p>☐ say instead:</p>
<div class="lines"></div>
<p>Initials: <span class="line short"></span></p>
</div>`

function stateText(state: ReviewState): string {
  return { drafted: 'draft', changed: 'changed since its review', reviewed: 'reviewed' }[state]
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function safe(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (mark) => MARKS[mark] ?? '')
}
