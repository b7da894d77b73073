import { type KeyObject, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { FileRefused, openFile } from '../../storage/sqlite/file.ts'
import { groupCommit } from '../../storage/sqlite/group-commit.ts'
import { ballastAt } from './ballast.ts'
import type { Departure } from '../departure.ts'
import { openKeys } from './open-keys.ts'
import type { Epoch, Key, KeyId, Rotation, RotatingVault } from './vault.ts'
import { createEpochs } from './vault-epochs.ts'
import { type Departed, type Slot, SLOTS_SCHEMA, slotsOf } from './vault-slots.ts'
import { freshKey, type Place, rewrap, unwrap, wrap } from './wrap.ts'

/**
 * The vault in a SQLite file of its own, which one process at a time may open and no backup reads. A key that was
 * destroyed is overwritten where it lay before the promise resolves, on a full disk too. It throws `FileRefused` when
 * the root key is not the one that it was made with.
 */
export interface SqliteVaultOptions {
  /** Keys held open in memory; 256 when not given. */
  held?: number
}

/** So many are wrapped anew in one transaction, and then turns go on by so many of their steps. */
const AT_ONCE = 512
const STEPS_BETWEEN = 8

export function openSqliteVault(
  folder: string,
  root: KeyObject,
  options: SqliteVaultOptions = {},
): RotatingVault {
  prepareFolder(folder)
  const db = openFile(join(folder, 'vault.db'), FILE)
  const ballast = ballastAt(join(folder, 'ballast'))
  const slots = slotsOf(db)
  const held = openKeys(options.held ?? 256)
  const group = groupCommit(db, () => ballast.drop())

  /** Where each living key lies. */
  const where = new Map<KeyId, number>()
  /** By their tokens. */
  const departed = new Map<string, Departed>()

  async function write<T>(work: () => T): Promise<T> {
    const value = await group.run(work)
    ballast.restore()
    return value
  }

  /** The last one wraps new keys. There is more than one only while a rotation is under way. */
  const keks = createEpochs({ role: 'kek', root, slots, write })
  /** At most two outside of a rotation. */
  const peppers = createEpochs({ role: 'pepper', root, slots, write })

  function secretOf(slot: Slot): KeyObject | undefined {
    const kek = keks.of(slot.epoch)
    return kek === undefined ? undefined : unwrap(kek.key, slot, slot.wrapped)
  }

  /** Wraps one key anew if it is not under the current KEK yet; inside a transaction. */
  function renew(id: KeyId): void {
    const n = where.get(id)
    const slot = n === undefined ? undefined : slots.read(n)
    if (slot === undefined || slot.role !== 'dek') return
    const next = keks.latest()
    const old = keks.of(slot.epoch)
    if (old === undefined || old === next) return
    const wrapped = rewrap(old, next, slot, slot.wrapped)
    // A damaged key opens under no KEK; it must not keep the old one alive.
    if (wrapped !== undefined) slots.write({ ...slot, epoch: next.epoch, wrapped })
  }

  async function finishRotation(progress: Rotation['progress']): Promise<void> {
    // Neighbours lie on one page, and a page that is changed is written twice.
    const ids = [...where].toSorted(([, a], [, b]) => a - b).map(([id]) => id)
    for (let at = 0; at < ids.length && keks.living().length > 1; at += AT_ONCE) {
      const some = ids.slice(at, at + AT_ONCE)
      await write(() => some.forEach(renew))
      progress?.(Math.min(at + AT_ONCE, ids.length), ids.length)
      for (let steps = 0; steps < STEPS_BETWEEN; steps += 1) await setImmediate()
    }
    await keks.keep(1)
  }

  function load(): void {
    const all = slots.all()
    keks.load(all.keys)
    peppers.load(all.keys)
    for (const gone of all.departed) departed.set(nameOf(gone.departure.token), gone)
    for (const slot of all.keys) if (slot.role === 'dek') where.set(idOf(slot), slot.n)
  }

  /** In its own slot, where she departed before; else in a new one. */
  function placeFor(departure: Departure): Departed {
    const name = nameOf(departure.token)
    const gone = { n: departed.get(name)?.n ?? slots.take(), departure }
    departed.set(name, gone)
    return gone
  }

  /** One after the other, whoever asks: two rotations at once would drop a KEK that still wraps keys. */
  let rotations: Promise<unknown> = Promise.resolve()
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = rotations.then(work)
    rotations = done.catch(() => {})
    return done
  }

  const vault: RotatingVault = {
    async create() {
      await ready
      const n = slots.take()
      const id = randomBytes(16)
      const key: Key = { id: id.toString('base64url') as KeyId, secret: freshKey() }
      try {
        await write(() => {
          const { epoch, key: kek } = keks.latest()
          const place: Place = { role: 'dek', epoch, id }
          slots.write({ ...place, n, wrapped: wrap(kek, place, key.secret) })
          where.set(key.id, n)
        })
      } catch (error) {
        where.delete(key.id)
        slots.giveBack(n)
        throw error
      }
      held.add(key)
      return key
    },
    async open(id) {
      await ready
      const known = held.get(id)
      if (known !== undefined) return known
      const n = where.get(id)
      const slot = n === undefined ? undefined : slots.read(n)
      if (slot === undefined || slot.role !== 'dek' || idOf(slot) !== id) return undefined
      const secret = secretOf(slot)
      if (secret === undefined) throw new FileRefused('damaged', 'a key in the vault is damaged')
      const key: Key = { id, secret }
      held.add(key)
      return key
    },
    async destroy(id, departure) {
      await ready
      const n = where.get(id)
      if (n === undefined && departure === undefined) return
      held.drop(id)
      const gone = departure === undefined ? undefined : placeFor(departure)
      // Another destroy of the same key may be in the same group: only one of them gives the slot back.
      await write(() => {
        if (n !== undefined) slots.clear(n)
        if (gone !== undefined) slots.depart(gone)
      })
      held.drop(id)
      if (n !== undefined && where.delete(id)) slots.giveBack(n)
    },
    async depart(departure) {
      await ready
      const gone = placeFor(departure)
      await write(() => slots.depart(gone))
    },
    async departure(token, now) {
      await ready
      const found = departed.get(nameOf(token))?.departure
      return found !== undefined && found.until > now ? found : undefined
    },
    async dropDepartures(now) {
      await ready
      const over = [...departed].filter(([, { departure }]) => departure.until <= now)
      if (over.length === 0) return
      await write(() => over.forEach(([, { n }]) => slots.clear(n)))
      for (const [name, gone] of over) {
        if (departed.get(name) !== gone) continue
        departed.delete(name)
        slots.giveBack(gone.n)
      }
    },
    rotate: ({ at = 0, progress } = {}) =>
      inTurn(async () => {
        await ready
        await keks.add(at)
        await finishRotation(progress)
      }),
    rotatePepper: ({ at = 0 } = {}) =>
      inTurn(async () => {
        await ready
        await peppers.add(at)
        await peppers.keep(2)
      }),
    dropOlderPeppers: () =>
      inTurn(async () => {
        await ready
        await peppers.keep(1)
      }),
    async peppers() {
      await ready
      return peppers
        .living()
        .slice(-2)
        .toReversed()
        .map(({ key }) => key)
    },
    async epochs() {
      await ready
      return { kek: epochOf(keks.latest()), pepper: epochOf(peppers.latest()) }
    },
    async *ids() {
      await ready
      for (const id of where.keys()) yield id
    },
    async close() {
      await ready.catch(() => {})
      await rotations
      group.flush()
      held.clear()
      db.close()
    },
  }

  async function start(): Promise<void> {
    ballast.restore()
    if (keks.living().length === 0) await keks.add(0)
    if (peppers.living().length === 0) await peppers.add(0)
    await finishRotation(undefined)
    await peppers.keep(2)
  }

  try {
    load()
  } catch (error) {
    db.close()
    throw error
  }
  const ready = start()
  ready.catch(() => {})
  return vault
}

function epochOf({ epoch, madeAt }: Epoch): Epoch {
  return { epoch, madeAt }
}

const FILE = {
  applicationId: 0x4c_6e_56_61,
  schemaVersion: 1,
  schema: SLOTS_SCHEMA,
  // The empty transaction takes the lock now rather than at the first write.
  pragmas: `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA;
    BEGIN EXCLUSIVE; COMMIT;`,
  patienceMs: 0,
} as const

const nameOf = (token: Uint8Array) => Buffer.from(token).toString('base64url')

function idOf(slot: Slot): KeyId {
  return Buffer.from(slot.id).toString('base64url') as KeyId
}

/** Tells backup programs to pass by: a backup of the vault would undo every wipe. */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const tag = join(folder, 'CACHEDIR.TAG')
  if (!existsSync(tag)) writeFileSync(tag, CACHEDIR_TAG, { mode: 0o600 })
}

const CACHEDIR_TAG = `Signature: 8a477f597d28d172789f06886806bc55
# Lantern's keys. A backup of this folder would bring back what people erased: leave it out.
`
