import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { faultsOf } from '../../src/storage/redis/link/server-check.ts'
import { type DataLink, openData } from '../../src/storage/redis/link/server-mark.ts'
import { type RedisSentinels, startSentinels } from '../redis-sentinel.ts'
import { turn } from '../storage/contract.ts'

/** A real primary with a replica and sentinels. What was acknowledged is there after the replica took over. */
let redis: RedisSentinels
let link: DataLink
let store: Conversations
beforeAll(async () => {
  redis = await startSentinels()
  link = await openData(redis.url)
  store = openRedisConversations(link)
}, 60_000)
afterAll(async () => {
  await store.close()
  await redis.stop()
})

const id = () => randomBytes(32).toString('base64url') as ConversationId
/** The second one began as the replica. */
const signal = (name: NodeJS.Signals) => process.kill(redis.servers[1]?.pid() ?? 0, name)

it('is checked as it is set up, and refused while its way is open to another machine', async () => {
  const asked = { variable: 'STORAGE_URL', use: 'data' } as const
  expect(await faultsOf(link, { ...asked, url: redis.url })).toEqual([])
  const [line] = await faultsOf(link, { ...asked, url: 'redis-sentinel://:secret@127.0.0.1,elsewhere/x' })
  expect(line).toMatch(/^STORAGE_URL is refused: the way to the server is open/u)
  expect(await faultsOf(link, { ...asked, url: 'rediss-sentinel://:secret@elsewhere/x' })).toEqual([])
})

it('acknowledges nothing that no replica has, a message that comes again neither, and goes on by itself', async () => {
  const one = id()
  expect(await store.commit(turn(one, 0))).toBe('committed')
  const next = turn(one, 1)
  signal('SIGSTOP')
  await expect(store.commit(next)).rejects.toMatchObject({ code: 'UNREPLICATED' })
  // It stands on the primary already: the same turn again is known, and still not acknowledged.
  await expect(store.commit(next)).rejects.toMatchObject({ code: 'UNREPLICATED' })
  signal('SIGCONT')
  expect(await store.commit(next)).toBe('duplicate')
}, 30_000)

it('follows the sentinels to the replica when the primary dies, which has all that was acknowledged', async () => {
  const before = await redis.primary()
  const acknowledged: ConversationId[] = []
  let isOver = false
  const writing = (async () => {
    while (!isOver) {
      const one = id()
      const outcome = await store.commit(turn(one, 0)).catch(() => 'refused')
      if (outcome === 'committed') acknowledged.push(one)
      else await new Promise((resolve) => void setTimeout(resolve, 20))
    }
  })()
  while (acknowledged.length < 50) await new Promise((resolve) => void setTimeout(resolve, 5))
  await before?.kill()
  const known = acknowledged.length
  while ((await redis.primary()) === undefined || (await redis.primary()) === before)
    await new Promise((resolve) => void setTimeout(resolve, 50))
  await before?.startAgain()
  while (acknowledged.length < known + 50) await new Promise((resolve) => void setTimeout(resolve, 20))
  isOver = true
  await writing
  const found = await Promise.all(acknowledged.map((one) => store.load(one)))
  expect(found.filter((stored) => stored === undefined)).toEqual([])
}, 60_000)
