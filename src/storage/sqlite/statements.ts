import type { DatabaseSync } from 'node:sqlite'

/** Every statement of the data file, prepared once. */
export function statementsOf(db: DatabaseSync) {
  const prepare = (sql: string) => db.prepare(sql)
  return {
    load: prepare('SELECT key_id, revision, touched_at, sealed FROM conversations WHERE id = ?'),
    find: prepare('SELECT n, key_id, revision, due_at, lease_until, named FROM conversations WHERE id = ?'),
    insert: prepare(
      'INSERT INTO conversations (id, named, key_id, revision, touched_at, due_at, sealed, fence) VALUES (?, ?, ?, 1, ?, ?, ?, abs(random() % 1000000000))',
    ),
    update: prepare(
      'UPDATE conversations SET revision = revision + 1, touched_at = ?, due_at = ?, sealed = ? WHERE n = ?',
    ),
    rename: prepare('UPDATE conversations SET id = ?, named = ? WHERE n = ?'),
    nameOf: prepare('SELECT id FROM conversations WHERE key_id = ?'),
    namedBefore: prepare('SELECT 1 FROM conversations WHERE named < ? LIMIT 1'),
    lease: prepare('UPDATE conversations SET fence = ?, lease_until = ?, claimed_seq = ? WHERE n = ?'),
    note: prepare('INSERT OR IGNORE INTO seen (n, token, at) VALUES (?, ?, ?)'),
    noted: prepare('SELECT 1 FROM seen WHERE n = ? AND token = ?'),
    cancel: prepare("DELETE FROM outbox WHERE n = ? AND kind <> 'case'"),
    hasten: prepare("UPDATE outbox SET not_before = ?1 WHERE n = ?2 AND kind = 'case' AND not_before > ?1"),
    bar: prepare(
      `UPDATE conversations SET fence = fence + (lease_until <= ?1 OR claimed_seq > 0),
       lease_until = CASE WHEN lease_until > ?1 THEN lease_until ELSE 0 END, claimed_seq = 0 WHERE n = ?2`,
    ),
    renew: prepare('UPDATE conversations SET lease_until = max(lease_until, ?) WHERE n = ?'),
    add: prepare('INSERT INTO outbox (n, id, kind, not_before, sealed) VALUES (?, ?, ?, ?, ?)'),
    mark: prepare('INSERT INTO marks (n, at, sealed) VALUES (?, ?, ?)'),
    count: prepare('INSERT INTO counts VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1'),
    due: prepare(
      `SELECT n, id, key_id, fence FROM conversations
       WHERE due_at IS NOT NULL AND due_at <= ? AND lease_until <= ? ORDER BY due_at, n LIMIT ?`,
    ),
    items: prepare(
      'SELECT seq, id, kind, not_before, attempts, sealed FROM outbox WHERE n = ? ORDER BY seq LIMIT 20',
    ),
    claim: prepare(
      'UPDATE conversations SET fence = fence + 1, lease_until = ?, claimed_seq = ? WHERE n = ?',
    ),
    leased: prepare('SELECT n, fence, claimed_seq, lease_until FROM conversations WHERE id = ?'),
    done: prepare('DELETE FROM outbox WHERE n = ? AND id = ?'),
    first: prepare('SELECT seq, not_before FROM outbox WHERE n = ? ORDER BY seq LIMIT 1'),
    retry: prepare('UPDATE outbox SET not_before = ? WHERE seq = ?'),
    triedFirst: prepare('UPDATE outbox SET attempts = attempts + 1 WHERE seq = ?'),
    tried: prepare('UPDATE outbox SET attempts = attempts + 1 WHERE n = ? AND id = ?'),
    release: prepare('UPDATE conversations SET due_at = ?, lease_until = ? WHERE n = ?'),
    nextDue: prepare(
      'SELECT MIN(MAX(due_at, lease_until)) AS at FROM conversations WHERE due_at IS NOT NULL',
    ),
    waiting: prepare(
      'SELECT COUNT(*) AS count FROM outbox WHERE n = (SELECT n FROM conversations WHERE id = ?)',
    ),
    marks: prepare(
      'SELECT at, sealed FROM marks WHERE n = (SELECT n FROM conversations WHERE id = ?) ORDER BY rowid',
    ),
    forgetMarks: prepare('DELETE FROM marks WHERE n = ? AND at <= ?'),
    eraseOutbox: prepare('DELETE FROM outbox WHERE n = ?'),
    eraseSeen: prepare('DELETE FROM seen WHERE n = ?'),
    eraseMarks: prepare('DELETE FROM marks WHERE n = ?'),
    erase: prepare('DELETE FROM conversations WHERE n = ?'),
    idle: prepare('SELECT id, key_id FROM conversations WHERE touched_at < ? ORDER BY touched_at, n LIMIT ?'),
    keyIds: prepare('SELECT n, id, key_id FROM conversations WHERE n > ? ORDER BY n LIMIT 500'),
    ahead: prepare('SELECT id, key_id FROM conversations WHERE touched_at > ? ORDER BY n'),
    lastTouched: prepare('SELECT MAX(touched_at) AS at FROM conversations'),
    pruneWeeks: prepare(
      "DELETE FROM counts WHERE name GLOB '*.[0-9][0-9][0-9][0-9]-W[0-9][0-9]' AND substr(name, -8) < ?",
    ),
    pruneMonths: prepare(
      "DELETE FROM counts WHERE name GLOB '*.[0-9][0-9][0-9][0-9]-[0-9][0-9]' AND substr(name, -7) < ?",
    ),
    pruneSeen: prepare('DELETE FROM seen WHERE at < ?'),
    pruneMarks: prepare('DELETE FROM marks WHERE at < ?'),
    dropMessages: prepare("DELETE FROM outbox WHERE kind = 'message'"),
    dueAnew: prepare(
      `UPDATE conversations SET lease_until = 0, due_at =
       (SELECT not_before FROM outbox WHERE outbox.n = conversations.n ORDER BY seq LIMIT 1)`,
    ),
    counts: prepare('SELECT name, value FROM counts ORDER BY name'),
  }
}
export type Statements = ReturnType<typeof statementsOf>
