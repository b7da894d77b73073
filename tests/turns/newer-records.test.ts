import { beforeAll, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../../src/conversation/engine.ts'
import { WrittenByNewer } from '../../src/errors.ts'
import { openRedisVault } from '../../src/privacy/vault/redis/redis-vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openVaultServer } from '../../src/storage/redis/link/server-mark.ts'
import { englishEngine } from '../conversation/english-engine.ts'
import { startRedis } from '../redis-server.ts'
import { redisHere } from '../storage/redis-stores.ts'
import { heardBy, type House, type HouseOptions, housesOfTests } from './house.ts'
import { TO_A_CASEWORKER, TO_MENU } from './ways.ts'

/**
 * Two versions side by side during an update, over one store. What the newer one wrote the older one leaves as it is, so
 * that the platform keeps the message, and the newer one answers it then.
 */
const houses = housesOfTests()
/** Before any server is asked: making one keeps a process busy for as long as a line may be silent. */
let engine: Engine
beforeAll(async () => {
  engine = await englishEngine()
})
const redis = redisHere()

/** The flows of a version to come: it stamps what it writes, and remembers something that nobody here knows. */
function newerThan(older: Engine): Engine {
  const flowVersion = String(Number(older.flowVersion) + 1)
  return {
    ...older,
    flowVersion,
    step(...given) {
      const step = older.step(...given)
      const context = Object.assign({ ...step.conversation.context }, { ofTheFuture: 'kept' })
      return { ...step, conversation: { ...step.conversation, flowVersion, context } }
    },
  }
}

async function twoVersions(where: 'SQLite' | 'Redis'): Promise<{ older: House; newer: House }> {
  const stores = where === 'Redis' ? await onRedis() : {}
  const newer = await houses.open({ engine: newerThan(engine), ...stores })
  const stay = { close: () => Promise.resolve() }
  const older = await houses.open({
    engine,
    wrapStore: () => ({ ...newer.conversations, ...stay }),
    wrapVault: () => ({ ...newer.vault, ...stay }),
  })
  return { older, newer }
}

async function onRedis(): Promise<HouseOptions> {
  const keys = await startRedis()
  const vault = await openRedisVault(await openVaultServer(keys.url), freshKey())
  onTestFinished(async () => {
    await vault.close()
    await keys.stop()
  })
  const conversations = openRedisConversations(await redis.empty())
  return { wrapStore: () => conversations, wrapVault: () => ({ ...vault, close: () => Promise.resolve() }) }
}

async function rowOf({ conversations }: House) {
  for await (const { id } of conversations.keyIds()) return { id, stored: await conversations.load(id) }
  throw new Error('nobody is there')
}

const says = async (house: House, words: readonly string[]) => {
  for (const word of words) await house.receive(word)
}

it.each(['SQLite', 'Redis'] as const)(
  'the older version refuses what the newer one wrote and leaves every byte of it, and the newer one answers (%s)',
  async (where) => {
    const { older, newer } = await twoVersions(where)
    await says(newer, TO_MENU)
    await newer.drain()
    const before = await rowOf(newer)
    const eventId = { eventId: before.id } as never
    for (const word of ['rights', 'exit', 'wipe', 'menu'])
      await expect(older.receive(word, eventId)).rejects.toThrow(WrittenByNewer)
    expect((await rowOf(newer)).stored).toEqual(before.stored)
    expect(await older.vault.open(before.stored?.keyId as never)).toBeDefined()
    expect(heardBy(older)).toEqual([])

    await newer.receive('rights')
    await newer.drain()
    expect(heardBy(newer)).toHaveLength(TO_MENU.length + 1)
    expect(heardBy(newer).at(-1)).toMatch(/right/iu)
  },
)

it.each(['SQLite', 'Redis'] as const)(
  'the newer version goes on with what the older one wrote, and others are served by both meanwhile (%s)',
  async (where) => {
    const { older, newer } = await twoVersions(where)
    await says(older, TO_MENU)
    await older.drain()
    await newer.receive('rights')
    await newer.drain()
    expect(heardBy(newer).at(-1)).toMatch(/right/iu)
    await expect(older.receive('menu')).rejects.toThrow(WrittenByNewer)
    await older.receive('hello', { person: 'grace' })
    await older.drain()
    expect(heardBy(older, 'grace')).toHaveLength(1)
    await newer.receive('yes', { person: 'grace' })
    await newer.drain()
    expect(heardBy(newer, 'grace')).toHaveLength(1)
  },
)

it('the sweep of the older version keeps it while a case may wait in it', async () => {
  const { older, newer } = await twoVersions('SQLite')
  newer.desk = 'open'
  await says(newer, [...TO_MENU, ...TO_A_CASEWORKER])
  const { id, stored } = await rowOf(newer)
  if (stored === undefined) throw new Error('nobody is there')
  older.clock.pass(25 * 60)
  expect(await older.eraseIdle({ id, keyId: stored.keyId }, older.clock.now())).toBe(false)
  expect((await rowOf(newer)).stored).toEqual(stored)
  older.clock.pass(8 * 24 * 60)
  expect(await older.eraseIdle({ id, keyId: stored.keyId }, older.clock.now())).toBe(true)
})

it('a record that is sealed in a newer form is refused likewise, and one that is damaged is not taken for it', async () => {
  let form: (sealed: Uint8Array) => Uint8Array = (sealed) => sealed
  const house = await houses.open({
    engine,
    wrapStore: (store) => ({
      ...store,
      async load(id) {
        const stored = await store.load(id)
        return stored && { ...stored, sealed: form(stored.sealed) }
      },
    }),
  })
  await says(house, TO_MENU)
  form = (sealed) => Buffer.concat([Buffer.from([2]), sealed.subarray(1)])
  await expect(house.receive('exit')).rejects.toThrow(WrittenByNewer)
  form = (sealed) => sealed
  await house.receive('menu')
  form = (sealed) => Buffer.concat([Buffer.from([2, 1]), Buffer.alloc(16), sealed.subarray(18)])
  await house.receive('hello')
  await house.drain()
  expect(heardBy(house).at(-1)).toMatch(/^Hello/u)
})

it('in Redis a record and an outbox of another layout stay as they are, and hold back nobody else', async () => {
  const { older, newer } = await twoVersions('Redis')
  await says(newer, TO_MENU)
  const link = await openRedis(redis.server().url)
  onTestFinished(() => link.close())
  const [reply] = await link.everywhere(['KEYS', '*'])
  const keys = (reply as Buffer[]).filter((key) => /^\{p\d+\}[co]/u.test(key.toString('latin1')))
  expect(keys.length).toBe(2)
  for (const key of keys) await link.at(key, ['SETRANGE', key, '0', Buffer.from([2])])
  const bytes = () => Promise.all(keys.map((key) => link.at(key, ['GET', key])))
  const before = await bytes()
  await expect(older.receive('exit')).rejects.toThrow(WrittenByNewer)
  for (const person of ['grace', 'joan', 'mary']) await older.receive('hello', { person })
  await older.drain()
  await older.conversations.prune(older.clock.now(), older.clock.now())
  expect(['grace', 'joan', 'mary'].map((person) => heardBy(older, person).length)).toEqual([1, 1, 1])
  expect(await bytes()).toEqual(before)
})
