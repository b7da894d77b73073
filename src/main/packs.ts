import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Directory } from '../directory/directory.ts'
import { loadPack } from '../directory/load-pack.ts'
import type { Pack } from '../directory/pack.ts'
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
export function requireLivePack(directory: Directory, { packs }: Config, now: number): void {
  if (directory.live(now).length > 0) return
  throw new StartRefused('packs.noneLive', [
    `PACKS ${packs.join(',')}: none has a fresh health service and a fresh hotline. Run "npm run -s lantern -- services due" and check what it lists; "services back" goes back to the edition before.`,
  ])
}
