import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine } from '../conversation/create-engine.ts'
import type { Engine } from '../conversation/engine.ts'
import type { Locales } from '../conversation/locale.ts'
import { createDirectory } from '../directory/create-directory.ts'
import { loadPack } from '../directory/pack/load-pack.ts'
import type { Pack } from '../directory/pack/pack.ts'
import { StartRefused } from '../errors.ts'
import { keptLexicon } from '../kept-lexicon.ts'
import { loadLocales } from '../load-locales.ts'

/** The folder of the checkout, and the conversation built from what lies in it by the same loaders as the service's. */
export const HOUSE = join(import.meta.dirname, '../..')

/** What the service keeps when nothing else is set. */
export const IDLE_HOURS = 24
export const CASE_DAYS = 7
/** The others are drafts; `--lang` names one to try it. */
export const LANGUAGE = 'en'

export interface EngineWish {
  packs: readonly Pack[]
  entrance: 'open' | 'covered'
  /** Served first, and already chosen; otherwise the person is asked where several are served. */
  language?: string
}

export function languages(wanted: readonly string[] = []): Locales {
  const { locales, faults } = loadLocales(join(HOUSE, 'locales'), wanted)
  if (faults.length === 0) return locales
  throw new StartRefused(
    'locales.faulty',
    faults.map(({ file, problem, remedy }) => `${file} ${problem}. ${remedy}`),
  )
}

/** As their folders have them. */
export function packsOf(names: readonly string[]): Pack[] {
  return names.map((name) => {
    const loaded = loadPack(join(HOUSE, 'packs', name))
    if ('pack' in loaded && loaded.problems.length === 0) return loaded.pack
    throw new StartRefused(
      'packs.noneLive',
      loaded.problems.map(({ file, problem, remedy }) => `packs/${name}/${file} ${problem}. ${remedy}`),
    )
  })
}

export function engineOf({ packs, entrance, language }: EngineWish): Engine {
  const tags = readdirSync(join(HOUSE, 'locales'))
  if (language !== undefined && !tags.includes(language))
    throw new StartRefused('locales.faulty', [
      `There is no language ${language}. There are: ${tags.join(', ')}.`,
    ])
  const locales = languages([...new Set([language ?? LANGUAGE, LANGUAGE])])
  const engine = createEngine({
    locales,
    lexicon: keptLexicon(locales),
    directory: createDirectory(packs),
    entrance,
    idleHours: IDLE_HOURS,
    caseDays: CASE_DAYS,
  })
  if (language === undefined) return engine
  return {
    ...engine,
    fresh(look) {
      const fresh = engine.fresh(look)
      return { ...fresh, context: { ...fresh.context, language, languageChosen: true } }
    },
  }
}
