import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '../../conversation/locale.ts'
import { loadLocales } from '../../load-locales.ts'
import { audioFolder, digestOf, HEARD_FILE, heardIn, loadVoices, spokenPages } from '../../load-voices.ts'
import type { AudioWish } from '../locales.ts'
import { noLanguage } from './no-language.ts'
import { writeSource } from './write-source.ts'

/** Lists what is to be read aloud in a language and how far it is; or notes that somebody has listened to what is there. */
export function audio({ lang, heard }: AudioWish, folder: string): number {
  const { locales } = loadLocales(folder)
  const locale = locales.get(lang)
  if (locale === undefined) return noLanguage(lang, locales)
  return heard ? note(locale, folder) : list(locale, folder)
}

function list(locale: Locale, folder: string): number {
  const { voices, faults } = loadVoices(folder, new Map([[locale.tag, locale]]))
  const sent = voices.pages.get(locale.tag) ?? new Set<string>()
  const said = heardIn(audioFolder(folder, locale.tag)) ?? {}
  const spoken = [...spokenPages(locale)]
  for (const [page, words] of spoken) {
    const state = !sent.has(page) ? 'to record' : said[page] === undefined ? 'not listened to' : 'recorded'
    console.log(`${page}.ogg  ${state}\n  ${words.replaceAll('\n', '\n  ')}`)
  }
  for (const { file, problem, remedy } of faults) console.error(`${file} ${problem}. ${remedy}`)
  console.log(
    `\n${sent.size} of ${spoken.length} pages are recorded. Read each one as it stands, calmly, and save it as Ogg Opus, mono, in locales/${locale.tag}/audio/. The other pages change with each person and are not read aloud.`,
  )
  return faults.length === 0 ? 0 : 1
}

/** Only what is there and can be played: whoever says so has heard it. */
function note(locale: Locale, folder: string): number {
  const place = audioFolder(folder, locale.tag)
  const spoken = spokenPages(locale)
  const files = existsSync(place) ? readdirSync(place) : []
  const pages = files.flatMap((name) => {
    const page = name.replace(/\.ogg$/u, '')
    const words = spoken.get(page)
    return name.endsWith('.ogg') && words !== undefined ? [[page, digestOf(words)] as const] : []
  })
  if (pages.length === 0) {
    console.error(`locales/${locale.tag}/audio holds no recording of a page.`)
    return 1
  }
  if (!writeSource(join(place, HEARD_FILE), `${JSON.stringify(Object.fromEntries(pages), null, 2)}\n`))
    return 1
  console.log(`${locale.tag}: ${pages.length} recordings say what their pages say today.`)
  return 0
}
