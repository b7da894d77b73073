import type { DatabaseSync } from 'node:sqlite'
import type { FileKind } from './file.ts'

/**
 * The tables of cases.db. What stands in the clear is what the queue is ordered and swept by: state, rank, times and
 * the accounts of caseworkers. Who asked, what for and what was said is in sealed bytes.
 */
export const CASES_FILE: FileKind = {
  applicationId: 0x4c_6e_43_31,
  schemaVersion: 1,
  patienceMs: 2_000,
  pragmas: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;',
  schema: `
    CREATE TABLE cases (
      n INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      key_id BLOB NOT NULL,
      revision INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'offered', 'closed', 'withdrawn')),
      holder BLOB,
      offered_to BLOB,
      rank INTEGER NOT NULL,
      opened_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX open_cases ON cases (rank, opened_at, id) WHERE state IN ('waiting', 'active', 'offered');
    CREATE INDEX held_cases ON cases (holder, opened_at, id) WHERE holder IS NOT NULL;
    CREATE INDEX ended_cases ON cases (changed_at, id) WHERE state IN ('closed', 'withdrawn');
    CREATE TABLE entries (
      n INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      id BLOB NOT NULL,
      at INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      UNIQUE (n, seq),
      UNIQUE (n, id)
    ) STRICT;
  `,
}

/** Came after the first files were written: made at each opening where it is not there. */
export function addToCases(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS withdrawn (mark BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `)
}
