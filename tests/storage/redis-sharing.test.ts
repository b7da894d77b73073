import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as passes } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { dutiesIn } from '../../src/storage/redis/duties.ts'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { channelOf, openRedisCases } from '../../src/storage/redis/desk/redis-cases.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { startRedis } from '../redis-server.ts'
import { redisHere } from './redis-stores.ts'

/** What processes tell each other through a server that they share. */
const redis = redisHere()

async function until(check: () => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1)
    try {
      check()
      return
    } catch (error) {
      if (attempt === 100) throw error
      await passes(50)
    }
}

it('a changed and an erased case is told by its number, and by nothing else, to every process', async () => {
  const ours = openRedisCases(await redis.empty())
  const theirs = openRedisCases(await openData(redis.server().url))
  const wire = await openRedis(redis.server().url)
  const [heard, published]: [string[], string[]] = [[], []]
  theirs.changedAnywhere?.((id) => heard.push(id))
  await wire.subscribe(channelOf('desk'), (text) => published.push(text))
  const change = {
    id: '10000001' as CaseId,
    keyId: randomBytes(16).toString('base64url') as KeyId,
    holder: undefined,
    offeredTo: undefined,
    rank: 0,
    at: 1,
    sealed: randomBytes(40),
    entries: [],
    state: 'waiting' as const,
  }
  // The other's ear may still be opening.
  await passes(300)
  expect(await ours.commit({ ...change, expected: 0 })).toBe('committed')
  expect(await ours.commit({ ...change, expected: 5 })).toBe('stale')
  await ours.erase(change.id)
  await until(() => expect(heard).toEqual(['10000001', '10000001']))
  expect(published).toEqual(heard)
  await ours.close()
  await theirs.close()
  await wire.close()
})

it('hears again after the server was away', async () => {
  const ours = await openRedis(redis.server().url)
  const heard: string[] = []
  await ours.subscribe('a', (text) => heard.push(text))
  await redis.server().kill()
  await redis.server().startAgain()
  const teller = await openRedis(redis.server().url)
  for (let attempt = 0; attempt < 100 && heard.length === 0; attempt += 1) {
    await teller.publish('a', 'b')
    await passes(50)
  }
  expect(heard[0]).toBe('b')
  await ours.close()
  await teller.close()
})

it('a duty is of one process until that was silent for its time, and then of another', async () => {
  const links = [await redis.empty(), await openData(redis.server().url)] as const
  const [ours, theirs] = links.map((link) => dutiesIn(link))
  expect(await ours?.isMine('sweep', 200)).toBe(true)
  expect(await theirs?.isMine('sweep', 200)).toBe(false)
  expect(await ours?.isMine('sweep', 200)).toBe(true)
  expect(await theirs?.isMine('keys', 200)).toBe(true)
  await passes(300)
  expect(await theirs?.isMine('sweep', 200)).toBe(true)
  expect(await ours?.isMine('sweep', 200)).toBe(false)
  for (const link of links) await link.close()
})

it('each way leads to its own server, whichever address was opened before it', async () => {
  const socket = join(mkdtempSync(join(tmpdir(), 'lantern-socket-')), 'redis.sock')
  const beside = await startRedis({ unixsocket: socket })
  const bySocket = await openRedis(`unix://:${beside.password}@${socket}`)
  const byPort = await openRedis(redis.server().url)
  const [here, there] = [await byPort.everywhere(['CONFIG', 'GET', 'port']), [['port', String(beside.port)]]]
  expect(textOf(await bySocket.everywhere(['CONFIG', 'GET', 'port']))).toEqual(there)
  expect(textOf(here)).toEqual([['port', String(redis.server().port)]])
  await Promise.all([bySocket.close(), byPort.close()])
  await beside.stop()
  rmSync(dirname(socket), { recursive: true })
})

const textOf = (replies: readonly unknown[]) =>
  replies.map((reply) => (Array.isArray(reply) ? reply.map(String) : reply))
