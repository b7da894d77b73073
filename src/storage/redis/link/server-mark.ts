import { bytesOf, numberOf, openRedis, RedisFailed, type RedisLink } from './link.ts'
import type { Parted } from '../conversations/homes.ts'

/**
 * Says what a server is kept for, by one key that is written when it is still empty. A server with the data of something
 * else, of the other use or of a newer Lantern is refused and left as it is.
 */
export type Use = 'data' | 'vault'
export type MarkRefusal = 'foreign' | 'newer' | 'away'

export class ServerRefused extends Error {
  override readonly name = 'ServerRefused'
  readonly reason: MarkRefusal

  constructor(reason: MarkRefusal) {
    super(`the Redis server is refused: ${reason}`)
    this.reason = reason
  }
}

/** A server with the data of conversations and the desk. */
export type DataLink = RedisLink & Parted

const KEY = Buffer.from('{lantern}mark')
const VERSION = 1
/** Enough to spread over many servers, and few enough to ask all of them often. */
const PARTITIONS = 64

/** `partitions` counts for a server that is still empty. */
export async function openData(url: string, partitions = PARTITIONS): Promise<DataLink> {
  const { link, mark } = await openMarked(url, 'data', `lantern data ${VERSION} partitions ${partitions}`)
  return { ...link, partitions: Number(/ partitions (\d+)$/u.exec(mark)?.[1]) }
}

export async function openVaultServer(url: string): Promise<RedisLink> {
  return (await openMarked(url, 'vault', `lantern vault ${VERSION}`)).link
}

async function openMarked(url: string, use: Use, fresh: string): Promise<{ link: RedisLink; mark: string }> {
  const link = await openRedis(url).catch((error: unknown) => {
    throw error instanceof RedisFailed && error.code === 'AWAY' ? new ServerRefused('away') : error
  })
  try {
    return { link, mark: await markOf(link, use, fresh) }
  } catch (error) {
    await link.close()
    throw error
  }
}

async function markOf(link: RedisLink, use: Use, fresh: string): Promise<string> {
  const found = await markIn(link)
  if (found === undefined) {
    const sizes = await link.everywhere(['DBSIZE'])
    const isEmpty = sizes.every((size) => numberOf(size) === 0)
    if (isEmpty) await link.at(KEY, ['SET', KEY, fresh, 'NX'])
  }
  const mark = found ?? (await markIn(link))
  const [, whose, version] = /^lantern (data|vault) (\d+)/u.exec(mark ?? '') ?? []
  if (mark === undefined || whose !== use) throw new ServerRefused('foreign')
  if (Number(version) !== VERSION) throw new ServerRefused('newer')
  return mark
}

async function markIn(link: RedisLink): Promise<string | undefined> {
  try {
    const found = await link.at(KEY, ['GET', KEY])
    return found === null ? undefined : bytesOf(found).toString()
  } catch (error) {
    if (error instanceof RedisFailed && error.code === 'WRONGTYPE') throw new ServerRefused('foreign')
    throw error
  }
}
