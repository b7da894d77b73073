import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Locale, Review } from '../conversation/locale.ts'
import { loadLocales } from '../load-locales.ts'
import { digestOf, type ReviewState, reviewStateOf, type Section, SECTIONS } from '../locale-review.ts'
import { HOUSE } from './house.ts'

/**
 * `lantern locales`: which parts of each language are reviewed, by whom and when; `lantern locales review` writes that
 * one is. A review is of the words as they stand: when one changes, its part has to be reviewed again.
 */
export function run(args: string[], folder = join(HOUSE, 'locales')): Promise<number> {
  const wish = wished(args)
  const { locales, faults } = loadLocales(folder)
  if (wish === undefined) {
    console.error(USAGE)
    return Promise.resolve(1)
  }
  for (const { file, problem, remedy } of faults) console.error(`${file} ${problem}. ${remedy}`)
  if (wish.kind === 'list') {
    for (const locale of locales.values()) console.log(linesOf(locale).join('\n'))
    return Promise.resolve(faults.length === 0 ? 0 : 1)
  }
  const locale = locales.get(wish.lang)
  if (locale === undefined) {
    console.error(`There is no language ${wish.lang}. There are: ${[...locales.keys()].join(', ')}.`)
    return Promise.resolve(1)
  }
  const path = join(folder, wish.lang, 'locale.json')
  const done = { by: wish.by, on: new Date().toISOString().slice(0, 10), of: digestOf(locale, wish.section) }
  const review = Object.fromEntries(
    SECTIONS.flatMap((section) => {
      const one = section === wish.section ? done : locale.review[section]
      return one === undefined ? [] : [[section, one]]
    }),
  )
  writeFileSync(path, withReview(readFileSync(path, 'utf8'), review))
  console.log(`${wish.lang}: ${wish.section} is reviewed by ${wish.by}, as the words stand today.`)
  return Promise.resolve(0)
}

const USAGE = `Usage: npm run -s lantern -- locales
       npm run -s lantern -- locales review --lang xx --section ${SECTIONS.join('|')} --by "ROLE, ORGANISATION"`

type Wish = { kind: 'list' } | { kind: 'review'; lang: string; section: Section; by: string }

function wished(args: string[]): Wish | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { lang: { type: 'string' }, section: { type: 'string' }, by: { type: 'string' } },
      allowPositionals: true,
    })
    const [command, ...rest] = positionals
    if (rest.length > 0) return undefined
    if (command === undefined) return Object.keys(values).length === 0 ? { kind: 'list' } : undefined
    const section = SECTIONS.find((one) => one === values.section)
    const by = values.by?.trim() ?? ''
    if (command !== 'review' || values.lang === undefined || section === undefined || by === '')
      return undefined
    return { kind: 'review', lang: values.lang, section, by }
  } catch {
    return undefined
  }
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
function withReview(source: string, review: Review): string {
  const start = source.indexOf('"review":')
  if (start < 0) throw new Error('locale.json has no "review"')
  const text = JSON.stringify(review, null, 2).replaceAll('\n', '\n  ')
  return `${source.slice(0, start)}"review": ${text}\n}\n`
}
