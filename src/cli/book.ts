import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadLocales } from '../load-locales.ts'
import { bookOf } from './book/html.ts'
import { writePage } from './book/write-page.ts'
import { shownPages } from './book/shown.ts'
import { loadFlows } from './check/load-flows.ts'
import { directoryOf, HOUSE } from './house.ts'
import { noLanguage } from './locales/no-language.ts'

/**
 * `lantern book`: every page of a language as it looks on the phone, beside the English, with room to sign and to correct:
 * so that somebody who knows the field can review it on paper.
 */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- book --lang xx --html FILE | --pdf FILE')
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
  const now = Date.now()
  const on = new Date(now).toISOString().slice(0, 10)
  const { pages } = flows
  const shown = shownPages({ first, locale, pages, directory: directoryOf(['demo']), pack: 'demo', now })
  const html = bookOf({ first, locale, shown, on })
  if (!writePage(html, wish)) return 1
  console.log(`${shown.length} pages in ${wish.lang} are in ${wish.file}.`)
  return 0
}

function wished(args: string[]): { lang: string; how: 'html' | 'pdf'; file: string } | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { lang: { type: 'string' }, html: { type: 'string' }, pdf: { type: 'string' } },
    })
    const { lang, html, pdf } = values
    if (lang === undefined || (html === undefined) === (pdf === undefined)) return undefined
    return { lang, how: html === undefined ? 'pdf' : 'html', file: html ?? pdf ?? '' }
  } catch {
    return undefined
  }
}
