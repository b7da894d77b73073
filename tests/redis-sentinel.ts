import { createClient } from '@redis/client'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { type RedisServer, type Settings, startRedis } from './redis-server.ts'
import { pathOf, REDIS } from './system-programs.ts'

/** A real primary with one replica, and three sentinels that watch them. */
export interface RedisSentinels {
  url: string
  servers: readonly RedisServer[]
  sentinels: readonly number[]
  /** As the sentinels name it now; undefined where they do not agree with the server itself. */
  primary(): Promise<RedisServer | undefined>
  /** Resolves when there is a primary whose replica keeps up with it. */
  whole(): Promise<void>
  pids(): number[]
  stop(): Promise<void>
}

export interface SentinelOptions {
  /** Where others reach the server of this port, when it is not the port itself. */
  announce?(port: number): Promise<number>
  /** Settings of both servers beside the usual ones. */
  more?: Settings
  /** What a sentinel has been told of the primary on this port, instead of the usual. */
  conf?(primary: number): string
}

const NAME = 'lantern'
const PASSWORD = 'of-a-test'
const QUORUM = 2
const TRIES = 600
const AGAIN_MS = 100

export async function startSentinels({
  announce = (port) => Promise.resolve(port),
  more = {},
  conf = usual,
}: SentinelOptions = {}): Promise<RedisSentinels> {
  // Not `replicaof` among the settings: a server that comes back is told by the sentinels what it is now.
  const announced: number[] = []
  const servers = await Promise.all(
    [0, 1].map((place) =>
      startRedis(async (port) => {
        const there = await announce(port)
        announced[place] = there
        return {
          requirepass: PASSWORD,
          masterauth: PASSWORD,
          'replica-announce-ip': '127.0.0.1',
          'replica-announce-port': String(there),
          'repl-diskless-sync-delay': '0',
          ...more,
        }
      }),
    ),
  )
  const [first = 0] = announced
  for (const { url } of servers.slice(1)) await tell(url, ['REPLICAOF', '127.0.0.1', String(first)])
  const watchers = await Promise.all([0, 1, 2].map(() => startSentinel(first, conf)))
  const sentinels = watchers.map(({ port }) => port)

  async function primary(): Promise<RedisServer | undefined> {
    for (const port of sentinels) {
      const named = await tell<string[]>(`redis://127.0.0.1:${port}`, [
        'SENTINEL',
        'GET-MASTER-ADDR-BY-NAME',
        NAME,
      ])
      const server = servers[announced.indexOf(Number(named?.[1]))]
      const role = server === undefined ? undefined : await tell<string[]>(server.url, ['ROLE'])
      if (server !== undefined && role?.[0] === 'master') return server
    }
    return undefined
  }

  async function isWhole(): Promise<boolean> {
    const now = await primary()
    const info = now === undefined ? '' : ((await tell<string>(now.url, ['INFO', 'replication'])) ?? '')
    // Sentinels that know the replica can promote it.
    const known = await Promise.all(
      sentinels.map(async (port) => {
        const replicas = await tell<unknown[]>(`redis://127.0.0.1:${port}`, ['SENTINEL', 'REPLICAS', NAME])
        return (replicas?.length ?? 0) > 0
      }),
    )
    return /state=online/u.test(info) && known.every(Boolean)
  }

  const sentinelled: RedisSentinels = {
    url: `redis-sentinel://:${PASSWORD}@${sentinels.map((port) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    servers,
    sentinels,
    primary,
    async whole() {
      for (let attempt = 0; !(await isWhole()); attempt += 1) {
        if (attempt === TRIES) throw new Error('the servers do not come together')
        await wait(AGAIN_MS)
      }
    },
    pids: () => [...servers.map(({ pid }) => pid()), ...watchers.map(({ child }) => child.pid ?? 0)],
    async stop() {
      for (const { stop } of watchers) await stop()
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
  await sentinelled.whole()
  return sentinelled
}

function usual(primary: number): string {
  return [
    `sentinel monitor ${NAME} 127.0.0.1 ${primary} ${QUORUM}`,
    `sentinel auth-pass ${NAME} ${PASSWORD}`,
    `sentinel down-after-milliseconds ${NAME} 1500`,
    `sentinel failover-timeout ${NAME} 5000`,
    `sentinel parallel-syncs ${NAME} 1`,
  ].join('\n')
}

async function startSentinel(
  primary: number,
  conf: (primary: number) => string,
): Promise<{ port: number; child: ChildProcess; stop(): Promise<void> }> {
  const path = pathOf(REDIS)
  if (path === undefined) throw new Error(`no Redis: apt-get install ${REDIS.packages[0]}`)
  const folder = mkdtempSync(join(tmpdir(), 'lantern-sentinel-'))
  const port = await freePort()
  const file = join(folder, 'sentinel.conf')
  const lines = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, conf(primary)]
  writeFileSync(file, `${lines.join('\n')}\n`)
  const child = spawn(path, [file, '--sentinel'], { stdio: 'ignore' })
  return {
    port,
    child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Undefined where the server is away. */
async function tell<T>(url: string, words: string[]): Promise<T | undefined> {
  const client = createClient({ url, RESP: 2, socket: { connectTimeout: 1_000, reconnectStrategy: false } })
  client.on('error', () => {})
  try {
    await client.connect()
    return await client.sendCommand<T>(words)
  } catch {
    return undefined
  } finally {
    if (client.isOpen) client.destroy()
  }
}
