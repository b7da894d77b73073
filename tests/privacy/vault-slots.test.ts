import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Slot, SLOTS_SCHEMA, slotsOf } from '../../src/privacy/vault/vault-slots.ts'

const slot = (n: number, role: Slot['role'] = 'dek'): Slot => ({
  n,
  role,
  id: Buffer.alloc(16, n),
  epoch: 0x01_02_03_00 + n,
  wrapped: Buffer.alloc(60, 0xa0 + n),
})
const hex = (byte: number, count: number) => Buffer.alloc(count, byte).toString('hex')

describe('the slots of a vault', () => {
  let folder: string
  let db: DatabaseSync
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-slots-'))
    db = new DatabaseSync(join(folder, 'vault.db'))
    db.exec(SLOTS_SCHEMA)
  })
  afterEach(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })

  const rows = () =>
    db
      .prepare('SELECT n, lower(hex(bytes)) AS bytes FROM slots ORDER BY n')
      .all()
      .map((row) => [row['n'], row['bytes']])
  const lay = (n: number, bytes: Uint8Array) =>
    db.prepare('INSERT INTO slots (n, bytes) VALUES (?, ?)').run(n, bytes)

  it('lie as role, id, epoch and wrapped key', () => {
    const slots = slotsOf(db)
    slots.write(slot(1, 'kek'))
    slots.write(slot(2, 'dek'))
    slots.write(slot(3, 'pepper'))
    expect(rows()).toEqual([
      [1, `01${hex(1, 16)}01020301${hex(0xa1, 60)}`],
      [2, `02${hex(2, 16)}01020302${hex(0xa2, 60)}`],
      [3, `03${hex(3, 16)}01020303${hex(0xa3, 60)}`],
    ])
  })

  it('are read as they were written, one by one and all in their order', () => {
    const written = [slot(2, 'pepper'), slot(1, 'kek'), slot(3)]
    const slots = slotsOf(db)
    written.forEach((one) => slots.write(one))
    for (const one of written) expect(slots.read(one.n)).toEqual(one)
    expect(slotsOf(db).all().keys).toEqual([slot(1, 'kek'), slot(2, 'pepper'), slot(3)])
    expect(slots.read(4)).toBeUndefined()
  })

  it('are overwritten where they lie, with zeros when their key is destroyed', () => {
    const slots = slotsOf(db)
    slots.write(slot(1))
    slots.write({ ...slot(2), n: 1 })
    expect(slots.read(1)).toEqual({ ...slot(2), n: 1 })
    slots.clear(1)
    slots.clear(2)
    expect(rows()).toEqual([
      [1, hex(0, 81)],
      [2, hex(0, 81)],
    ])
    expect(slots.read(1)).toBeUndefined()
    expect(slotsOf(db).all()).toEqual({ keys: [], departed: [] })
  })

  it('lie as a role, token, event and two times where somebody departed, and are no key', () => {
    const departure = {
      token: Buffer.alloc(16, 0xb1),
      event: Buffer.alloc(16, 0xb2),
      at: 0x0102_0304_0506,
      until: 0x0102_0304_0507,
      isErased: true,
    }
    const slots = slotsOf(db)
    slots.depart({ n: 1, departure })
    expect(rows()).toEqual([[1, `04${hex(0xb1, 16)}${hex(0xb2, 16)}01020304050601020304050701${hex(0, 35)}`]])
    expect(slots.read(1)).toBeUndefined()
    const again = slotsOf(db)
    expect(again.all()).toEqual({ keys: [], departed: [{ n: 1, departure }] })
    expect(again.take()).toBe(2)
  })

  it('are taken one after the other from the first, and one that was given back before a new one', () => {
    const slots = slotsOf(db)
    expect([slots.take(), slots.take(), slots.take()]).toEqual([1, 2, 3])
    slots.giveBack(2)
    expect([slots.take(), slots.take()]).toEqual([2, 4])
  })

  it('are taken at the next start where nothing lies, and then at the end', () => {
    const before = slotsOf(db)
    for (const n of [1, 2, 3, 4]) before.write(slot(n))
    before.clear(2)
    const after = slotsOf(db)
    expect(after.all().keys.map(({ n }) => n)).toEqual([1, 3, 4])
    expect([after.take(), after.take(), after.take()]).toEqual([2, 5, 6])
  })

  it.each([
    ['of a role that is not known', Buffer.alloc(81, 5)],
    ['of no role', Buffer.concat([Buffer.alloc(1), Buffer.alloc(80, 1)])],
    ['that is short', Buffer.alloc(80, 1)],
    ['that is long', Buffer.alloc(82, 1)],
  ])('hold no key in a row %s, and the row is taken again', (_what, bytes) => {
    lay(1, bytes)
    const slots = slotsOf(db)
    expect(slots.read(1)).toBeUndefined()
    expect(slots.all()).toEqual({ keys: [], departed: [] })
    expect(slots.take()).toBe(1)
    slots.write(slot(1))
    expect(slots.read(1)).toEqual(slot(1))
  })
})
