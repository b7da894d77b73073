import type { KeyObject } from 'node:crypto'
import type { Instant } from '../../operations/environment.ts'
import { FileRefused } from '../../storage/sqlite/file.ts'
import type { Epoch } from './vault.ts'
import type { Slot, Slots } from './vault-slots.ts'
import { freshKey, type Place, unwrap, wrap } from './wrap.ts'

/**
 * The keys of a vault that lie under the root key itself and are changed again and again: KEKs and peppers. Where another
 * key has its id, these have the instant at which they were made; it is authenticated like an id.
 */
export interface LivingEpoch extends Epoch {
  n: number
  key: KeyObject
}

export interface Epochs {
  /** Reads them at start; throws `FileRefused` when the root key is not theirs. */
  load(all: readonly Slot[]): void
  /** Oldest first; the last one is in use. */
  living(): readonly LivingEpoch[]
  latest(): LivingEpoch
  of(epoch: number): LivingEpoch | undefined
  /** Writes one more, which is in use from then on. */
  add(at: Instant): Promise<void>
  /** Overwrites all but the last `count`. */
  keep(count: number): Promise<void>
}

interface Parts {
  role: 'kek' | 'pepper'
  root: KeyObject
  slots: Slots
  write<T>(work: () => T): Promise<T>
}

export function createEpochs({ role, root, slots, write }: Parts): Epochs {
  let living: readonly LivingEpoch[] = []

  function latest(): LivingEpoch {
    const last = living.at(-1)
    if (last === undefined) throw new FileRefused('damaged', 'the vault has no key of its own')
    return last
  }

  return {
    load(all) {
      living = all
        .filter((slot) => slot.role === role)
        .map((slot) => ({
          n: slot.n,
          epoch: slot.epoch,
          madeAt: madeAtOf(slot),
          key: underRoot(root, slot),
        }))
        .toSorted((a, b) => a.epoch - b.epoch)
    },
    living: () => living,
    latest,
    of: (epoch) => living.find((one) => one.epoch === epoch),
    async add(at) {
      const n = slots.take()
      const key = freshKey()
      const epoch = (living.at(-1)?.epoch ?? 0) + 1
      const place: Place = { role, epoch, id: idOfInstant(at) }
      await write(() => slots.write({ ...place, n, wrapped: wrap(root, place, key) }))
      living = [...living, { n, epoch, madeAt: at, key }]
    },
    async keep(count) {
      for (const old of living.slice(0, -count)) {
        await write(() => slots.clear(old.n))
        slots.giveBack(old.n)
        living = living.filter((one) => one !== old)
      }
    },
  }
}

/** In the place of a key's id. */
export function idOfInstant(at: Instant): Buffer {
  const id = Buffer.alloc(16)
  id.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(at))), 8)
  return id
}

export function madeAtOf({ id }: Pick<Slot, 'id'>): Instant {
  return Number(Buffer.from(id).readBigUInt64BE(8))
}

export function underRoot(root: KeyObject, slot: Place & Pick<Slot, 'wrapped'>): KeyObject {
  const key = unwrap(root, slot, slot.wrapped)
  if (key === undefined)
    throw new FileRefused('wrong-root', 'the root key is not the one that this vault was made with')
  return key
}
