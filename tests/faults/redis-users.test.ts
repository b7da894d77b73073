import { createClient } from '@redis/client'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aclWith } from '../deploy/redis-acl.ts'
import { startCluster } from '../redis-cluster.ts'
import { startSentinels } from '../redis-sentinel.ts'
import { type RedisServer, startRedis } from '../redis-server.ts'
import { startBothPlatforms, writtenOnTelegram } from '../channels/both-platforms.ts'
import { CHAT } from './on-two-servers.ts'

/**
 * The whole program with the users of deploy/redis on servers of every kind. What a server refused stands in its own list of
 * refusals; beside what is looked for there is only the name of its library, which the client says without being asked.
 */
const HOUSE = join(import.meta.dirname, '../..')
const PASSWORD = 'of-a-test'
const sourceOf = (name: string) => readFileSync(join(HOUSE, 'deploy/redis', name), 'utf8')
const hash = createHash('sha256').update(PASSWORD).digest('hex')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-users-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** As on a server with replicas, but that the test itself may do anything there. */
function users(): string {
  const path = join(folder, 'users.acl')
  const replicas = sourceOf('replicas.acl').replaceAll(/(?:REPLICA|SENTINEL)_PASSWORD_SHA256/gu, hash)
  const anybody = `user default on #${hash} ~* &* +@all\n`
  const own = aclWith(PASSWORD, sourceOf('data.acl')).replace('user default off\n', anybody)
  writeFileSync(path, `${own}${replicas}`)
  return path
}

function settingsBeside(): Record<string, string> {
  const lines = sourceOf('replicas.conf').replace('REPLICA_PASSWORD', PASSWORD).split('\n')
  const settings = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return { aclfile: users(), ...Object.fromEntries(settings.map((line) => line.split(' ', 2))) }
}

const toldOf = (primary: number) =>
  sourceOf('sentinel.conf')
    .replace('port 26379\n', '')
    .replace('data.example.org 6379', `127.0.0.1 ${primary}`)
    .replace('SENTINEL_PASSWORD', PASSWORD)

async function tell<T>({ port }: Pick<RedisServer, 'port'>, words: string[]): Promise<T> {
  const url = `redis://:${PASSWORD}@127.0.0.1:${port}`
  const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false } })
  client.on('error', () => {})
  try {
    await client.connect()
    return await client.sendCommand<T>(words)
  } finally {
    if (client.isOpen) client.destroy()
  }
}

/** `user command` of all that was refused. */
async function refusedBy(servers: readonly RedisServer[]): Promise<string[]> {
  const logs = await Promise.all(servers.map((server) => tell<unknown[][]>(server, ['ACL', 'LOG', '128'])))
  const lines = logs.flat().map((entry) => {
    const field = (name: string) => String(entry[entry.indexOf(name) + 1])
    return `${field('username')} ${field('object')}`
  })
  return [...new Set(lines)].filter((line) => line !== 'lantern client|setinfo')
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    if (await check()) return
    await passes(50)
  }
  throw new Error('it did not come to that')
}

/** The program answers, leaves, and ends in order. */
async function isAnswered(storage: string, meanwhile: () => Promise<void>): Promise<void> {
  const keys = await startRedis()
  const both = await startBothPlatforms({ STORAGE_URL: storage, VAULT_URL: keys.url })
  const says = async (text: string) => {
    const before = writtenOnTelegram(both, CHAT).length
    both.telegram.personWrites(CHAT, text)
    await until(() => writtenOnTelegram(both, CHAT).length > before)
  }
  for (const text of ['hello', 'yes', 'I understand']) await says(text)
  await meanwhile()
  for (const text of ['rights', 'exit']) await says(text)
  await both.stop()
  await keys.stop()
}

it('the rights of the file suffice for a cluster whose primaries have replicas, also while a slot moves', async () => {
  const cluster = await startCluster({ replicas: 1, more: settingsBeside() })
  const [first] = cluster.servers
  if (first === undefined) throw new Error('no server')
  await isAnswered(`redis://lantern:${PASSWORD}@127.0.0.1:${first.port}`, async () => {
    // A slot of one key that is not there: whoever asks for it is sent on, and has to say ASKING.
    const key = `{${randomBytes(6).toString('hex')}}`
    const slot = await tell<number>(first, ['CLUSTER', 'KEYSLOT', key])
    const ids = await Promise.all(
      cluster.servers.slice(0, 3).map((one) => tell<string>(one, ['CLUSTER', 'MYID'])),
    )
    const owner = Math.min(2, Math.floor((slot * 3) / 16_384))
    const other = (owner + 1) % 3
    const [from, to] = [cluster.servers[owner], cluster.servers[other]]
    if (from === undefined || to === undefined) throw new Error('no server')
    await tell(to, ['CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', ids[owner] ?? ''])
    await tell(from, ['CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', ids[other] ?? ''])
    const { openRedis } = await import('../../src/storage/redis/link/link.ts')
    const link = await openRedis(`redis://lantern:${PASSWORD}@127.0.0.1:${first.port}`)
    expect(await link.at(Buffer.from(key), ['GET', key])).toBe(null)
    await link.close()
    for (const server of [from, to]) await tell(server, ['CLUSTER', 'SETSLOT', String(slot), 'STABLE'])
  })
  await cluster.whole()
  expect(await refusedBy(cluster.servers)).toEqual([])
  await cluster.stop()
}, 240_000)

it('they suffice for a primary with a replica that sentinels watch, and for a fail-over', async () => {
  const watched = await startSentinels({
    more: settingsBeside(),
    conf: toldOf,
  })
  await isAnswered(watched.url.replace('://:', '://lantern:'), async () => {
    const before = await watched.primary()
    await before?.kill()
    await until(async () => (await watched.primary().catch(() => undefined)) !== undefined)
    await before?.startAgain()
    await watched.whole()
  })
  expect(await refusedBy(watched.servers)).toEqual([])
  await watched.stop()
}, 240_000)

it('the user of a replica may copy the data, and ask for nothing else', async () => {
  const server = await startRedis({ requirepass: PASSWORD, aclfile: users() })
  const client = createClient({ url: `redis://replica:${PASSWORD}@127.0.0.1:${server.port}`, RESP: 2 })
  client.on('error', () => {})
  await client.connect()
  for (const words of ['GET x', 'KEYS *', 'EVAL x 0', 'CONFIG GET *', 'ACL LIST'])
    await expect(client.sendCommand(words.split(' ')), words).rejects.toThrow('NOPERM')
  client.destroy()
  await server.stop()
}, 60_000)
