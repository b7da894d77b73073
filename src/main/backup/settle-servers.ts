import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'
import type { Random } from '../../operations/environment.ts'
import { nowOfThisTime, openRedisStores, processesOnServer } from '../stores/redis-stores.ts'
import { settleIn, type Settled } from './settle-in.ts'

/**
 * After the files of the server of the data were put back to a backup, and before the first start: what is done to a
 * restored folder is done to the servers. Refused while a process of Lantern is there, which would send what waits
 * before it is dropped.
 */
export async function settleServers(config: Config, random: Random): Promise<Settled> {
  const { redis } = config
  if (redis === undefined)
    throw new StartRefused('restore.refused', [
      'STORAGE_URL names no server: say which backup goes in the place of DATA_DIR.',
    ])
  const stores = await openRedisStores(config, redis, { random }, { evenEarlier: true })
  try {
    if ((await processesOnServer(redis)) > 0)
      throw new StartRefused('restore.refused', [
        'Lantern is running on these servers. Stop every process first.',
      ])
    const settled = await settleIn({ ...stores, accountsThere: () => stores.accounts() })
    await nowOfThisTime(redis)
    return settled
  } finally {
    await stores.conversations.close()
    await stores.vault.close()
    await stores.close()
  }
}
