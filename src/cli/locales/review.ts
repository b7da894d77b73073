import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale, Review } from '../../conversation/locale.ts'
import { loadLocales } from '../../load-locales.ts'
import { digestOf, type ReviewState, reviewStateOf, SECTIONS } from '../../locale-review.ts'
import type { ReviewWish } from '../locales.ts'
import { noLanguage } from './no-language.ts'
import { writeSource } from './write-source.ts'

/** Shows what of each language is reviewed, or writes that a section is, as its words stand today. */
export function review(wish: ReviewWish, folder: string): number {
  const { locales, faults } = loadLocales(folder)
  for (const { file, problem, remedy } of faults) console.error(`${file} ${problem}. ${remedy}`)
  if (wish.kind === 'list') {
    for (const locale of locales.values()) console.log(linesOf(locale).join('\n'))
    return faults.length === 0 ? 0 : 1
  }
  const locale = locales.get(wish.lang)
  if (locale === undefined) return noLanguage(wish.lang, locales)
  const path = join(folder, wish.lang, 'locale.json')
  const done = { by: wish.by, on: new Date().toISOString().slice(0, 10), of: digestOf(locale, wish.section) }
  const reviews = Object.fromEntries(
    SECTIONS.flatMap((section) => {
      const one = section === wish.section ? done : locale.review[section]
      return one === undefined ? [] : [[section, one]]
    }),
  )
  if (!writeSource(path, withReview(readFileSync(path, 'utf8'), reviews))) return 1
  console.log(`${wish.lang}: ${wish.section} is reviewed by ${wish.by}, as the words stand today.`)
  return 0
}

const SHOWN: Readonly<Record<ReviewState, string>> = {
  drafted: 'drafted, nobody has reviewed it',
  changed: 'its words changed after the review',
  reviewed: 'reviewed',
}

function linesOf(locale: Locale): string[] {
  return [
    `${locale.tag}  ${locale.name}`,
    ...SECTIONS.map((section) => {
      const done = locale.review[section]
      const who = done === undefined ? '' : ` (${done.by}, ${done.on})`
      return `  ${section.padEnd(8)}${SHOWN[reviewStateOf(locale, section)]}${who}`
    }),
  ]
}

/** The file with another review; everything else stays as it was written. */
function withReview(source: string, reviews: Review): string {
  const start = source.indexOf('"review":')
  if (start < 0) throw new Error('locale.json has no "review"')
  const text = JSON.stringify(reviews, null, 2).replaceAll('\n', '\n  ')
  return `${source.slice(0, start)}"review": ${text}\n}\n`
}
