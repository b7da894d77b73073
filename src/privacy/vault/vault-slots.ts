import type { DatabaseSync } from 'node:sqlite'
import type { Departure } from '../departure.ts'
import { type Place, WRAPPED } from './wrap.ts'

/**
 * The one table of a vault: numbered slots of 81 bytes, each holding one wrapped key, one departure or zeros. A slot is only ever
 * overwritten in place by bytes of the same length, never deleted or moved, so that no page keeps an older copy of a
 * key in space that SQLite calls free. Which key lies where is known in memory only.
 */
export const SLOTS_SCHEMA = 'CREATE TABLE slots (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;'

/** role 1 | id 16 | epoch 4 | wrapped 60, or 4 | token 16 | event 16 | at 6 | until 6 | 1 where all is erased | zeros */
const SIZE = 1 + 16 + 4 + WRAPPED
const ROLES = ['kek', 'dek', 'pepper'] as const
const DEPARTED = 4
const FREE = Buffer.alloc(SIZE)

export interface Slot extends Place {
  n: number
  wrapped: Buffer
}

export interface Departed {
  n: number
  departure: Departure
}

export interface Slots {
  /** Every living slot, at start. The free ones become known by the way. */
  all(): { keys: Slot[]; departed: Departed[] }
  read(n: number): Slot | undefined
  /** A slot for a new key: an erased one, or the next at the end. Give it back when it was not written after all. */
  take(): number
  giveBack(n: number): void
  /** These three belong into a transaction. */
  write(slot: Slot): void
  depart(departed: Departed): void
  clear(n: number): void
}

export function slotsOf(db: DatabaseSync): Slots {
  const everything = db.prepare('SELECT n, bytes FROM slots ORDER BY n')
  const one = db.prepare('SELECT n, bytes FROM slots WHERE n = ?')
  const overwrite = db.prepare('UPDATE slots SET bytes = ?2 WHERE n = ?1')
  const insert = db.prepare('INSERT INTO slots (n, bytes) VALUES (?1, ?2)')
  const free: number[] = []
  let next = 1

  function put(n: number, bytes: Uint8Array): void {
    if (overwrite.run(n, bytes).changes === 0) insert.run(n, bytes)
  }

  return {
    all() {
      const keys: Slot[] = []
      const departed: Departed[] = []
      for (const row of everything.iterate()) {
        const [slot, gone] = [slotFrom(row), departedFrom(row)]
        if (slot !== undefined) keys.push(slot)
        else if (gone !== undefined) departed.push(gone)
        else free.push(Number(row['n']))
        next = Number(row['n']) + 1
      }
      return { keys, departed }
    },
    read(n) {
      const row = one.get(n)
      return row === undefined ? undefined : slotFrom(row)
    },
    take: () => free.pop() ?? next++,
    giveBack: (n) => void free.push(n),
    write: (slot) => put(slot.n, bytesOf(slot)),
    depart: ({ n, departure }) => put(n, bytesOfDeparture(departure)),
    clear: (n) => put(n, FREE),
  }
}

function bytesOf(slot: Slot): Buffer {
  const bytes = Buffer.alloc(SIZE)
  bytes[0] = ROLES.indexOf(slot.role) + 1
  bytes.set(slot.id, 1)
  bytes.writeUInt32BE(slot.epoch, 17)
  bytes.set(slot.wrapped, 21)
  return bytes
}

function bytesOfDeparture({ token, event, at, until, isErased }: Departure): Buffer {
  const bytes = Buffer.alloc(SIZE)
  bytes[0] = DEPARTED
  bytes.set(token, 1)
  bytes.set(event, 17)
  bytes.writeUIntBE(at, 33, 6)
  bytes.writeUIntBE(until, 39, 6)
  bytes[45] = isErased ? 1 : 0
  return bytes
}

function departedFrom(row: Record<string, unknown>): Departed | undefined {
  const bytes = bytesIn(row)
  if (bytes?.[0] !== DEPARTED) return undefined
  const departure = {
    token: bytes.subarray(1, 17),
    event: bytes.subarray(17, 33),
    at: bytes.readUIntBE(33, 6),
    until: bytes.readUIntBE(39, 6),
    isErased: bytes[45] === 1,
  }
  return { n: Number(row['n']), departure }
}

function slotFrom(row: Record<string, unknown>): Slot | undefined {
  const buffer = bytesIn(row)
  const role = ROLES[(buffer?.[0] ?? 0) - 1]
  if (buffer === undefined || role === undefined) return undefined
  return {
    n: Number(row['n']),
    role,
    id: buffer.subarray(1, 17),
    epoch: buffer.readUInt32BE(17),
    wrapped: buffer.subarray(21),
  }
}

function bytesIn({ bytes }: Record<string, unknown>): Buffer | undefined {
  return bytes instanceof Uint8Array && bytes.length === SIZE ? Buffer.from(bytes) : undefined
}
