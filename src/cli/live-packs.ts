import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { servicesIn } from '../directory/publishing/edition-content.ts'
import type { Pack } from '../directory/pack/pack.ts'
import { StartRefused } from '../errors.ts'
import { openPublicationsAlone } from '../main/publishing.ts'
import { readSettings } from '../main/settings.ts'
import type { Publications } from '../storage/publications.ts'
import { packsOf } from './house.ts'

/**
 * Packs with the list that the service serves of them: the newest edition that can be read, else the table in the folder. It
 * makes no file where nothing was ever published, and says on stderr which list is shown when it is not the folder's.
 */
export async function livePacks(names: readonly string[]): Promise<Pack[]> {
  const packs = packsOf(names)
  const config = settings()
  if (config === undefined || !mayHoldEditions(config)) return packs
  const publications = await openPublicationsAlone(config)
  try {
    return await Promise.all(packs.map((pack) => withEdition(pack, publications)))
  } finally {
    await publications.close()
  }
}

function settings(): Config | undefined {
  try {
    return readSettings(process.env)
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    console.error(
      "The settings cannot be read, so the table in the pack's folder is shown. See: lantern check",
    )
    return undefined
  }
}

export const mayHoldEditions = ({ redis, dataDir }: Pick<Config, 'redis' | 'dataDir'>): boolean =>
  redis !== undefined || existsSync(join(dataDir, 'directory.db'))

async function withEdition(pack: Pack, publications: Publications): Promise<Pack> {
  for (const { number } of await publications.editions(pack.id)) {
    const edition = await publications.edition(pack.id, number)
    const services = edition && servicesIn(edition.content)
    if (services === undefined) continue
    console.error(`${pack.id}: edition ${number} is shown.`)
    return { ...pack, services }
  }
  return pack
}
