import type { DatabaseSync } from 'node:sqlite'

const ROW = 'id, key_id, revision, state, holder, offered_to, rank, opened_at, changed_at, sealed'
const IS_OPEN = `state IN ('waiting', 'active', 'offered')`
const ENTRY = 'seq, id, at, sealed'
const OF = 'n = (SELECT n FROM cases WHERE id = ?)'

/** Every statement of cases.db, prepared once. */
export function caseStatementsOf(db: DatabaseSync) {
  const prepare = (sql: string) => db.prepare(sql)
  return {
    load: prepare(`SELECT ${ROW} FROM cases WHERE id = ?`),
    find: prepare('SELECT n, key_id, revision FROM cases WHERE id = ?'),
    insert: prepare(
      `INSERT INTO cases (id, key_id, revision, state, holder, offered_to, rank, opened_at, changed_at, sealed)
       VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: prepare(
      `UPDATE cases SET revision = revision + 1, changed_at = CASE WHEN state = ? THEN changed_at ELSE ? END,
       state = ?, holder = ?, offered_to = ?, rank = ?, sealed = ? WHERE n = ?`,
    ),
    isWithdrawn: prepare('SELECT 1 FROM withdrawn WHERE mark = ? AND until > ?'),
    noteWithdrawn: prepare(
      'INSERT INTO withdrawn VALUES (?, ?) ON CONFLICT (mark) DO UPDATE SET until = max(until, excluded.until)',
    ),
    forgetWithdrawn: prepare('DELETE FROM withdrawn WHERE until <= ?'),
    append: prepare(
      `INSERT OR IGNORE INTO entries (n, seq, id, at, sealed)
       SELECT ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ? FROM entries WHERE n = ?`,
    ),
    open: prepare(`SELECT ${ROW} FROM cases WHERE ${IS_OPEN} ORDER BY rank, opened_at, id LIMIT ?`),
    held: prepare(`SELECT ${ROW} FROM cases WHERE holder = ? AND ${IS_OPEN} ORDER BY opened_at, id`),
    entries: prepare(`SELECT ${ENTRY} FROM entries WHERE ${OF} AND seq > ? ORDER BY seq LIMIT ?`),
    entry: prepare(`SELECT ${ENTRY} FROM entries WHERE ${OF} AND id = ?`),
    eraseEntries: prepare('DELETE FROM entries WHERE n = ?'),
    erase: prepare('DELETE FROM cases WHERE n = ?'),
    ended: prepare(
      `SELECT id, key_id FROM cases WHERE state IN ('closed', 'withdrawn') AND changed_at < ?
       ORDER BY changed_at, id LIMIT ?`,
    ),
    keyIds: prepare('SELECT n, id, key_id FROM cases WHERE n > ? ORDER BY n LIMIT 500'),
  }
}
export type CaseStatements = ReturnType<typeof caseStatementsOf>
