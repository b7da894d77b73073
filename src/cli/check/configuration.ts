import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, readConfig } from '../../config.ts'
import type { Locales } from '../../conversation/locale.ts'
import { loadLocales } from '../../load-locales.ts'
import { servedUnreviewed, unreviewedLines } from '../../main/served-locales.ts'
import type { Problem } from './problem.ts'

/** The settings as `lantern start` would read them, and whether the folders that they name are there. */
export function checkConfiguration(
  house: string,
  environment: Readonly<Record<string, string | undefined>>,
): Problem[] {
  const read = readConfig(environment)
  if ('faults' in read)
    return read.faults.map(({ variable, problem, remedy }) => ({
      file: 'settings',
      key: variable,
      problem,
      remedy,
    }))
  const missing = (key: string, folder: string, names: readonly string[]): Problem[] =>
    names
      .filter((name) => !existsSync(join(house, folder, name)))
      .map((name) => ({
        file: 'settings',
        key,
        problem: `names ${name}, and there is no folder ${folder}/${name}`,
        remedy: 'Correct the name, or add the folder.',
      }))
  const { locales } = loadLocales(
    join(house, 'locales'),
    read.config.languages.filter((tag) => existsSync(join(house, 'locales', tag))),
  )
  return [
    ...reviews(read.config, locales),
    ...missing('PACKS', 'packs', read.config.packs),
    ...missing('LANGUAGES', 'locales', read.config.languages),
  ]
}

/** What is served though nobody has reviewed it, for as long as it is; what production would refuse. */
function reviews({ production, unreviewedLanguages }: Config, locales: Locales): Problem[] {
  const answeredFor = servedUnreviewed(locales).filter((tag) => unreviewedLanguages.includes(tag))
  const add = (key: string, problem: string, remedy: string) => ({ file: 'settings', key, problem, remedy })
  return [
    ...answeredFor.map((tag) =>
      add(
        'UNREVIEWED_LANGUAGES',
        `serves ${tag}, which nobody has reviewed`,
        'Have its parts reviewed (lantern locales), then take it out of the setting.',
      ),
    ),
    ...(production ? unreviewedLines(locales, unreviewedLanguages) : []).map((line) => {
      const [problem = line, ...remedy] = line.split('. ')
      return add('LANGUAGES', problem.replace('LANGUAGES ', ''), remedy.join('. '))
    }),
  ]
}
