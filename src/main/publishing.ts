import type { Config } from '../config.ts'
import { createLiveDirectory, type LiveDirectory } from '../directory/live-directory.ts'
import { createPublishing } from '../directory/publishing/create-publishing.ts'
import { servicesInGently } from '../directory/publishing/edition-content.ts'
import type { Pack } from '../directory/pack/pack.ts'
import type { Publishing } from '../directory/publishing/publishing.ts'
import { StartRefused } from '../errors.ts'
import type { Clock } from '../operations/environment.ts'
import { type Log, shapeOf } from '../operations/log.ts'
import type { Publications } from '../storage/publications.ts'
import { FileRefused } from '../storage/sqlite/file.ts'
import { openSqlitePublications } from '../storage/sqlite/sqlite-publications.ts'

/**
 * What is published becomes what is served, in this process, without a restart: at the start, and whenever the store's
 * version has grown, whichever process published. An edition that cannot be read leaves the one before it in its place.
 */
export interface ServedEditions {
  directory: LiveDirectory
  /** For the desk: what it publishes is served here before it hears of it. */
  publishing: Publishing
  /** Asked each second. */
  look(): Promise<void>
}

export interface ServedParts {
  packs: readonly Pack[]
  publications: Publications
  clock: Clock
  log: Log
}

export function serveEditions({ packs, publications, clock, log }: ServedParts): ServedEditions {
  const directory = createLiveDirectory(packs)
  const served = new Map<string, number>()
  let seen = 0
  let isRunning = false
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
        if (isRunning) log.event('directory.replaced', { edition: number, services: services.length })
        return
      }
      log.event('directory.unreadable', { edition: number })
    }
  }

  async function look(): Promise<void> {
    const version = await publications.version()
    if (version !== seen) for (const pack of packs) await takeUp(pack)
    // What was published meanwhile is found by the next look.
    seen = version
    isRunning = true
  }

  async function lookNow(): Promise<void> {
    // Whoever asks while one is under way wants what was published since it began.
    while (looking !== undefined) await looking
    looking = look().finally(() => {
      looking = undefined
    })
    await looking
  }

  /** It is live, whether it can be taken up here or not; the timer tries again. */
  const published = () =>
    lookNow().catch((error: unknown) => log.event('upkeep.failed', { error: shapeOf(error) }))
  // Sooner than the next look of the timer.
  publications.changedAnywhere?.(() => void published())
  return {
    directory,
    publishing: createPublishing({ publications, packs, clock, published }),
    look: lookNow,
  }
}

/** Where the settings say; for whoever has no stores open. */
export async function openPublicationsAlone({
  dataDir,
  redis,
}: Pick<Config, 'dataDir' | 'redis'>): Promise<Publications> {
  if (redis === undefined) return openPublications({ dataDir })
  const { openPublicationsOnServer } = await import('./stores/redis-stores.ts')
  return openPublicationsOnServer(redis)
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
