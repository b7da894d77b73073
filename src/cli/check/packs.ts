import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkPack } from '../../directory/checks/check-pack.ts'
import { draftInWords, isDraftPack, isNeverDialled, numbersToDial } from '../../directory/pack/draft-pack.ts'
import { loadPack } from '../../directory/pack/load-pack.ts'
import type { Pack, Problem as PackProblem } from '../../directory/pack/pack.ts'
import type { Instant } from '../../operations/environment.ts'
import type { Problem } from './problem.ts'

/**
 * Every pack in the folder: what cannot be read, and what its keeper should mend. A pack of drafts is only worth knowing
 * while the settings do not name it; once they do, each number that nobody dialled is a problem.
 */
export interface PacksWish {
  /** An edition is served instead of the table. */
  published?: (pack: string) => boolean
  /** In PACKS. */
  named?: readonly string[]
}

export function checkPacks(
  folder: string,
  now: Instant,
  { published = () => false, named = [] }: PacksWish = {},
): { packs: Pack[]; problems: Problem[]; notes: Problem[] } {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
  const packs: Pack[] = []
  const problems: Problem[] = []
  const notes: Problem[] = []
  for (const name of names) {
    const loaded = loadPack(join(folder, name))
    const found = [...loaded.problems]
    if ('pack' in loaded) {
      packs.push(loaded.pack)
      const isDraft = isDraftPack(loaded.pack) && !published(name)
      const isAsked = !isDraft || named.includes(name)
      found.push(...checkPack(loaded.pack, now, { isServed: isAsked && !published(name) }))
      if (isDraft && isAsked) found.push(...undialled(loaded.pack))
      if (isDraft && !isAsked) notes.push({ file: `packs/${name}`, key: '', ...draftInWords(loaded.pack) })
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
  return { packs, problems, notes }
}

function undialled({ services }: Pack): PackProblem[] {
  return services.filter(isNeverDialled).map((service) => ({
    file: service.source.file,
    row: service.source.row,
    field: 'status',
    problem: `is draft: nobody has dialled ${numbersToDial(service).join('; ')}`,
    remedy: 'Dial it. Where it is right, set status to active, verified_on, verified_by and review_by.',
  }))
}
