import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Key, RotatingVault } from '../../src/privacy/vault/vault.ts'

/** With which a slot begins. */
export const FREE = 0
export const KEK = 1
export const DEK = 2
export const PEPPER = 3

/** What lies in each slot of a closed vault or a copy. */
export function slotsIn(folder: string) {
  const db = new DatabaseSync(join(folder, 'vault.db'), { readOnly: true })
  const rows = db.prepare('SELECT n, bytes FROM slots ORDER BY n').all()
  db.close()
  return rows.map((row) => {
    const bytes = Buffer.from(row['bytes'] as Uint8Array)
    return {
      n: Number(row['n']),
      role: bytes[0],
      id: bytes.subarray(1, 17).toString('base64url'),
      epoch: bytes.readUInt32BE(17),
      wrapped: bytes.subarray(21).toString('hex'),
    }
  })
}

export function countOf(folder: string, role: number): number {
  return slotsIn(folder).filter((slot) => slot.role === role).length
}

/** Between two openings, as somebody would who has the file. */
export function change(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'vault.db'))
  db.exec(sql)
  db.close()
}

export function createAll(vault: RotatingVault, count: number): Promise<Key[]> {
  return Promise.all(Array.from({ length: count }, () => vault.create()))
}

export async function idsOf(vault: RotatingVault): Promise<string[]> {
  const ids: string[] = []
  for await (const id of vault.ids()) ids.push(id)
  return ids.toSorted()
}
