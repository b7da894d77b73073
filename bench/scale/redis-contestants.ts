import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RedisServer, startRedis } from '../../tests/redis-server.ts'
import { pinSelf } from '../on-core.ts'
import { type Server, startProgram, startServer } from '../server.ts'
import { whatsappSettings, type WireName } from '../webhook/wires.ts'

/** Who is measured on Redis: each on fresh servers of the same settings, which work on core 1 beside the load. */
export interface Contestant {
  wire: WireName
  /** How many processes of it serve. */
  processes: number
  start(apiUrl: string, environment: Readonly<Record<string, string>>): Promise<Server>
}

const ours: Contestant['start'] = (apiUrl, environment) =>
  startServer({ core: 0, environment: { ...whatsappSettings(apiUrl), ...environment } })

const floor = peer('./redis-floor-server.ts')

export const CONTESTANTS = {
  ours: { wire: 'whatsapp', processes: 1, start: ours },
  pair: { wire: 'whatsapp', processes: 2, start: ours },
  floor: { wire: 'whatsapp', processes: 1, start: floor },
  floorPair: { wire: 'whatsapp', processes: 2, start: floor },
  conversations: { wire: 'telegram', processes: 1, start: peer('./redis-grammy-server.ts') },
} as const satisfies Record<string, Contestant>

export type ContestantName = keyof typeof CONTESTANTS

function peer(file: string): Contestant['start'] {
  return (apiUrl, environment) =>
    startProgram({
      args: [join(import.meta.dirname, file)],
      core: 0,
      environment: { ...environment, BENCH_API_URL: apiUrl, NODE_ENV: 'production' },
    })
}

/** Two servers as a deployment has them, and what a process needs to find them. */
export interface RedisPair {
  data: RedisServer
  keys: RedisServer
  environment: Readonly<Record<string, string>>
  /** The root key of both. */
  root: Buffer
  stop(): Promise<void>
}

export async function startPair(): Promise<RedisPair> {
  const back = pinSelf(1)
  const [data, keys] = await Promise.all([startRedis(), startRedis()])
  back()
  const folder = mkdtempSync(join(tmpdir(), 'lantern-bench-root-'))
  const root = randomBytes(32)
  const file = join(folder, 'root.key')
  writeFileSync(file, root, { mode: 0o600 })
  return {
    data,
    keys,
    environment: { STORAGE_URL: data.url, VAULT_URL: keys.url, ROOT_KEY_FILE: file },
    root,
    async stop() {
      await Promise.all([data.stop(), keys.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
