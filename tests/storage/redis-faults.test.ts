import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { dutiesIn } from '../../src/storage/redis/duties.ts'
import { countsKey, homeOf, keysOf } from '../../src/storage/redis/conversations/homes.ts'
import { openRedis, type RedisLink, type Reply, type Word } from '../../src/storage/redis/link/link.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { type DataLink, openData } from '../../src/storage/redis/link/server-mark.ts'
import { item, turn } from './contract.ts'
import { redisHere } from './redis-stores.ts'

const redis = redisHere()
let link: DataLink
let store: Conversations
let operator: RedisLink
beforeEach(async () => {
  link = await redis.empty()
  store = openRedisConversations(link)
  operator = await openRedis(redis.server().url)
})
afterEach(async () => {
  await operator.close()
  await store.close()
})

const id = () => randomBytes(32).toString('base64url') as ConversationId
const tell = async (...words: Word[]): Promise<Reply> => (await operator.everywhere(words))[0] ?? null
const keys = async () => ((await tell('KEYS', '*')) as Buffer[]).map(String).toSorted()
const keysOfConversation = (of: ConversationId) => keysOf(homeOf(link, of))

async function untilItWorks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await work()
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => void setTimeout(resolve, 50))
    }
}

describe('Redis with conversations', () => {
  it('is written to by scripts that it may forget at any time', async () => {
    const one = id()
    await store.commit(turn(one, 0))
    await tell('SCRIPT', 'FLUSH')
    expect(await store.commit(turn(one, 1))).toBe('committed')
  })

  it('keeps no key of an erased conversation, nor of its names', async () => {
    const before = await keys()
    const [one, other] = [id(), id()]
    const first = turn(one, 0, { named: 1, outbox: [item()], marks: [{ at: 1, sealed: randomBytes(9) }] })
    await store.commit(first)
    await store.commit(turn(other, 1, { was: one, named: 2, keyId: first.keyId }))
    expect((await keys()).length).toBeGreaterThan(before.length + 5)
    await store.erase(other)
    expect((await keys()).filter((key) => !/^\{p\d+\}r$/u.test(key))).toEqual(before)
  })

  it('lets one of many processes win each turn and each delivery', async () => {
    const links = await Promise.all([1, 2, 3].map(() => openData(redis.server().url)))
    const stores = links.map((each) => openRedisConversations(each))
    const ids = Array.from({ length: 20 }, id)
    const outcomes = await Promise.all(
      ids.flatMap((one) => stores.map((each) => each.commit(turn(one, 0, { outbox: [item()] })))),
    )
    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(20)
    expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(40)
    const claims = (await Promise.all(stores.map((each) => each.claimDue(2_000, 50, 1_000)))).flat()
    expect(new Set(claims.map((claim) => claim.id)).size).toBe(20)
    expect(claims).toHaveLength(20)
    for (const each of stores) await each.close()
  })

  it('tells another process within a second or two what waits, whoever committed it', async () => {
    const other = openRedisConversations(await openData(redis.server().url))
    expect(await other.nextDue()).toBeUndefined()
    await store.commit(turn(id(), 0, { outbox: [item(500)] }))
    await untilItWorks(async () => expect(await other.nextDue()).toBe(500))
    await other.close()
  })

  it.each(['outbox', 'marks', 'due', 'touched', 'counts', 'named', 'rooms'] as const)(
    'refuses a turn whole when a foreign kind of key lies in the place of its %s, and goes on when it is gone',
    async (place) => {
      const one = id()
      await store.commit(turn(one, 0))
      const key = keysOfConversation(one)[place]
      const saved = await tell('DUMP', key)
      await tell('DEL', key)
      await tell('XADD', key, '*', 'a', 'b')
      const next = turn(one, 1, {
        outbox: [item()],
        marks: [{ at: 1, sealed: randomBytes(9) }],
        counts: ['a'],
        named: 3,
      })
      await expect(store.commit(next)).rejects.toMatchObject({ name: 'RedisFailed', code: 'WRONGTYPE' })
      expect((await store.load(one))?.revision).toBe(1)
      await tell('DEL', key)
      if (saved !== null) await tell('RESTORE', key, '0', saved as Buffer)
      expect(await store.commit(next)).toBe('committed')
      expect(await store.waiting(one)).toBe(1)
    },
  )

  it('refuses a record of another version and leaves it as it is', async () => {
    const one = id()
    await store.commit(turn(one, 0))
    const key = keysOfConversation(one).record
    for (const [version, code] of [
      [9, 'record.newer'],
      [0, 'FORMAT'],
    ] as const) {
      await tell('SETRANGE', key, '0', Buffer.of(version))
      const before = await tell('GET', key)
      await expect(store.load(one)).rejects.toMatchObject({ code })
      await expect(store.commit(turn(one, 1))).rejects.toMatchObject({ code: 'FORMAT' })
      expect(await tell('GET', key)).toEqual(before)
    }
  })

  it('refuses turns while it is full, and still delivers, erases and takes the next one when there is room', async () => {
    const [one, other] = [id(), id()]
    await store.commit(turn(one, 0, { outbox: [item()] }))
    await store.commit(turn(other, 0))
    const before = await tell('GET', keysOfConversation(one).record)
    await tell('CONFIG', 'SET', 'maxmemory', '1')
    await expect(store.commit(turn(one, 1, { outbox: [item()] }))).rejects.toMatchObject({ code: 'OOM' })
    await expect(store.commit(turn(id(), 0))).rejects.toMatchObject({ code: 'OOM' })
    expect(await tell('GET', keysOfConversation(one).record)).toEqual(before)
    const [claimed] = await store.claimDue(2_000, 5, 1_000)
    const done = claimed?.items.map((each) => each.id) ?? []
    expect(await store.settle(one, { fence: claimed?.fence ?? 0, done })).toBe('held')
    await store.erase(other)
    expect(await store.load(other)).toBeUndefined()
    // Whoever erases must be able to begin.
    const another = await openRedis(redis.server().url)
    expect(await dutiesIn(another).isMine('sweep', 1_000)).toBe(true)
    await another.close()
    await tell('CONFIG', 'SET', 'maxmemory', '0')
    expect(await store.commit(turn(one, 1))).toBe('committed')
  })

  it('refuses turns while it is read-only, and takes them again after that', async () => {
    const one = id()
    await store.commit(turn(one, 0))
    await tell('REPLICAOF', '127.0.0.1', '1')
    await expect(store.commit(turn(one, 1))).rejects.toMatchObject({ code: 'READONLY' })
    await tell('REPLICAOF', 'NO', 'ONE')
    expect(await store.commit(turn(one, 1))).toBe('committed')
  })

  it('waits for a server that is slow by two seconds', async () => {
    await tell('CLIENT', 'PAUSE', '2000', 'ALL')
    const began = performance.now()
    expect(await store.commit(turn(id(), 0))).toBe('committed')
    expect(performance.now() - began).toBeGreaterThan(1_500)
  })

  it('refuses at once while the server is gone, and goes on by itself with all that was acknowledged', async () => {
    const one = id()
    await store.commit(turn(one, 0, { outbox: [item()], counts: ['a'] }))
    await redis.server().kill()
    const began = performance.now()
    await expect(store.commit(turn(one, 1))).rejects.toMatchObject({ name: 'RedisFailed', code: 'AWAY' })
    await expect(store.load(one)).rejects.toMatchObject({ code: 'AWAY' })
    expect(performance.now() - began).toBeLessThan(1_000)
    await redis.server().startAgain()
    expect((await untilItWorks(() => store.load(one)))?.revision).toBe(1)
    expect(await store.commit(turn(one, 1))).toBe('committed')
    expect(await store.waiting(one)).toBe(1)
    expect(await store.counts()).toEqual([{ name: 'a', value: 1 }])
  })

  it('takes out of the index of keys what leads nowhere', async () => {
    const [one, lost] = [turn(id(), 0), turn(id(), 0)]
    await store.commit(one)
    await store.commit(lost)
    const { record } = keysOfConversation(lost.id)
    await tell('DEL', record)
    for (let sweeps = 0; sweeps < 2 * 16_384; sweeps += 128) await store.prune(0, 0)
    const entries = (await keys()).filter((key) => /^k\d+$/u.test(key))
    expect(entries).toHaveLength(1)
    expect(await store.nameOf(one.keyId)).toBe(one.id)
  })
})

