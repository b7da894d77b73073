import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { type RedisCluster, startCluster } from '../redis-cluster.ts'
import { turn } from '../storage/contract.ts'

/** A real cluster of three primaries with a replica each. What was acknowledged is there after a replica took over. */
let cluster: RedisCluster
let store: Conversations
beforeAll(async () => {
  cluster = await startCluster({ replicas: 1 })
  store = openRedisConversations(await openData(cluster.url))
}, 60_000)
afterAll(async () => {
  await store.close()
  await cluster.stop()
})

const id = () => randomBytes(32).toString('base64url') as ConversationId
const pause = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms))

it('acknowledges nothing that no replica has, wherever its key lies', async () => {
  const replicas = cluster.servers.slice(3)
  for (const { pid } of replicas) process.kill(pid(), 'SIGSTOP')
  const refused = await Promise.allSettled(Array.from({ length: 6 }, () => store.commit(turn(id(), 0))))
  for (const { pid } of replicas) process.kill(pid(), 'SIGCONT')
  expect(
    refused.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : '')),
  ).toEqual(Array.from({ length: 6 }, () => 'UNREPLICATED'))
  await cluster.whole()
}, 60_000)

it('goes by the replicas that a cluster has also where it began while one of them was away', async () => {
  const [, , , away] = cluster.servers
  await away?.kill()
  const later = openRedisConversations(await openData(cluster.url))
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () =>
      later.commit(turn(id(), 0)).catch((error: { code: string }) => error.code),
    ),
  )
  expect(new Set(outcomes)).toEqual(new Set(['committed', 'UNREPLICATED']))
  await away?.startAgain()
  await cluster.whole()
  expect(await later.commit(turn(id(), 0))).toBe('committed')
  await later.close()
}, 60_000)

it('loses nothing of it when a primary dies and its replica takes over, and goes on in all partitions', async () => {
  const acknowledged: ConversationId[] = []
  let isOver = false
  const writing = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const one = id()
      const outcome = await store.commit(turn(one, 0)).catch(() => 'refused')
      if (outcome === 'committed') acknowledged.push(one)
      else await pause(20)
    }
  })
  while (acknowledged.length < 200) await pause(5)
  await cluster.servers[1]?.kill()
  const known = acknowledged.length
  while ((await cluster.primaries()).length < 3) await pause(50)
  await cluster.servers[1]?.startAgain()
  await cluster.whole()
  while (acknowledged.length < known + 400) await pause(20)
  isOver = true
  await Promise.all(writing)
  const found = await Promise.all(acknowledged.map((one) => store.load(one)))
  expect(found.filter((stored) => stored === undefined)).toEqual([])
  // Every third or so of them lies on the one that died.
  expect(acknowledged.length).toBeGreaterThan(600)
}, 120_000)
