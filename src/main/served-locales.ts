import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Locales } from '../conversation/locale.ts'
import { StartRefused } from '../errors.ts'
import { loadLocales } from '../load-locales.ts'
import { unreviewedOf } from '../locale-review.ts'

/** The languages that the settings name. Rejects one that cannot be read and, in production, one that nobody answers for. */
export function servedLocales(house: string, config: Config): Locales {
  const { locales, faults } = loadLocales(join(house, 'locales'), config.languages)
  if (faults.length > 0)
    throw new StartRefused(
      'locales.faulty',
      faults.map(({ file, problem, remedy }) => `${file} ${problem}. ${remedy}`),
    )
  if (config.production) {
    const lines = unreviewedLines(locales, config.unreviewedLanguages)
    if (lines.length > 0) throw new StartRefused('locales.unreviewed', lines)
  }
  return locales
}

/** One line for each language that is not reviewed and that the operator has not answered for. */
export function unreviewedLines(locales: Locales, answeredFor: readonly string[]): string[] {
  return [...locales.values()].flatMap((locale) => {
    const missing = answeredFor.includes(locale.tag) ? [] : unreviewedOf(locale)
    return missing.length === 0
      ? []
      : [
          `LANGUAGES names ${locale.tag}, in which nobody has reviewed: ${missing.join(', ')}. Have them reviewed (lantern locales), or answer for them with UNREVIEWED_LANGUAGES=${locale.tag}.`,
        ]
  })
}

/** Served all the same, in the order served: what `lantern check` and the desk keep showing. */
export function servedUnreviewed(locales: Locales): string[] {
  return [...locales.values()].filter((locale) => unreviewedOf(locale).length > 0).map(({ tag }) => tag)
}
