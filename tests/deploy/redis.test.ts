import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openRedisStores } from '../../src/main/stores/redis-stores.ts'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { englishEngine } from '../conversation/english-engine.ts'
import { heardBy, housesOfTests } from '../turns/house.ts'
import { TO_MENU } from '../turns/ways.ts'
import { pathOf, REDIS } from '../system-programs.ts'
import { aclWith } from './redis-acl.ts'

/** The servers as deploy/redis sets them up, really started as compose and systemd start them, with our own start-up check. */
const HOUSE = join(import.meta.dirname, '../..')
const USES = ['data', 'vault'] as const
type Use = (typeof USES)[number]
const houses = housesOfTests()
const password = randomBytes(12).toString('hex')
let folder: string
const running: ChildProcess[] = []

const source = (path: string) => readFileSync(join(HOUSE, path), 'utf8')
const socket = (use: Use) => join(folder, use, 'redis.sock')
const url = (use: Use, user = 'lantern', word = password) => `unix://${user}:${word}@${socket(use)}`

async function start(use: Use): Promise<void> {
  const own = join(folder, use)
  mkdirSync(own)
  writeFileSync(join(own, 'users.acl'), aclWith(password, source(`deploy/redis/${use}.acl`)))
  const words = [
    join(HOUSE, `deploy/redis/${use}.conf`),
    '--port',
    '0',
    '--unixsocket',
    socket(use),
    '--unixsocketperm',
    '770',
    '--aclfile',
    join(own, 'users.acl'),
    '--dir',
    own,
    '--loglevel',
    'warning',
  ]
  const child = spawn(pathOf(REDIS) ?? '', words, { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  for (let attempt = 0; ; attempt += 1) {
    if (child.exitCode !== null || attempt === 500) throw new Error(`${use} did not start: ${said}`)
    const link = await openRedis(url(use)).catch(() => undefined)
    if (link !== undefined) return link.close()
    await wait(10)
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-conf-'))
  await Promise.all(USES.map(start))
})
afterAll(async () => {
  for (const child of running) {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined
    child.kill('SIGKILL')
    await ended
  }
  rmSync(folder, { recursive: true })
})

it('pass the check of the start, and a whole conversation, with the rights of the file', async () => {
  const read = readConfig({
    STORAGE_URL: url('data'),
    VAULT_URL: url('vault'),
    DATA_DIR: join(folder, 'd'),
    VAULT_DIR: join(folder, 'v'),
  })
  if (!('config' in read) || read.config.redis === undefined) throw new Error('not a configuration')
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  const engine = await englishEngine()
  const stores = await openRedisStores(read.config, read.config.redis, { random })
  const house = await houses.open({
    engine,
    wrapStore: () => ({ ...stores.conversations, close: () => Promise.resolve() }),
    wrapVault: () => ({ ...stores.vault, close: () => Promise.resolve() }),
  })
  for (const text of [...TO_MENU, 'rights', 'exit', 'blue cup']) await house.receive(text)
  await house.drain()
  expect(heardBy(house).length).toBeGreaterThan(0)
  expect(await stores.isMine('sweep', 1_000)).toBe(true)
  await stores.vault.rotate({ at: Date.now() })
  await stores.accounts().close()
  await stores.conversations.prune(Date.now(), Date.now())
  await house.receive('erase')
  await house.receive('1')
  await stores.conversations.close()
  await stores.vault.close()
  await stores.close()
})

describe.each(USES)('the server of the %s', (use) => {
  it('refuses whoever has no password, another one, or asks for more than Lantern needs', async () => {
    const without = await openRedis(`unix://${socket(use)}`).catch((error: unknown) => error)
    expect(without).toMatchObject({ code: 'NOAUTH' })
    const wrong = await openRedis(url(use, 'lantern', 'another')).catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(Error)
    const link = await openRedis(url(use))
    const more = ['KEYS *', 'MONITOR', 'FLUSHALL', 'SAVE', 'SHUTDOWN', 'ACL LIST', 'SCAN 0']
    for (const words of [...more, 'CONFIG SET save 1', 'REPLICAOF NO ONE', 'SLOWLOG GET', 'CLIENT LIST'])
      await expect(link.everywhere(words.split(' ')), words).rejects.toMatchObject({ code: 'NOPERM' })
    await link.close()
  })

  it('allows the commands that our source sends to it, and no other', () => {
    const allowed = [...source(`deploy/redis/${use}.acl`).matchAll(/ \+([a-z|]+)/gu)].map(
      ([, name = '']) => name,
    )
    const sent = new Set(
      foldersOf(use)
        .flatMap((path) => [...source(path).matchAll(/(?:\[|redis\.call\()'([A-Z]{3,})'/gu)])
        .map(([, name = '']) => name.toLowerCase()),
    )
    for (const [general, part] of [
      ['config', 'config|get'],
      ['acl', 'acl|getuser'],
    ] as const)
      if (sent.delete(general)) sent.add(part)
    // A word of ours for a server that is not there, and what sentinels are asked; they have users of their own.
    for (const name of ['away', 'sentinel']) sent.delete(name)
    // The link can publish, and nothing is ever published on the server of the keys.
    if (use === 'vault') sent.delete('publish')
    // What the client says by itself.
    const own = ['ping', 'hello', 'auth']
    // By itself too, but to a cluster alone; that no other is missing is shown in tests/faults/redis-users.test.ts.
    const more = use === 'data' ? ['subscribe', 'unsubscribe', 'cluster|slots', 'asking'] : []
    expect(allowed.toSorted()).toEqual([...new Set([...sent, ...own, ...more])].toSorted())
  })
})

const SHARED = ['link', 'server-check', 'server-mark', 'info']

function foldersOf(use: Use): string[] {
  const files = (path: string) =>
    readdirSync(join(HOUSE, path), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${path}/${name}`)
  if (use === 'data') return files('src/storage/redis')
  return [...files('src/privacy/vault/redis'), ...SHARED.map((name) => `src/storage/redis/link/${name}.ts`)]
}
