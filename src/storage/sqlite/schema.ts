import type { DatabaseSync } from 'node:sqlite'
import type { FileKind } from './file.ts'

/**
 * The tables of the data file. Rows carry ids that say nothing and bytes that only the vault can open. `due_at` repeats
 * the first waiting item's time, so that the courier finds work by one index; `fence` grows with every claim and every
 * cancel; `claimed_seq` is the last item of the claim under way, 0 where no claim goes on and the lease still bars others.
 */
export const DATA_FILE: FileKind = {
  applicationId: 0x4c_6e_44_31,
  schemaVersion: 1,
  patienceMs: 2_000,
  pragmas: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;',
  schema: `
    CREATE TABLE conversations (
      n INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      key_id BLOB NOT NULL,
      revision INTEGER NOT NULL,
      touched_at INTEGER NOT NULL,
      due_at INTEGER,
      lease_until INTEGER NOT NULL DEFAULT 0,
      fence INTEGER NOT NULL DEFAULT 0,
      claimed_seq INTEGER NOT NULL DEFAULT 0,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX due ON conversations (due_at) WHERE due_at IS NOT NULL;
    CREATE TABLE outbox (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      n INTEGER NOT NULL,
      id BLOB NOT NULL,
      kind TEXT NOT NULL,
      not_before INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX outbox_of ON outbox (n, seq);
    CREATE TABLE seen (n INTEGER NOT NULL, token BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (n, token))
      STRICT, WITHOUT ROWID;
    CREATE TABLE marks (n INTEGER NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
    CREATE INDEX marks_of ON marks (n);
    CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
}

/** Came after the first files were written: made at each opening where it is not there. `named`: of which pepper the id is. */
export function addLater(db: DatabaseSync): void {
  const columns = db.prepare("SELECT 1 FROM pragma_table_info('conversations') WHERE name = 'named'")
  if (columns.get() === undefined)
    db.exec('ALTER TABLE conversations ADD COLUMN named INTEGER NOT NULL DEFAULT 0')
  db.exec(`
    CREATE INDEX IF NOT EXISTS key_of ON conversations (key_id);
    CREATE INDEX IF NOT EXISTS named_by ON conversations (named);
  `)
}
