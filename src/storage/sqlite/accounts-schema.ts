import type { DatabaseSync } from 'node:sqlite'
import type { FileKind } from './file.ts'

/** The tables and statements of desk.db. The command line may work beside the service: each write is a transaction. */
export const DESK_FILE: FileKind = {
  applicationId: 0x4c_6e_53_31,
  schemaVersion: 1,
  patienceMs: 2_000,
  pragmas: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 200;',
  schema: `
    CREATE TABLE accounts (
      n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name_tag BLOB NOT NULL UNIQUE, role TEXT NOT NULL,
      disabled INTEGER NOT NULL, language TEXT NOT NULL, capacity INTEGER NOT NULL, on_shift INTEGER NOT NULL,
      last_day TEXT NOT NULL, sealed BLOB NOT NULL) STRICT;
    CREATE TABLE passkeys (
      n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB NOT NULL, public_key BLOB NOT NULL,
      counter INTEGER NOT NULL, transports TEXT NOT NULL) STRICT;
    CREATE INDEX passkeys_of ON passkeys (account);
    CREATE TABLE passwords (
      account BLOB PRIMARY KEY, phc TEXT NOT NULL, totp BLOB NOT NULL, last_step INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE invites (
      token BLOB PRIMARY KEY, id BLOB NOT NULL UNIQUE, purpose TEXT NOT NULL, role TEXT NOT NULL, account BLOB,
      until INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE sessions (
      n INTEGER PRIMARY KEY, secret BLOB NOT NULL UNIQUE, account BLOB NOT NULL, created INTEGER NOT NULL,
      last_seen INTEGER NOT NULL, fresh_until INTEGER NOT NULL) STRICT;
    CREATE INDEX sessions_of ON sessions (account);
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY, hour TEXT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL, subject TEXT NOT NULL,
      outcome TEXT NOT NULL, mac BLOB NOT NULL) STRICT;
    CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, mac BLOB NOT NULL) STRICT;
  `,
}

/** Came after the first files were written: made at each opening where it is not there. */
export const ADDED_LATER = `
  CREATE TABLE IF NOT EXISTS audit_anchor (
    one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, mac BLOB NOT NULL, seal BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS taken (mark BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS glass (
    account BLOB NOT NULL, case_id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (account, case_id)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS openings (
    account BLOB NOT NULL, case_id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (account, case_id)) STRICT, WITHOUT ROWID;
`

