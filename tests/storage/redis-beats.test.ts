import { afterAll, beforeAll, expect, it } from 'vitest'
import { catchUp, isEarlier, startBeats } from '../../src/storage/redis/link/beats.ts'
import { openRedis, type RedisLink } from '../../src/storage/redis/link/link.ts'
import { type RedisServer, startRedis } from '../redis-server.ts'

/** Data that was put back is told by the keys, which never are. */
let servers: RedisServer[]
let links: { data: RedisLink; vault: RedisLink }
beforeAll(async () => {
  servers = await Promise.all([startRedis(), startRedis()])
  const [data, vault] = await Promise.all(servers.map(({ url }) => openRedis(url)))
  if (data === undefined || vault === undefined) throw new Error('no servers')
  links = { data, vault }
})
afterAll(async () => {
  await Promise.all([links.data.close(), links.vault.close()])
  await Promise.all(servers.map((server) => server.stop()))
})

const KEY = Buffer.from('{lantern}beats')
const inData = () => links.data.at(KEY, ['GET', KEY])
const putBack = (value: Buffer) => links.data.at(KEY, ['SET', KEY, value])

it('data is of an earlier time when somebody went on after it was copied, and not before', async () => {
  expect(await isEarlier(links)).toBe(false)
  const processes = await Promise.all([startBeats(links), startBeats(links)])
  expect(await isEarlier(links)).toBe(false)
  const copy = await inData()
  if (!Buffer.isBuffer(copy)) throw new Error('nothing was counted')
  await putBack(copy)
  expect(await isEarlier(links)).toBe(false)
  processes.push(await startBeats(links))
  await putBack(copy)
  expect(await isEarlier(links)).toBe(true)
  await catchUp(links)
  expect(await isEarlier(links)).toBe(false)
  for (const one of processes) one.stop()
  // A server that lost all that it had.
  await links.data.at(KEY, ['DEL', KEY])
  expect(await isEarlier(links)).toBe(true)
  await catchUp(links)
  expect(await isEarlier(links)).toBe(false)
})

it('another process that counts on meanwhile makes nothing look earlier', async () => {
  const asked: string[] = []
  const told = (name: string, link: RedisLink): RedisLink => ({
    ...link,
    async at(key, words) {
      const reply = await link.at(key, words)
      asked.push(name)
      const one = await startBeats(links)
      one.stop()
      return reply
    },
  })
  expect(await isEarlier({ data: told('data', links.data), vault: told('vault', links.vault) })).toBe(false)
  expect(asked).toEqual(['vault', 'data'])
})

it('the keys do not know more than the data where the number could not be noted there, and a full server counts', async () => {
  const before = await inData()
  await links.data.everywhere(['CONFIG', 'SET', 'maxmemory', '1'])
  await servers[1]?.kill()
  const one = await startBeats(links)
  one.stop()
  await links.data.everywhere(['CONFIG', 'SET', 'maxmemory', '0'])
  expect(await inData()).not.toEqual(before)
  await servers[1]?.startAgain()
  const again = await openRedis(servers[1]?.url ?? '')
  expect(await isEarlier({ ...links, vault: again })).toBe(false)
  await again.close()
})
