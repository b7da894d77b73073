import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createPhrases } from '../../conversation/render/phrases.ts'
import { createDirectory } from '../../directory/create-directory.ts'
import { loadLocales } from '../../load-locales.ts'
import { writePage } from '../book/write-page.ts'
import { HOUSE } from '../house.ts'
import { noLanguage } from '../locales/no-language.ts'
import { areaCard } from './cards/area-card.ts'
import { cardsPage } from './cards/html.ts'
import { type ServedPack, servedPack } from './served-pack.ts'

/**
 * `lantern services cards`: one sheet of paper for each area, for people who must not keep a chat: numbers to call and the
 * nearest places, folded small, with nothing outside that says what it is for.
 */
export async function run(args: string[], served: ServedPack = servedPack): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(
      'Usage: npm run -s lantern -- services cards --pack ID --lang xx [--area A] --html FILE | --pdf FILE',
    )
    return 1
  }
  const { locales } = loadLocales(join(HOUSE, 'locales'))
  const locale = locales.get(wish.lang)
  if (locale === undefined) return noLanguage(wish.lang, locales)
  const pack = await served(wish.pack)
  if (pack === undefined) return 1
  const directory = createDirectory([pack])
  const area = wish.area === undefined ? undefined : areaOf(wish.area)
  if (wish.area !== undefined && area === undefined) {
    const known = pack.areas.map(({ id }) => `${id} (${directory.areaName(pack.id, id, wish.lang)})`)
    console.error(`There is no area ${wish.area}. There are: ${known.join(', ')}.`)
    return 1
  }
  const now = Date.now()
  const language = wish.lang
  const cards = (area === undefined ? directory.areas(pack.id) : [area]).map((one) =>
    areaCard({ directory, pack: pack.id, area: one, language, now }),
  )
  const words = createPhrases(locales).of(language)
  const html = cardsPage({ cards, language, direction: locale.direction, words })
  if (!writePage(html, wish)) return 1
  const many = cards.length === 1 ? '1 sheet is' : `${cards.length} sheets are`
  console.log(`${many} in ${wish.file}, in ${language}. Fold each three times, with the print outside.`)
  return 0

  function areaOf(name: string): string | undefined {
    const isId = pack?.areas.some(({ id }) => id === name) === true
    return isId ? name : directory.areaNamed(wish?.pack ?? '', name)
  }
}

interface Wish {
  pack: string
  lang: string
  area: string | undefined
  how: 'html' | 'pdf'
  file: string
}

function wished(args: string[]): Wish | undefined {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args,
      options: { pack: text, lang: text, area: text, html: text, pdf: text },
    })
    const { pack, lang, area, html, pdf } = values
    if (pack === undefined || lang === undefined || (html === undefined) === (pdf === undefined))
      return undefined
    return { pack, lang, area, how: html === undefined ? 'pdf' : 'html', file: html ?? pdf ?? '' }
  } catch {
    return undefined
  }
}
