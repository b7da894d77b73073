import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkPack } from '../../directory/check-pack.ts'
import { loadPack } from '../../directory/load-pack.ts'
import type { Pack } from '../../directory/pack.ts'
import type { Instant } from '../../operations/environment.ts'
import type { Problem } from './problem.ts'

/** Every pack in the folder: what cannot be read, and what its keeper should mend. `published`: an edition is served instead. */
export function checkPacks(
  folder: string,
  now: Instant,
  published: (pack: string) => boolean = () => false,
): { packs: Pack[]; problems: Problem[] } {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
  const packs: Pack[] = []
  const problems: Problem[] = []
  for (const name of names) {
    const loaded = loadPack(join(folder, name))
    const found = [...loaded.problems]
    if ('pack' in loaded) {
      packs.push(loaded.pack)
      found.push(...checkPack(loaded.pack, now, { isServed: !published(name) }))
      if (loaded.pack.id !== name)
        found.push({
          file: 'pack.json',
          field: 'id',
          problem: `is ${loaded.pack.id}`,
          remedy: `Make it ${name}, as the folder is called.`,
        })
    }
    for (const { file, row, field, problem, remedy } of found) {
      const key = [row === undefined ? '' : `row ${row}`, field ?? '']
        .filter((part) => part !== '')
        .join(', ')
      problems.push({ file: `packs/${name}/${file}`, key, problem, remedy })
    }
  }
  return { packs, problems }
}
