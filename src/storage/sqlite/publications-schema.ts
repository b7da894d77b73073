import type { DatabaseSync } from 'node:sqlite'
import type { FileKind } from './file.ts'

/**
 * The tables and statements of directory.db. The service and the command line write to it at the same time: each write is
 * a transaction. An id and a place in the order are never given twice, also after the rows are gone.
 */
export const PUBLICATIONS_FILE: FileKind = {
  applicationId: 0x4c_6e_50_31,
  schemaVersion: 1,
  patienceMs: 2_000,
  pragmas: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;',
  schema: `
    CREATE TABLE editions (
      n INTEGER PRIMARY KEY AUTOINCREMENT, pack TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
      by TEXT NOT NULL, approved_by TEXT NOT NULL, about TEXT NOT NULL, back_to INTEGER, content BLOB NOT NULL,
      UNIQUE (pack, number)) STRICT;
    CREATE TABLE proposals (
      id INTEGER PRIMARY KEY AUTOINCREMENT, pack TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('list', 'correction')),
      base INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, about TEXT NOT NULL, content BLOB NOT NULL) STRICT;
  `,
}

const EDITION = 'pack, number, at, by, approved_by, about, back_to'
const PROPOSAL = 'id, pack, kind, base, by, at, about'

export function publicationStatements(db: DatabaseSync) {
  const prepare = (sql: string) => db.prepare(sql)
  return {
    propose: prepare(
      'INSERT INTO proposals (pack, kind, base, by, at, about, content) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    waiting: prepare(`SELECT ${PROPOSAL} FROM proposals WHERE ?1 IS NULL OR pack = ?1 ORDER BY id`),
    proposal: prepare(`SELECT ${PROPOSAL}, content FROM proposals WHERE id = ?`),
    head: prepare('SELECT pack, by FROM proposals WHERE id = ?'),
    answered: prepare('DELETE FROM proposals WHERE id = ?'),
    last: prepare('SELECT max(number) AS number FROM editions WHERE pack = ?'),
    publish: prepare(
      `INSERT INTO editions (pack, number, at, by, approved_by, about, back_to, content)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    dropOld: prepare('DELETE FROM editions WHERE pack = ? AND number <= ?'),
    editions: prepare(`SELECT ${EDITION} FROM editions WHERE pack = ? ORDER BY number DESC`),
    edition: prepare(`SELECT ${EDITION}, content FROM editions WHERE pack = ? AND number = ?`),
    live: prepare(`SELECT ${EDITION}, content FROM editions WHERE pack = ? ORDER BY number DESC LIMIT 1`),
    version: prepare('SELECT coalesce(max(n), 0) AS version FROM editions'),
  }
}
export type PublicationStatements = ReturnType<typeof publicationStatements>
