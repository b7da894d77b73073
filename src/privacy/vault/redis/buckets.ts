import { bytesOf, listOf, type RedisLink } from '../../../storage/redis/link/link.ts'

/** Where keys lie: in hashes that are small enough for the server to keep them packed. */
export const BUCKETS = 16_384
export const BUCKETS_AT_ONCE = 64
/** Bytes in front of a wrapped key: the number of the KEK that it is under. */
export const EPOCH = 4

export const bucketOf = (id: Buffer) => (id.length < 2 ? 0 : id.readUInt16BE() % BUCKETS)
export const bucketKey = (bucket: number) => Buffer.from(`{vault}k${bucket}`)

/** Every key of one bucket, by its id. */
export async function inBucket(link: RedisLink, bucket: number): Promise<[Buffer, Buffer][]> {
  const key = bucketKey(bucket)
  const flat = listOf(await link.at(key, ['HGETALL', key]))
  return Array.from({ length: flat.length / 2 }, (_, n) => [bytesOf(flat[2 * n]), bytesOf(flat[2 * n + 1])])
}

export function epochBytes(epoch: number): Buffer {
  const bytes = Buffer.alloc(EPOCH)
  bytes.writeUInt32BE(epoch)
  return bytes
}
