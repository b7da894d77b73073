import { createClient } from '@redis/client'
import { setTimeout as wait } from 'node:timers/promises'
import { type RedisServer, startRedis } from './redis-server.ts'

/** A real cluster of three primaries, each a server of `redis-server.ts`. */
export interface RedisCluster {
  url: string
  servers: readonly RedisServer[]
  stop(): Promise<void>
}

const SLOTS = 16_384
const TRIES = 300

export async function startCluster(): Promise<RedisCluster> {
  const password = 'of-a-test'
  const settings = {
    'cluster-enabled': 'yes',
    'cluster-node-timeout': '2000',
    requirepass: password,
    masterauth: password,
  }
  const servers = await Promise.all([0, 1, 2].map(() => startRedis(settings)))
  const [first] = servers
  if (first === undefined) throw new Error('no server')
  for (const [place, server] of servers.entries()) {
    const from = Math.floor((SLOTS * place) / servers.length)
    const to = Math.floor((SLOTS * (place + 1)) / servers.length) - 1
    await tell(server, ['CLUSTER', 'SET-CONFIG-EPOCH', String(place + 1)])
    await tell(server, ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)])
    await tell(server, ['CLUSTER', 'MEET', '127.0.0.1', String(first.port)])
  }
  for (let attempt = 0; ; attempt += 1) {
    const told = await Promise.all(servers.map((server) => tell(server, ['CLUSTER', 'INFO'])))
    const isUp = told.every((info) => info.includes('cluster_state:ok') && info.includes('cluster_size:3'))
    if (isUp) break
    if (attempt === TRIES) throw new Error('the cluster does not come up')
    await wait(50)
  }
  return {
    url: first.url,
    servers,
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}

async function tell({ url }: RedisServer, words: string[]): Promise<string> {
  const client = createClient({ url })
  await client.connect()
  try {
    return await client.sendCommand<string>(words)
  } finally {
    client.destroy()
  }
}