describe('the mark of a server', () => {
  it('is refused by a server that something else uses, and by one of another use or of a later version', async () => {
    await tell('FLUSHALL')
    await tell('SET', 'else', '1')
    const { url } = redis.server()
    await expect(openData(url)).rejects.toMatchObject({ name: 'ServerRefused', reason: 'foreign' })
    await tell('FLUSHALL')
    await tell('SET', '{lantern}mark', 'lantern vault 1')
    await expect(openData(url)).rejects.toMatchObject({ reason: 'foreign' })
    await tell('SET', '{lantern}mark', 'lantern data 2 partitions 64')
    await expect(openData(url)).rejects.toMatchObject({ reason: 'newer' })
    await tell('DEL', '{lantern}mark')
    await tell('LPUSH', '{lantern}mark', '1')
    await expect(openData(url)).rejects.toMatchObject({ reason: 'foreign' })
  })

  it('says in how many partitions the data lies, whatever is asked for later', async () => {
    await tell('FLUSHALL')
    const first = await openData(redis.server().url, 8)
    const again = await openData(redis.server().url, 16)
    expect([first.partitions, again.partitions]).toEqual([8, 8])
    expect(String(countsKey(7))).toBe('{p7}n')
    await first.close()
    await again.close()
  })

  it('is not asked for where there is no server', async () => {
    await expect(openData('redis://127.0.0.1:1')).rejects.toMatchObject({ reason: 'away' })
  })
})
