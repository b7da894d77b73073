import { createHash } from 'node:crypto'
import { createClient, createCluster, ErrorReply, RESP_TYPES } from '@redis/client'

/**
 * The way to one Redis or Valkey: a single server, or a cluster, which is recognised by itself. Every command either is
 * answered or rejects within some seconds, and nothing is queued while the server is away: who waits for an
 * acknowledgement then gets none, and the next command after its return works again. Answers are bytes, numbers or lists.
 */
export interface RedisLink {
  /** Runs a script with all its keys in one slot; loads it where the server has forgotten it. */
  run(script: Script, keys: readonly Buffer[], words?: readonly Word[]): Promise<Reply>
  /** One command, sent where its key lies. */
  at(key: Buffer, words: readonly Word[]): Promise<Reply>
  /** One command without a key on every primary, in no particular order. */
  everywhere(words: readonly Word[]): Promise<Reply[]>
  publish(channel: string, text: string): Promise<void>
  /** Hears what is published from the time when it resolves. */
  subscribe(channel: string, hear: (text: string) => void): Promise<void>
  close(): Promise<void>
}

export type Word = string | Buffer
export type Reply = Buffer | number | string | null | Reply[]

export interface Script {
  lua: string
  sha: string
}

/** A server that could not do it. `code` is the first word of what it said, or `AWAY`. */
export class RedisFailed extends Error {
  override readonly name = 'RedisFailed'
  readonly code: string

  constructor(code: string) {
    super(`the Redis server did not do it: ${code}`)
    this.code = code
  }
}

export function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') }
}

/** A server that says nothing for so long is taken for gone. */
const SILENCE_MS = 8_000
const PING_MS = 2_500
const CONNECT_MS = 5_000
const LONGEST_PAUSE_MS = 1_000

const socket = {
  connectTimeout: CONNECT_MS,
  socketTimeout: SILENCE_MS,
  reconnectStrategy: (tries: number) => Math.min(LONGEST_PAUSE_MS, 20 * 2 ** Math.min(tries, 6)),
}
const common = {
  RESP: 2,
  disableOfflineQueue: true,
  pingInterval: PING_MS,
  commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
} as const

function single(url: string) {
  const client = createClient({ ...common, url, socket })
  // What failed is told to whoever waits for it; without a listener it would end the process.
  client.on('error', () => {})
  return client
}
type Single = ReturnType<typeof single>

export async function openRedis(url: string): Promise<RedisLink> {
  const client = single(url)
  try {
    await withEnd(client)
    const info = (await client.sendCommand<Buffer>(['INFO', 'cluster'])).toString()
    if (!info.includes('cluster_enabled:1')) return linkOf(toOne(client))
  } catch (error) {
    client.destroy()
    throw failed(error)
  }
  client.destroy()
  return linkOf(await toCluster(url))
}

/** The first connection is tried once: a start says at once that there is no server. */
async function withEnd(client: Single): Promise<void> {
  let refuse: (error: unknown) => void = () => {}
  const refused = new Promise<never>((_, reject) => (refuse = reject))
  client.once('error', refuse)
  await Promise.race([client.connect(), refused])
  client.off('error', refuse)
}

interface Way {
  send(key: Buffer | undefined, words: Word[]): Promise<Reply>
  everywhere(words: Word[]): Promise<Reply[]>
  /** A connection of its own, for hearing. */
  listener(): Promise<Single>
  close(): void
}

function toOne(client: Single): Way {
  const send = (words: Word[]) => client.sendCommand<Reply>(words)
  return {
    send: (_key, words) => send(words),
    everywhere: async (words) => [await send(words)],
    listener: async () => {
      const copy = client.duplicate()
      copy.on('error', () => {})
      await copy.connect()
      return copy
    },
    close: () => client.destroy(),
  }
}

async function toCluster(url: string): Promise<Way> {
  const { username, password, protocol } = new URL(url)
  const defaults = {
    socket: protocol === 'rediss:' ? { ...socket, tls: true as const } : socket,
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  }
  const cluster = createCluster({ ...common, rootNodes: [{ url }], defaults: { ...common, ...defaults } })
  cluster.on('error', () => {})
  await cluster.connect()
  const nodes = () => Promise.all(cluster.masters.map((node) => cluster.nodeClient(node)))
  return {
    send: (key, words) => cluster.sendCommand<Reply>(key, false, words),
    everywhere: async (words) => Promise.all((await nodes()).map((node) => node.sendCommand<Reply>(words))),
    listener: async () => {
      const [node] = await nodes()
      if (node === undefined) throw new RedisFailed('AWAY')
      const copy = node.duplicate()
      copy.on('error', () => {})
      await copy.connect()
      return copy
    },
    close: () => cluster.destroy(),
  }
}

function linkOf(way: Way): RedisLink {
  let listener: Promise<Single> | undefined
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw failed(error)
    }
  }
  return {
    async run({ lua, sha }, keys, words = []) {
      const rest = [String(keys.length), ...keys, ...words]
      try {
        return await asked(() => way.send(keys[0], ['EVALSHA', sha, ...rest]))
      } catch (error) {
        if (!(error instanceof RedisFailed) || error.code !== 'NOSCRIPT') throw error
        return await asked(() => way.send(keys[0], ['EVAL', lua, ...rest]))
      }
    },
    at: (key, words) => asked(() => way.send(key, [...words])),
    everywhere: (words) => asked(() => way.everywhere([...words])),
    publish: (channel, text) =>
      asked(async () => void (await way.send(Buffer.from(channel), ['PUBLISH', channel, text]))),
    subscribe: (channel, hear) =>
      asked(async () => {
        listener ??= way.listener().catch((error: unknown) => {
          listener = undefined
          throw error
        })
        // It subscribes anew by itself after the server was away.
        await (await listener).subscribe(channel, hear)
      }),
    async close() {
      const heard = await listener?.catch(() => undefined)
      heard?.destroy()
      way.close()
    },
  }
}

function failed(error: unknown): RedisFailed {
  if (error instanceof RedisFailed) return error
  const isReply = error instanceof ErrorReply
  const [, code] = (isReply && /^([A-Z]+)\b/u.exec(error.message)) || []
  return new RedisFailed(code ?? (isReply ? 'ERR' : 'AWAY'))
}

export function bytesOf(reply: Reply | undefined): Buffer {
  if (Buffer.isBuffer(reply)) return reply
  throw new RedisFailed('FORMAT')
}

export function listOf(reply: Reply | undefined): Reply[] {
  if (Array.isArray(reply)) return reply
  throw new RedisFailed('FORMAT')
}

export function numberOf(reply: Reply | undefined): number {
  const number = typeof reply === 'number' ? reply : Number(bytesOf(reply))
  if (Number.isNaN(number)) throw new RedisFailed('FORMAT')
  return number
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
