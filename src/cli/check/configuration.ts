import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../config.ts'
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
  return [
    ...missing('PACKS', 'packs', read.config.packs),
    ...missing('LANGUAGES', 'locales', read.config.languages),
  ]
}
