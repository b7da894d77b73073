import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDirectory } from '../directory/create-directory.ts'
import type { Pack } from '../directory/pack/pack.ts'
import { StartRefused } from '../errors.ts'
import { loadLocales } from '../load-locales.ts'
import { bookOf } from './book/html.ts'
import { writePage } from './book/write-page.ts'
import { shownPages } from './book/shown.ts'
import { loadFlows } from './check/load-flows.ts'
import { HOUSE } from './house.ts'
import { livePacks } from './live-packs.ts'
import { noLanguage } from './locales/no-language.ts'

/**
 * `lantern book`: every page of a language as it looks on the phone, beside the English, with room to sign and to correct:
 * so that somebody who knows the field can review it on paper.
 */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- book --lang xx [--pack demo] --html FILE | --pdf FILE')
    return 1
  }
  const { locales } = loadLocales(join(HOUSE, 'locales'))
  const locale = locales.get(wish.lang)
  const [first] = locales.values()
  if (locale === undefined || first === undefined) return noLanguage(wish.lang, locales)
  const flows = await loadFlows()
  if (!('root' in flows)) {
    console.error(`${flows.file} ${flows.problem}. ${flows.remedy}`)
    return 1
  }
  const packs = await packsIn(wish.pack)
  if (packs === undefined) return 1
  const now = Date.now()
  const on = new Date(now).toISOString().slice(0, 10)
  const { pages } = flows
  const directory = createDirectory(packs)
  const shown = shownPages({ first, locale, pages, directory, pack: wish.pack, now })
  const html = bookOf({ first, locale, shown, on })
  if (!writePage(html, wish)) return 1
  console.log(`${shown.length} pages in ${wish.lang} are in ${wish.file}.`)
  return 0
}

async function packsIn(pack: string): Promise<Pack[] | undefined> {
  try {
    return await livePacks([pack])
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return undefined
  }
}

function wished(
  args: string[],
): { lang: string; pack: string; how: 'html' | 'pdf'; file: string } | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        lang: { type: 'string' },
        pack: { type: 'string', default: 'demo' },
        html: { type: 'string' },
        pdf: { type: 'string' },
      },
    })
    const { lang, pack, html, pdf } = values
    if (!/^[a-z0-9-]+$/u.test(pack)) return undefined
    if (lang === undefined || (html === undefined) === (pdf === undefined)) return undefined
    return { lang, pack, how: html === undefined ? 'pdf' : 'html', file: html ?? pdf ?? '' }
  } catch {
    return undefined
  }
}
