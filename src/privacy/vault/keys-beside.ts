import { createHash, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { setTimeout as passes } from 'node:timers/promises'
import { FileRefused } from '../../storage/sqlite/file.ts'
import type { Key, KeyId } from './vault.ts'
import { type Slot, slotsOf } from './vault-slots.ts'
import { unwrap } from './wrap.ts'

/**
 * The keys of a vault that another process has open, read once and without a write: what we could open if somebody made
 * us. The running service holds the file's lock, so the reading goes past it and counts only when the file was the same
 * before and after and no write was under way.
 */
export interface KeysBeside {
  /** Current first. */
  peppers: readonly KeyObject[]
  /** undefined: this key does not exist any more. */
  open(id: KeyId): Key | undefined
}

const TRIES = 50
const WAIT_MS = 20

export async function readKeysBeside(folder: string, root: KeyObject): Promise<KeysBeside> {
  const path = join(folder, 'vault.db')
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = stateOf(path)
    if (before !== undefined) {
      const slots = slotsIn(path)
      if (stateOf(path) === before) {
        // Nobody was writing, so it is the file itself: without its keys nothing may be called gone.
        if (slots === undefined)
          throw new FileRefused('damaged', 'the vault cannot be read: it is damaged, or no vault')
        return keysOf(slots, root)
      }
    }
    await passes(WAIT_MS)
  }
  throw new FileRefused('busy', 'the vault is being written all the time: try again in a moment')
}

/** What the file is at this moment; undefined while a write is under way, or was cut short and not yet undone. */
function stateOf(path: string): string | undefined {
  const journal = statSync(`${path}-journal`, { throwIfNoEntry: false })
  if (journal !== undefined && journal.size > 0) return undefined
  return createHash('sha256').update(readFileSync(path)).digest('base64')
}

/** undefined where it cannot be read. */
function slotsIn(path: string): Slot[] | undefined {
  const address = pathToFileURL(path)
  // Without looking at locks or a journal: that nothing was written meanwhile is seen to above.
  address.searchParams.set('immutable', '1')
  const db = new DatabaseSync(address, { readOnly: true, allowExtension: false })
  try {
    return slotsOf(db).all().keys
  } catch {
    return undefined
  } finally {
    db.close()
  }
}

function keysOf(slots: readonly Slot[], root: KeyObject): KeysBeside {
  const underRoot = (role: Slot['role']) =>
    slots
      .filter((slot) => slot.role === role)
      .toSorted((a, b) => b.epoch - a.epoch)
      .map((slot) => {
        const key = unwrap(root, slot, slot.wrapped)
        if (key !== undefined) return { epoch: slot.epoch, key }
        throw new FileRefused('wrong-root', 'ROOT_KEY_FILE is not the key that this vault was made with')
      })
  const keks = new Map(underRoot('kek').map(({ epoch, key }) => [epoch, key]))
  const deks = new Map(
    slots
      .filter(({ role }) => role === 'dek')
      .map((slot) => [Buffer.from(slot.id).toString('base64url'), slot]),
  )
  return {
    peppers: underRoot('pepper').map(({ key }) => key),
    open(id) {
      const slot = deks.get(id)
      const kek = slot === undefined ? undefined : keks.get(slot.epoch)
      const secret = slot === undefined || kek === undefined ? undefined : unwrap(kek, slot, slot.wrapped)
      return secret === undefined ? undefined : { id, secret }
    },
  }
}
