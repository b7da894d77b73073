import { createClient } from '@redis/client'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { type RedisServer, type Settings, startRedis } from './redis-server.ts'

/** A real cluster of three primaries, each a server of `redis-server.ts`; and three replicas where they are wanted. */
export interface RedisCluster {
  url: string
  /** The primaries first, then the replicas in their order, as it began. */
  servers: readonly RedisServer[]
  /** Who of those that answer is a primary now. */
  primaries(): Promise<RedisServer[]>
  /** Resolves when every slot is served and every primary has as many replicas as it began with. */
  whole(): Promise<void>
  stop(): Promise<void>
}

const PRIMARIES = 3
const SLOTS = 16_384
const TRIES = 600

export interface ClusterOptions {
  /** For each primary. */
  replicas?: 0 | 1
  /** Where others reach the server of this port, when it is not the port itself. */
  announce?(port: number): Promise<number>
  /** Settings beside those of a cluster. */
  more?: Settings
}

export async function startCluster({
  replicas = 0,
  announce = (port) => Promise.resolve(port),
  more = {},
}: ClusterOptions = {}): Promise<RedisCluster> {
  const password = 'of-a-test'
  const announced: number[] = []
  const buses: number[] = []
  const servers = await Promise.all(
    Array.from({ length: PRIMARIES * (1 + replicas) }, (_, place) =>
      startRedis(async (port) => {
        const [there, bus] = [await announce(port), await freePort()]
        announced[place] = there
        buses[place] = bus
        return {
          'cluster-enabled': 'yes',
          'cluster-node-timeout': '2000',
          'cluster-port': String(bus),
          'cluster-announce-ip': '127.0.0.1',
          'cluster-announce-port': String(there),
          'cluster-announce-bus-port': String(bus),
          requirepass: password,
          masterauth: password,
          'repl-diskless-sync-delay': '0',
          ...more,
        }
      }),
    ),
  )
  const [first] = servers
  if (first === undefined) throw new Error('no server')
  for (const [place, server] of servers.entries()) {
    await tell(server, ['CLUSTER', 'SET-CONFIG-EPOCH', String(place + 1)])
    if (place < PRIMARIES) {
      const from = Math.floor((SLOTS * place) / PRIMARIES)
      const to = Math.floor((SLOTS * (place + 1)) / PRIMARIES) - 1
      await tell(server, ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)])
    }
    await tell(server, ['CLUSTER', 'MEET', '127.0.0.1', String(announced[0]), String(buses[0])])
  }

  async function isOk(): Promise<boolean> {
    const told = await Promise.all(servers.map((server) => tell(server, ['CLUSTER', 'INFO'])))
    return told.every((info) => info.includes('cluster_state:ok') && info.includes('cluster_size:3'))
  }
  async function roles(): Promise<string[]> {
    return Promise.all(servers.map((server) => tell(server, ['INFO', 'replication'])))
  }
  async function isWhole(): Promise<boolean> {
    if (!(await isOk())) return false
    const primaries = (await roles()).filter((info) => info.includes('role:master'))
    const isFollowed = (info: string) => (info.match(/state=online/gu)?.length ?? 0) >= replicas
    return primaries.length === PRIMARIES && primaries.every(isFollowed)
  }
  async function until(check: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; !(await check().catch(() => false)); attempt += 1) {
      if (attempt === TRIES) throw new Error('the cluster does not come up')
      await wait(50)
    }
  }

  await until(isOk)
  for (const [place, server] of servers.slice(PRIMARIES).entries()) {
    const primary = servers[place]
    const id = primary === undefined ? '' : await tell(primary, ['CLUSTER', 'MYID'])
    // It is known by gossip a moment later.
    await until(async () => (await tell(server, ['CLUSTER', 'REPLICATE', id])) === 'OK')
  }
  await until(isWhole)
  return {
    url: first.url,
    servers,
    async primaries() {
      const told = await Promise.all(
        servers.map((server) => tell(server, ['INFO', 'replication']).catch(() => '')),
      )
      return servers.filter((_, place) => told[place]?.includes('role:master'))
    },
    whole: () => until(isWhole),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}

async function tell({ url }: RedisServer, words: string[]): Promise<string> {
  const client = createClient({ url, socket: { connectTimeout: 1_000, reconnectStrategy: false } })
  client.on('error', () => {})
  try {
    await client.connect()
    return await client.sendCommand<string>(words)
  } finally {
    if (client.isOpen) client.destroy()
  }
}
