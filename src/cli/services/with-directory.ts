import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cliAuthor, LONGEST_ROLE } from '../../directory/publishing/author.ts'
import { createPublishing } from '../../directory/publishing/create-publishing.ts'
import { loadPack } from '../../directory/pack/load-pack.ts'
import type { Pack } from '../../directory/pack/pack.ts'
import { personalIn } from '../../directory/checks/personal-data.ts'
import type { Publishing } from '../../directory/publishing/publishing.ts'
import { StartRefused } from '../../errors.ts'
import { openPublicationsAlone } from '../../main/publishing.ts'
import { readSettings } from '../../main/settings.ts'
import { makeFolders } from '../../main/stores/stores.ts'
import type { Author } from '../../storage/publications.ts'
import { HOUSE } from '../house.ts'

/**
 * Opens the published directory beside the running service, over the packs whose folders can be read. A pack that is asked
 * for and cannot be read is refused with its first problems.
 */
export async function withDirectory(
  work: (publishing: Publishing) => Promise<number>,
  { pack, folder = join(HOUSE, 'packs') }: { pack?: string | undefined; folder?: string } = {},
): Promise<number> {
  try {
    const packs = readPacks(folder, pack)
    const config = readSettings(process.env)
    makeFolders(config)
    const publications = await openPublicationsAlone(config)
    try {
      return await work(createPublishing({ publications, packs, clock: { now: () => Date.now() } }))
    } finally {
      await publications.close()
    }
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}

const MOST_LINES = 5

function readPacks(folder: string, wanted: string | undefined): Pack[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  if (wanted !== undefined && !names.includes(wanted))
    throw new StartRefused('packs.noneLive', [`There is no pack ${wanted}. There are: ${names.join(', ')}.`])
  return names.flatMap((name) => {
    const loaded = loadPack(join(folder, name))
    if ('pack' in loaded && loaded.problems.length === 0) return [loaded.pack]
    if (name !== wanted) return []
    throw new StartRefused(
      'packs.noneLive',
      loaded.problems
        .slice(0, MOST_LINES)
        .map(({ file, problem, remedy }) => `packs/${name}/${file} ${problem}. ${remedy}`),
    )
  })
}

/** Who `--by` names; a line is said and undefined given when it names nobody, or a person. */
export function authorIn(by: string | undefined): Author | undefined {
  const author = cliAuthor(by ?? '')
  if (author === undefined) {
    console.error(
      `--by names the role that does it, in at most ${LONGEST_ROLE} letters: --by "GBV coordinator".`,
    )
    return undefined
  }
  if (personalIn(author) === undefined) return author
  console.error('--by names a role, not a person: --by "GBV coordinator".')
  return undefined
}

/** The number of a proposal as `list` shows it. */
export function idIn(text: string | undefined): number | undefined {
  return /^\d{1,9}$/u.test(text ?? '') ? Number(text) : undefined
}
