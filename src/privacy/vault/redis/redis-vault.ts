import { type KeyObject, randomBytes } from 'node:crypto'
import { bytesOf, listOf, RedisFailed, type RedisLink } from '../../../storage/redis/link/link.ts'
import { FileRefused } from '../../../storage/sqlite/file.ts'
import { openKeys } from '../open-keys.ts'
import { idOfInstant } from '../vault-epochs.ts'
import type { Epoch, Key, KeyId, Rotation, RotatingVault } from '../vault.ts'
import { freshKey, type Place, unwrap, wrap } from '../wrap.ts'
import { bucketKey, bucketOf, BUCKETS, BUCKETS_AT_ONCE, EPOCH, epochBytes } from './buckets.ts'
import { departureKey, departuresOn } from './departures.ts'
import { logCleaning } from './log-cleaning.ts'
import { renewAll } from './renewing.ts'
import { ADD_EPOCH, CREATE, DESTROY, DROP_EPOCHS } from './scripts.ts'
import { EPOCHS, latestOf, stateReader, type VaultState } from './vault-state.ts'

/**
 * The vault on a Redis or Valkey server of its own, for any number of processes at once. What resolves has been synced to
 * the server's disk: by `appendfsync always`, which the start-up check insists on, and by WAITAOF where the server has it.
 * Keys lie in small hashes of 64 bytes each, which the server keeps packed. A key that was destroyed by another process is
 * known to be gone within a second.
 */
export interface RedisVaultOptions {
  /** Keys held open in memory; 256 when not given. */
  held?: number
  freshMs?: number
  /** Between two looks whether the log of writes holds what was destroyed. */
  cleanMs?: number
  departureMs?: number
}

const MOST_TRIES = 10
const SYNCED_MS = 5_000

