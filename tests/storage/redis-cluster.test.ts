import { afterAll, beforeAll } from 'vitest'
import { openRedis, type RedisLink } from '../../src/storage/redis/link/link.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { type RedisCluster, startCluster } from '../redis-cluster.ts'
import { conversationsContract } from './contract.ts'

/** What one server does a cluster does too: a write that needs two of its servers would be refused by it. */
let cluster: RedisCluster
let flusher: RedisLink
beforeAll(async () => {
  cluster = await startCluster()
  flusher = await openRedis(cluster.url)
}, 60_000)
afterAll(async () => {
  await flusher.close()
  await cluster.stop()
})

conversationsContract('a Redis cluster', async () => {
  await flusher.everywhere(['FLUSHALL'])
  const store = openRedisConversations(await openData(cluster.url))
  return { store, done: () => store.close() }
})
