import { join } from 'node:path'
import type { Config } from '../config.ts'
import { draftInWords, isDraftPack } from '../directory/pack/draft-pack.ts'
import type { LiveDirectory } from '../directory/live-directory.ts'
import { loadPack } from '../directory/pack/load-pack.ts'
import type { Pack } from '../directory/pack/pack.ts'
import { StartRefused } from '../errors.ts'

/** The packs that the settings name; a problem in any of them refuses the start, with its file and row. */
export function loadPacks(folder: string, { packs }: Config): Pack[] {
  const lines: string[] = []
  const loaded = packs.flatMap((name) => {
    const read = loadPack(join(folder, name))
    lines.push(
      ...read.problems.map(({ file, row, field, problem, remedy }) => {
        const place = [file, row === undefined ? '' : `row ${row}`, field ?? '']
          .filter((part) => part !== '')
          .join(', ')
        return `PACKS ${name}: ${place}: ${problem}. ${remedy}`
      }),
    )
    return 'pack' in read ? [read.pack] : []
  })
  if (lines.length > 0) throw new StartRefused('packs.noneLive', lines)
  return loaded
}

/** Where nobody can be referred to care, nobody is asked to open up (reference 1.4 MS-6, 1.7 WH-2). */
export function requireLivePack(
  directory: Pick<LiveDirectory, 'live' | 'packs'>,
  { packs }: Pick<Config, 'packs'>,
  now: number,
): void {
  if (directory.live(now).length > 0) return
  const drafts = directory.packs().filter(isDraftPack)
  const others = packs.filter((name) => drafts.every(({ id }) => id !== name))
  throw new StartRefused('packs.noneLive', [
    ...drafts.map((pack) => {
      const { problem, remedy } = draftInWords(pack)
      return `PACKS ${pack.id}: it ${problem}. ${remedy}`
    }),
    ...(others.length === 0
      ? []
      : [
          `PACKS ${others.join(',')}: none has a fresh health service and a fresh hotline. Run "npm run -s lantern -- services due" and check what it lists; "services back" goes back to the edition before.`,
        ]),
  ])
}