export async function openRedisVault(
  link: RedisLink,
  root: KeyObject,
  options: RedisVaultOptions = {},
): Promise<RotatingVault> {
  const held = openKeys(options.held ?? 256)
  const state = stateReader(link, root, { freshMs: options.freshMs ?? 1_000, changed: () => held.clear() })
  const isWaited = await hasWaitAof(link)
  let isClosed = false
  const open = () => {
    if (isClosed) throw new RedisFailed('AWAY')
  }
  const departures = departuresOn(link, { open, synced, keptMs: options.departureMs })

  async function add(role: 'kek' | 'pepper', epoch: number, at: number): Promise<void> {
    const place: Place = { role, epoch, id: idOfInstant(at) }
    const bytes = Buffer.concat([place.id, wrap(root, place, freshKey())])
    await link.run(ADD_EPOCH, [EPOCHS], [role, String(epoch), bytes])
    await state.anew()
  }

  async function drop(role: 'kek' | 'pepper', epochs: readonly Epoch[]): Promise<void> {
    if (epochs.length > 0)
      await link.run(DROP_EPOCHS, [EPOCHS], [role, ...epochs.map(({ epoch }) => String(epoch))])
    await synced()
    await state.anew()
  }

  async function synced(): Promise<void> {
    if (!isWaited) return
    const [reply] = await link.everywhere(['WAITAOF', '1', '0', String(SYNCED_MS)])
    if (listOf(reply)[0] !== 1) throw new RedisFailed('UNSYNCED')
  }

  async function finishRotation(progress: Rotation['progress']): Promise<void> {
    const { keks } = await state.anew()
    if (keks.length < 2) return
    await renewAll(link, state, progress)
    // Those that were there when it began: nothing is written under them since.
    await drop('kek', keks.slice(0, -1))
  }

  let rotations: Promise<unknown> = Promise.resolve()
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = rotations.then(work)
    rotations = done.catch(() => {})
    return done
  }

  async function readKey(id: KeyId): Promise<Key | undefined> {
    const bytes = Buffer.from(id, 'base64url')
    if (bytes.length !== 16) return undefined
    const bucket = bucketKey(bucketOf(bytes))
    const found = await link.at(bucket, ['HGET', bucket, bytes])
    if (found === null) return undefined
    const epoch = bytesOf(found).readUInt32BE()
    const isOf = (known: VaultState) => known.keks.find((kek) => kek.epoch === epoch)
    const kek = isOf(await state.now()) ?? isOf(await state.anew())
    const place: Place = { role: 'dek', epoch, id: bytes }
    const secret = kek === undefined ? undefined : unwrap(kek.key, place, bytesOf(found).subarray(EPOCH))
    return secret === undefined ? undefined : { id, secret }
  }

  async function start(): Promise<void> {
    const { keks, peppers } = await state.anew()
    if (keks.length === 0) await add('kek', 1, 0)
    if (peppers.length === 0) await add('pepper', 1, 0)
    await finishRotation(undefined)
    await drop('pepper', (await state.now()).peppers.slice(0, -2))
  }

  await start()
  const cleaning = logCleaning(link, state, options.cleanMs)

  return {
    async create() {
      open()
      const id = randomBytes(16)
      const secret = freshKey()
      const bucket = bucketKey(bucketOf(id))
      let known = await state.now()
      for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
        const { epoch, key: kek } = latestOf(known.keks)
        const bytes = Buffer.concat([epochBytes(epoch), wrap(kek, { role: 'dek', epoch, id }, secret)])
        if ((await link.run(CREATE, [EPOCHS, bucket], [String(epoch), id, bytes])) === 1) {
          await synced()
          const key: Key = { id: id.toString('base64url') as KeyId, secret }
          held.add(key)
          return key
        }
        known = await state.anew()
      }
      throw new RedisFailed('STALE')
    },
    async open(id) {
      open()
      await state.now()
      const there = held.get(id)
      if (there !== undefined) return there
      let key = await readKey(id)
      if (key === undefined) {
        // A rotation that ended between two looks has put it under another KEK; only what stays unreadable is damaged.
        key = await readKey(id)
        const bytes = Buffer.from(id, 'base64url')
        const bucket = bucketKey(bytes.length === 16 ? bucketOf(bytes) : 0)
        const isThere = key === undefined && (await link.at(bucket, ['HEXISTS', bucket, bytes])) === 1
        if (isThere) throw new FileRefused('damaged', 'a key in the vault is damaged')
      }
      if (key !== undefined) held.add(key)
      return key
    },
    async destroy(id, departure) {
      open()
      held.drop(id)
      const bytes = Buffer.from(id, 'base64url')
      const bucket = bucketKey(bucketOf(bytes))
      if (departure === undefined) await link.run(DESTROY, [EPOCHS, bucket], [bytes])
      else
        await link.run(
          DESTROY,
          [EPOCHS, bucket, departureKey(departure.token)],
          [bytes, ...departures.wordsOf(departure)],
        )
      await synced()
      held.drop(id)
    },
    ...departures.methods,
    rotate: ({ at = 0, progress } = {}) =>
      inTurn(async () => {
        const { keks } = await state.anew()
        await add('kek', latestOf(keks).epoch + 1, at)
        await finishRotation(progress)
      }),
    rotatePepper: ({ at = 0 } = {}) =>
      inTurn(async () => {
        const { peppers } = await state.anew()
        await add('pepper', latestOf(peppers).epoch + 1, at)
        await drop('pepper', (await state.now()).peppers.slice(0, -2))
      }),
    dropOlderPeppers: () => inTurn(async () => drop('pepper', (await state.anew()).peppers.slice(0, -1))),
    async peppers() {
      open()
      const { peppers } = await state.now()
      return peppers
        .slice(-2)
        .toReversed()
        .map(({ key }) => key)
    },
    async epochs() {
      open()
      const { keks, peppers } = await state.now()
      return { kek: epochOf(latestOf(keks)), pepper: epochOf(latestOf(peppers)) }
    },
    async *ids() {
      open()
      for (let bucket = 0; bucket < BUCKETS; bucket += BUCKETS_AT_ONCE) {
        const some = await Promise.all(
          Array.from({ length: BUCKETS_AT_ONCE }, async (_, n) => {
            const key = bucketKey(bucket + n)
            return listOf(await link.at(key, ['HKEYS', key]))
          }),
        )
        for (const id of some.flat()) yield bytesOf(id).toString('base64url') as KeyId
      }
    },
    async close() {
      await rotations
      isClosed = true
      cleaning.close()
      held.clear()
      await link.close()
    },
  }
}

const epochOf = ({ epoch, madeAt }: Epoch): Epoch => ({ epoch, madeAt })

/** Since 7.2; Debian 12 has 7.0. */
async function hasWaitAof(link: RedisLink): Promise<boolean> {
  try {
    await link.everywhere(['WAITAOF', '0', '0', '1'])
    return true
  } catch (error) {
    if (error instanceof RedisFailed && error.code === 'ERR') return false
    throw error
  }
}
