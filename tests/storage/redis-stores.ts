import { afterAll, beforeAll } from 'vitest'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { type DataLink, openData } from '../../src/storage/redis/link/server-mark.ts'
import { type RedisServer, type Settings, startRedis } from '../redis-server.ts'

/** One server for a test file, emptied before each store that is opened. */
export interface RedisHere {
  server(): RedisServer
  /** On an empty server. */
  empty(partitions?: number): Promise<DataLink>
}

export function redisHere(settings: Settings = {}): RedisHere {
  let server: RedisServer | undefined
  beforeAll(async () => {
    server = await startRedis(settings)
  })
  afterAll(async () => {
    await server?.stop()
  })
  const here = (): RedisServer => {
    if (server === undefined) throw new Error('the server is not there yet')
    return server
  }
  return {
    server: here,
    async empty(partitions) {
      // A way of its own each time: one from before a test killed the server may not be back yet.
      const flusher = await openRedis(here().url)
      await flusher.everywhere(['FLUSHALL'])
      await flusher.close()
      return openData(here().url, partitions)
    },
  }
}
