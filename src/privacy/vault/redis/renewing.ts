import { numberOf, type RedisLink, type Word } from '../../../storage/redis/link/link.ts'
import type { Epoch, Rotation } from '../vault.ts'
import { type Place, rewrap } from '../wrap.ts'
import { bucketKey, BUCKETS, BUCKETS_AT_ONCE, EPOCH, epochBytes, inBucket } from './buckets.ts'
import { REWRAP } from './scripts.ts'
import { EPOCHS, latestOf, type StateReader, type VaultState } from './vault-state.ts'

/** Every key of some buckets that is not under the KEK yet; false when that is not the latest any more. */
async function renewIn(
  link: RedisLink,
  bucket: number,
  { keks }: VaultState,
  target: Epoch,
): Promise<boolean> {
  const key = bucketKey(bucket)
  const next = latestOf(keks)
  if (next.epoch !== target.epoch) return false
  const words: Word[] = []
  for (const [id, bytes] of await inBucket(link, bucket)) {
    const old = keks.find(({ epoch }) => epoch === bytes.readUInt32BE())
    if (old === undefined || old === next) continue
    const place: Place = { role: 'dek', epoch: old.epoch, id }
    const wrapped = rewrap(old, next, place, bytes.subarray(EPOCH))
    // A damaged key opens under no KEK; it must not keep the old one alive.
    if (wrapped !== undefined) words.push(id, bytes, Buffer.concat([epochBytes(next.epoch), wrapped]))
  }
  if (words.length === 0) return true
  return (await link.run(REWRAP, [EPOCHS, key], [String(next.epoch), ...words])) === 1
}

async function bucketSizes(link: RedisLink): Promise<number[]> {
  const sizes: number[] = []
  for (let bucket = 0; bucket < BUCKETS; bucket += BUCKETS_AT_ONCE) {
    const keys = Array.from({ length: BUCKETS_AT_ONCE }, (_, n) => bucketKey(bucket + n))
    sizes.push(...(await Promise.all(keys.map(async (key) => numberOf(await link.at(key, ['HLEN', key]))))))
  }
  return sizes
}

/** Puts every key under the latest KEK, also where another process begins a rotation meanwhile. */
export async function renewAll(
  link: RedisLink,
  state: StateReader,
  progress: Rotation['progress'],
): Promise<void> {
  const sizes = await bucketSizes(link)
  const of = sizes.reduce((sum, size) => sum + size, 0)
  for (let bucket = 0, known = await state.anew(), target = latestOf(known.keks); bucket < BUCKETS; ) {
    const some = Array.from({ length: BUCKETS_AT_ONCE }, (_, n) => bucket + n)
    const done = await Promise.all(some.map((one) => renewIn(link, one, known, target)))
    bucket += BUCKETS_AT_ONCE
    const left = sizes.slice(bucket).reduce((sum, size) => sum + size, 0)
    progress?.(of - left, of)
    if (done.every(Boolean)) continue
    // Another process began a rotation after this one: everything goes under its KEK.
    known = await state.anew()
    target = latestOf(known.keks)
    bucket = 0
  }
}
