import { type KeyObject, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FileRefused, openFile } from '../storage/sqlite/file.ts'
import { groupCommit } from '../storage/sqlite/group-commit.ts'
import { ballastAt } from './ballast.ts'
import { openKeys } from './open-keys.ts'
import type { Key, KeyId, RotatingVault } from './vault.ts'
import { type Slot, SLOTS_SCHEMA, slotsOf } from './vault-slots.ts'
import { freshKey, type Place, unwrap, wrap } from './wrap.ts'

/**
 * The vault in a SQLite file of its own, which one process at a time may open and no backup reads. A key that was
 * destroyed is overwritten where it lay before the promise resolves, on a full disk too. It throws `FileRefused` when
 * the root key is not the one that it was made with.
 */
export interface SqliteVaultOptions {
  /** Keys held open in memory; 256 when not given. */
  held?: number
}

interface Epoch {
  n: number
  epoch: number
  key: KeyObject
}

const NO_ID = Buffer.alloc(16)
const REWRAP_CHUNK = 256

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
  /** Oldest first; the last one wraps new keys. More than one only while a rotation is under way. */
  let keks: Epoch[] = []
  /** Oldest first, at most two outside of a rotation. */
  let peppers: Epoch[] = []

  async function write<T>(work: () => T): Promise<T> {
    const value = await group.run(work)
    ballast.restore()
    return value
  }

  function secretOf(slot: Slot): KeyObject | undefined {
    const kek = keks.find(({ epoch }) => epoch === slot.epoch)
    return kek === undefined ? undefined : unwrap(kek.key, slot, slot.wrapped)
  }

  function latest(): Epoch {
    const kek = keks.at(-1)
    if (kek === undefined) throw new FileRefused('damaged', 'the vault has no key of its own')
    return kek
  }

  /** Writes one more key of this role under the root key. */
  async function add(role: 'kek' | 'pepper', epoch: number): Promise<Epoch> {
    const n = slots.take()
    const key = freshKey()
    const place: Place = { role, epoch, id: NO_ID }
    await write(() => slots.write({ ...place, n, wrapped: wrap(root, place, key) }))
    return { n, epoch, key }
  }

  async function clear(n: number): Promise<void> {
    await write(() => slots.clear(n))
    slots.giveBack(n)
  }

  /** Wraps one key anew if it is not under the current KEK yet; inside a transaction. */
  function rewrap(id: KeyId): void {
    const n = where.get(id)
    const slot = n === undefined ? undefined : slots.read(n)
    if (slot === undefined || slot.role !== 'dek') return
    const { key, epoch } = latest()
    if (slot.epoch === epoch) return
    const secret = secretOf(slot)
    // A damaged key opens under no KEK; it must not keep the old one alive.
    if (secret === undefined) return
    const place: Place = { role: 'dek', epoch, id: slot.id }
    slots.write({ ...place, n: slot.n, wrapped: wrap(key, place, secret) })
  }

  async function finishRotation(): Promise<void> {
    const ids = [...where.keys()]
    for (let at = 0; at < ids.length; at += REWRAP_CHUNK) {
      const chunk = ids.slice(at, at + REWRAP_CHUNK)
      await write(() => chunk.forEach(rewrap))
    }
    for (const old of keks.slice(0, -1)) {
      await clear(old.n)
      keks = keks.filter((kek) => kek !== old)
    }
  }

  async function finishPepperRotation(): Promise<void> {
    for (const old of peppers.slice(0, -2)) {
      await clear(old.n)
      peppers = peppers.filter((pepper) => pepper !== old)
    }
  }

  function load(): void {
    const all = slots.all()
    const underRoot = (role: Slot['role']): Epoch[] =>
      all
        .filter((slot) => slot.role === role)
        .map((slot) => ({ n: slot.n, epoch: slot.epoch, key: underRootKey(root, slot) }))
        .toSorted((a, b) => a.epoch - b.epoch)
    keks = underRoot('kek')
    peppers = underRoot('pepper')
    for (const slot of all) if (slot.role === 'dek') where.set(idOf(slot), slot.n)
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
          const { epoch, key: kek } = latest()
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
    async destroy(id) {
      await ready
      const n = where.get(id)
      if (n === undefined) return
      held.drop(id)
      // Another destroy of the same key may be in the same group: only one of them gives the slot back.
      await write(() => slots.clear(n))
      held.drop(id)
      if (where.delete(id)) slots.giveBack(n)
    },
    rotate: () =>
      inTurn(async () => {
        await ready
        keks.push(await add('kek', latest().epoch + 1))
        await finishRotation()
      }),
    rotatePepper: () =>
      inTurn(async () => {
        await ready
        peppers.push(await add('pepper', (peppers.at(-1)?.epoch ?? 0) + 1))
        await finishPepperRotation()
      }),
    async peppers() {
      await ready
      return peppers
        .slice(-2)
        .toReversed()
        .map(({ key }) => key)
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
    if (keks.length === 0) keks.push(await add('kek', 1))
    if (peppers.length === 0) peppers.push(await add('pepper', 1))
    await finishRotation()
    await finishPepperRotation()
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

function underRootKey(root: KeyObject, slot: Slot): KeyObject {
  const key = unwrap(root, slot, slot.wrapped)
  if (key === undefined) {
    throw new FileRefused('wrong-root', 'ROOT_KEY_FILE is not the key that this vault was made with')
  }
  return key
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
