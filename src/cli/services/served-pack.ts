import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadPack } from '../../directory/load-pack.ts'
import type { Pack } from '../../directory/pack.ts'
import { HOUSE } from '../house.ts'

/** A pack with the list that is served for it; undefined when it cannot be had, which is said. */
export type ServedPack = (id: string) => Promise<Pack | undefined>

export const servedPack: ServedPack = (id) => Promise.resolve(packOfFolder(id))

function packOfFolder(id: string, folder = join(HOUSE, 'packs')): Pack | undefined {
  if (!/^[a-z0-9-]{1,40}$/u.test(id) || !existsSync(join(folder, id))) {
    console.error(`There is no pack ${id}. There are: ${readdirSync(folder).join(', ')}.`)
    return undefined
  }
  const loaded = loadPack(join(folder, id))
  if ('pack' in loaded && loaded.problems.length === 0) return loaded.pack
  for (const { file, row, field, problem, remedy } of loaded.problems)
    console.error(
      `packs/${id}/${file}${row === undefined ? '' : `, row ${row}`}${field === undefined ? '' : `, ${field}`} ${problem}. ${remedy}`,
    )
  return undefined
}
