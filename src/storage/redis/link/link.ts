import { createHash } from 'node:crypto'
import { toCluster } from './cluster-way.ts'
import { copyOf, single, type Single, withEnd } from './connections.ts'
import { failed, RedisFailed } from './failure.ts'
import { isWrite } from './replicated.ts'
import { isSentinelAddress, sentinelAddress } from './sentinel-address.ts'
import { toSentinels } from './sentinel-way.ts'
import type { Reply, Way, Word } from './way.ts'

/**
 * The way to one Redis or Valkey: a single server, the primary that sentinels name, or a cluster, which is recognised by itself. Every command either is
 * answered or rejects within some seconds, and nothing is queued while the server is away: who waits for an
 * acknowledgement then gets none, and the next command after its return works again. Answers are bytes, numbers or lists.
 */
export interface RedisLink {
  /** Runs a script with all its keys in one slot; loads it where the server has forgotten it. */
  run(script: Script, keys: readonly Buffer[], words?: readonly Word[]): Promise<Reply>
  /** One command, sent where its key lies. */
  at(key: Buffer, words: readonly Word[]): Promise<Reply>
  /**
   * Where writes count only once a replica has them: all that was written before, by whomever, to the server of this key,
   * which is a key for this alone.
   */
  confirm(key: Buffer): Promise<void>
  /** One command without a key on every primary, in no particular order. */
  everywhere(words: readonly Word[]): Promise<Reply[]>
  publish(channel: string, text: string): Promise<void>
  /** Hears what is published from the time when it resolves. */
  subscribe(channel: string, hear: (text: string) => void): Promise<void>
  close(): Promise<void>
}

export { RedisFailed } from './failure.ts'
export type { Reply, Word } from './way.ts'

export interface Script {
  lua: string
  sha: string
  writes: boolean
}

export function script(lua: string): Script {
  const writes = !/^#!lua flags=\S*\bno-writes\b/u.test(lua)
  return { lua, sha: createHash('sha1').update(lua).digest('hex'), writes }
}

export async function openRedis(url: string): Promise<RedisLink> {
  if (isSentinelAddress(url)) return linkOf(await toPrimary(url))
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

async function toPrimary(url: string): Promise<Way> {
  const address = sentinelAddress(url)
  if (address === undefined) throw new RedisFailed('ADDRESS')
  return toSentinels(address)
}

function toOne(client: Single): Way {
  const send = (words: Word[]) => client.sendCommand<Reply>(words)
  return {
    isReplicated: false,
    send: (_key, words) => send(words),
    everywhere: async (words) => [await send(words)],
    listener: () => copyOf(client),
    close: () => client.destroy(),
  }
}

function linkOf(way: Way): RedisLink {
  let listener: Promise<Single> | undefined
  const heard = new Map<string, (text: string) => void>()

  async function listen(channel: string, hear: (text: string) => void): Promise<void> {
    listener ??= way.listener().catch((error: unknown) => {
      listener = undefined
      throw error
    })
    // It subscribes anew by itself after the server was away.
    await (await listener).subscribe(channel, hear)
  }

  way.onMove?.(() => {
    const before = listener
    listener = undefined
    before?.then((client) => client.destroy()).catch(() => {})
    for (const [channel, hear] of heard) listen(channel, hear).catch(() => {})
  })

  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw failed(error)
    }
  }
  return {
    async run({ lua, sha, writes }, keys, words = []) {
      const rest = [String(keys.length), ...keys, ...words]
      try {
        return await asked(() => way.send(keys[0], ['EVALSHA', sha, ...rest], writes))
      } catch (error) {
        if (!(error instanceof RedisFailed) || error.code !== 'NOSCRIPT') throw error
        return await asked(() => way.send(keys[0], ['EVAL', lua, ...rest], writes))
      }
    },
    at: (key, words) => asked(() => way.send(key, [...words], isWrite(words))),
    async confirm(key) {
      // WAIT speaks of what its own connection wrote, and so of all that was written before that.
      if (way.isReplicated) await asked(() => way.send(key, ['SET', key, ''], true))
    },
    everywhere: (words) => asked(() => way.everywhere([...words])),
    publish: (channel, text) =>
      asked(async () => void (await way.send(Buffer.from(channel), ['PUBLISH', channel, text], false))),
    subscribe(channel, hear) {
      heard.set(channel, hear)
      return asked(() => listen(channel, hear))
    },
    async close() {
      heard.clear()
      const last = await listener?.catch(() => undefined)
      last?.destroy()
      way.close()
    },
  }
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