export function deskStatements(db: DatabaseSync) {
  const prepare = (sql: string) => db.prepare(sql)
  return {
    account: prepare('SELECT * FROM accounts WHERE id = ?'),
    byName: prepare('SELECT * FROM accounts WHERE name_tag = ?'),
    list: prepare('SELECT * FROM accounts ORDER BY n'),
    addAccount: prepare(
      `INSERT INTO accounts (id, name_tag, role, disabled, language, capacity, on_shift, last_day, sealed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    change: prepare(
      `UPDATE accounts SET role = ?, disabled = ?, language = ?, capacity = ?, on_shift = ?, last_day = ?
       WHERE id = ?`,
    ),
    passkey: prepare('SELECT * FROM passkeys WHERE id = ?'),
    passkeys: prepare('SELECT * FROM passkeys WHERE account = ? ORDER BY n'),
    addPasskey: prepare(
      'INSERT OR IGNORE INTO passkeys (id, account, public_key, counter, transports) VALUES (?, ?, ?, ?, ?)',
    ),
    usedPasskey: prepare('UPDATE passkeys SET counter = ? WHERE id = ? AND counter <= ?'),
    dropPasskey: prepare('DELETE FROM passkeys WHERE account = ? AND id = ?'),
    dropPasskeys: prepare('DELETE FROM passkeys WHERE account = ?'),
    password: prepare('SELECT * FROM passwords WHERE account = ?'),
    setPassword: prepare(
      'INSERT OR REPLACE INTO passwords (account, phc, totp, last_step) VALUES (?, ?, ?, ?)',
    ),
    takeStep: prepare('UPDATE passwords SET last_step = ? WHERE account = ? AND last_step < ?'),
    dropPassword: prepare('DELETE FROM passwords WHERE account = ?'),
    addInvite: prepare(
      'INSERT INTO invites (token, id, purpose, role, account, until, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    invite: prepare('SELECT * FROM invites WHERE token = ?'),
    invites: prepare('SELECT * FROM invites WHERE until > ? ORDER BY until, id'),
    dropInvite: prepare('DELETE FROM invites WHERE token = ?'),
    first: prepare("SELECT * FROM invites WHERE purpose = 'first' AND until > ?"),
    dropFirst: prepare("DELETE FROM invites WHERE purpose = 'first'"),
    dropRecovery: prepare("DELETE FROM invites WHERE purpose = 'recover' AND account = ?"),
    pruneInvites: prepare('DELETE FROM invites WHERE until <= ?'),
    addSession: prepare(
      'INSERT INTO sessions (secret, account, created, last_seen, fresh_until) VALUES (?, ?, ?, ?, ?)',
    ),
    session: prepare('SELECT * FROM sessions WHERE secret = ?'),
    sessions: prepare('SELECT * FROM sessions WHERE account = ? ORDER BY n'),
    seen: prepare('UPDATE sessions SET last_seen = max(last_seen, ?) WHERE secret = ?'),
    endSession: prepare('DELETE FROM sessions WHERE secret = ?'),
    endSessions: prepare('DELETE FROM sessions WHERE account = ?'),
    endOthers: prepare('DELETE FROM sessions WHERE account = ? AND secret <> ? RETURNING secret'),
    makeRoom: prepare(
      `DELETE FROM sessions WHERE account = ?1 AND n NOT IN
       (SELECT n FROM sessions WHERE account = ?1 ORDER BY n DESC LIMIT ?2)`,
    ),
    takeOnce: prepare('INSERT OR IGNORE INTO taken (mark, until) VALUES (?, ?)'),
    pruneTaken: prepare('DELETE FROM taken WHERE until <= ?'),
    breakGlass: prepare('INSERT OR REPLACE INTO glass (account, case_id, until) VALUES (?, ?, ?)'),
    glass: prepare('SELECT * FROM glass WHERE until > ? ORDER BY until, account, case_id'),
    closeGlass: prepare('DELETE FROM glass WHERE account = ?'),
    pruneGlass: prepare('DELETE FROM glass WHERE until <= ?'),
    opening: prepare('SELECT until FROM openings WHERE account = ? AND case_id = ?'),
    addOpening: prepare('INSERT INTO openings (account, case_id, until) VALUES (?, ?, ?)'),
    countOpenings: prepare('SELECT count(*) AS count FROM openings WHERE account = ?'),
    dropOpenings: prepare('DELETE FROM openings WHERE account = ?'),
    dropOldOpenings: prepare('DELETE FROM openings WHERE account = ? AND until <= ?'),
    pruneOpenings: prepare('DELETE FROM openings WHERE until <= ?'),
    pruneSessions: prepare('DELETE FROM sessions WHERE last_seen <= ? OR created <= ?'),
    lastAudit: prepare('SELECT * FROM audit ORDER BY seq DESC LIMIT 1'),
    addAudit: prepare(
      'INSERT INTO audit (seq, hour, actor, verb, subject, outcome, mac) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    setHead: prepare('INSERT OR REPLACE INTO audit_head (one, seq, mac) VALUES (1, ?, ?)'),
    head: prepare('SELECT seq, mac FROM audit_head'),
    auditFrom: prepare('SELECT * FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?'),
    auditBefore: prepare('SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?'),
    lastOfOld: prepare(
      `SELECT * FROM audit WHERE seq < (SELECT max(seq) FROM audit)
       AND seq < coalesce((SELECT min(seq) FROM audit WHERE hour >= ?), 9007199254740991) ORDER BY seq DESC LIMIT 1`,
    ),
    dropAudit: prepare('DELETE FROM audit WHERE seq <= ?'),
    setAnchor: prepare('INSERT OR REPLACE INTO audit_anchor (one, seq, mac, seal) VALUES (1, ?, ?, ?)'),
    anchor: prepare('SELECT seq, mac, seal FROM audit_anchor'),
  }
}
export type DeskStatements = ReturnType<typeof deskStatements>
