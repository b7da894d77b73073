import type { Config } from '../config.ts'
import { createLiveDirectory, type LiveDirectory } from '../directory/live-directory.ts'
import { servicesInGently } from '../directory/edition-content.ts'
import type { Pack } from '../directory/pack.ts'
import { StartRefused } from '../errors.ts'
import type { Log } from '../operations/log.ts'
import type { Publications } from '../storage/publications.ts'
import { FileRefused } from '../storage/sqlite/file.ts'
import { openSqlitePublications } from '../storage/sqlite/sqlite-publications.ts'

/**
 * What is published becomes what is served, in this process, without a restart: at the start, and whenever the store's
 * version has grown, whichever process published. An edition that cannot be read leaves the one before it in its place.
 */
export interface ServedEditions {
  directory: LiveDirectory
  /** Asked each second. */
  look(): Promise<void>
}

export function serveEditions(packs: readonly Pack[], publications: Publications, log: Log): ServedEditions {
  const directory = createLiveDirectory(packs)
  const served = new Map<string, number>()
  let seen = 0
  let looking: Promise<void> | undefined

  /** The newest that can be read: at a start there is no edition before it in memory. */
  async function takeUp(pack: Pack): Promise<void> {
    const before = served.get(pack.id) ?? 0
    for (const { number } of await publications.editions(pack.id)) {
      if (number <= before) return
      const edition = await publications.edition(pack.id, number)
      const services = edition && (await servicesInGently(edition.content))
      if (services !== undefined) {
        directory.replace({ ...pack, services })
        served.set(pack.id, number)
        log.event('directory.replaced', { edition: number, services: services.length })
        return
      }
      log.event('directory.unreadable', { edition: number })
    }
  }

  async function look(): Promise<void> {
    const version = await publications.version()
    if (version === seen) return
    for (const pack of packs) await takeUp(pack)
    // What was published meanwhile is found by the next look.
    seen = version
  }

  return {
    directory,
    async look() {
      // Whoever asks while one is under way wants what was published since it began.
      while (looking !== undefined) await looking
      looking = look().finally(() => {
        looking = undefined
      })
      await looking
    },
  }
}

/** `directory.db` in DATA_DIR; refuses the start when it cannot be used. */
export function openPublications({ dataDir }: Pick<Config, 'dataDir'>): Publications {
  try {
    return openSqlitePublications(dataDir)
  } catch (error) {
    const reason = error instanceof FileRefused ? error.message : 'cannot be opened'
    throw new StartRefused('folder.unusable', [`DATA_DIR: ${reason}`])
  }
}
