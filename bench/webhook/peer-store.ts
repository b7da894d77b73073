import { join } from 'node:path'
import { openFile } from '../../src/storage/sqlite/file.ts'
import { groupCommit } from '../../src/storage/sqlite/group-commit.ts'
import { DATA_FILE } from '../../src/storage/sqlite/schema.ts'

/** One value for each person in a file with our own settings and our own group commit, without anything sealed. */
export interface PeerStore<T extends string | Uint8Array> {
  read(id: string): T | undefined
  /** Resolves when it is on the disk. */
  write(id: string, value: T): Promise<void>
  remove(id: string): Promise<void>
}

export function openPeerStore<T extends string | Uint8Array>(folder: string): PeerStore<T> {
  const db = openFile(join(folder, 'peer.db'), {
    ...DATA_FILE,
    schema: 'CREATE TABLE rows (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, value ANY NOT NULL) STRICT;',
  })
  const select = db.prepare('SELECT value FROM rows WHERE id = ?')
  const upsert = db.prepare(
    'INSERT INTO rows (id, value) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare('DELETE FROM rows WHERE id = ?')
  const group = groupCommit(db)
  return {
    read: (id) => select.get(id)?.['value'] as T | undefined,
    write: (id, value) => group.run(() => void upsert.run(id, value)),
    remove: (id) => group.run(() => void remove.run(id)),
  }
}

/** The same store holding JSON. */
export function openJsonStore<T>(folder: string) {
  const store = openPeerStore<string>(folder)
  return {
    read(id: string): T | undefined {
      const value = store.read(id)
      return value === undefined ? undefined : (JSON.parse(value) as T)
    },
    write: (id: string, value: T) => store.write(id, JSON.stringify(value)),
    delete: (id: string) => store.remove(id),
  }
}
