import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CaseId, CaseState, StoredCase, StoredEntry } from '../cases.ts'
import type { ConversationId, ItemKind, Mark, OutboxItem, Stored } from '../conversations.ts'
import { bytesIn, idIn, numberIn, type Row, toBytes } from './columns.ts'

/**
 * Rows as they lie in the files, read without a write while the service runs: for the question what is kept of one
 * person. Each function opens its file, reads in one go and closes it, so that nothing stands in the way of the cleaning.
 */
export interface ConversationRows {
  stored: Stored
  /** The number of the pepper that its name is of; undefined in an older file. */
  named: number | undefined
  waiting: readonly OutboxItem[]
  marks: readonly Mark[]
  /** Keyed hashes of the events that were taken. */
  seen: readonly { token: Uint8Array; at: number }[]
}

export function conversationsBeside(folder: string, ids: readonly ConversationId[]): ConversationRows[] {
  return reading(folder, 'data.db', (db) => {
    const one = db.prepare('SELECT * FROM conversations WHERE id = ?')
    const of = (sql: string) => db.prepare(`SELECT ${sql} WHERE n = ?`)
    const outbox = of('id, kind, not_before, attempts, sealed FROM outbox')
    const marks = of('at, sealed FROM marks')
    const seen = of('token, at FROM seen')
    return ids.flatMap((id) => {
      const row = one.get(toBytes(id))
      if (row === undefined) return []
      const n = numberIn(row, 'n')
      return [
        {
          stored: {
            id,
            keyId: idIn(row, 'key_id'),
            revision: numberIn(row, 'revision'),
            touchedAt: numberIn(row, 'touched_at'),
            sealed: bytesIn(row, 'sealed'),
          },
          named: typeof row['named'] === 'number' ? row['named'] : undefined,
          waiting: outbox.all(n).map(itemIn),
          marks: marks.all(n).map((mark) => ({ at: numberIn(mark, 'at'), sealed: bytesIn(mark, 'sealed') })),
          seen: seen.all(n).map((event) => ({ at: numberIn(event, 'at'), token: bytesIn(event, 'token') })),
        },
      ]
    })
  })
}

export interface CaseRows {
  stored: StoredCase
  entries: readonly StoredEntry[]
}

/** Every case there is: only what is sealed in it says whose it is. */
export function casesBeside(folder: string): CaseRows[] {
  return reading(folder, 'cases.db', (db) => {
    const entries = db.prepare('SELECT id, seq, at, sealed FROM entries WHERE n = ? ORDER BY seq')
    return db
      .prepare('SELECT * FROM cases ORDER BY n')
      .all()
      .map((row) => ({ stored: caseIn(row), entries: entries.all(numberIn(row, 'n')).map(entryIn) }))
  })
}

export function countersBeside(folder: string): { name: string; value: number }[] {
  return reading(folder, 'data.db', (db) =>
    db
      .prepare('SELECT name, value FROM counts ORDER BY name')
      .all()
      .map((row) => ({ name: String(row['name']), value: numberIn(row, 'value') })),
  )
}

/** The desk's audit lines that name this case: in the clear. */
export function auditBeside(folder: string, id: CaseId): Record<string, unknown>[] {
  return reading(folder, 'desk.db', (db) =>
    db
      .prepare('SELECT hour, actor, verb, outcome FROM audit WHERE subject = ? ORDER BY seq')
      .all(id)
      .map((row) => ({ ...row })),
  )
}

/** Who may read this case through the glass, or opened it lately, and until when that is kept. */
export function accountsBeside(
  folder: string,
  table: 'glass' | 'openings',
  id: CaseId,
): { by: string; until: number }[] {
  return reading(folder, 'desk.db', (db) => {
    const isThere = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table)
    if (isThere === undefined) return []
    const rows = db.prepare(`SELECT account, until FROM ${table} WHERE case_id = ? ORDER BY until`).all(id)
    return rows.map((row) => ({ by: idIn(row, 'account'), until: numberIn(row, 'until') }))
  })
}

function reading<T>(folder: string, name: string, read: (db: DatabaseSync) => T[]): T[] {
  const path = join(folder, name)
  if (!existsSync(path)) return []
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2_000, allowExtension: false })
  try {
    db.exec('BEGIN')
    return read(db)
  } finally {
    db.close()
  }
}

function itemIn(row: Row): OutboxItem {
  return {
    id: idIn(row, 'id'),
    kind: String(row['kind']) as ItemKind,
    notBefore: numberIn(row, 'not_before'),
    attempts: numberIn(row, 'attempts'),
    sealed: bytesIn(row, 'sealed'),
  }
}

function caseIn(row: Row): StoredCase {
  const account = (column: string) => (row[column] === null ? {} : { account: idIn(row, column) })
  const held = account('holder') as { account?: StoredCase['holder'] }
  const offered = account('offered_to') as { account?: StoredCase['offeredTo'] }
  return {
    id: String(row['id']) as CaseId,
    keyId: idIn(row, 'key_id'),
    revision: numberIn(row, 'revision'),
    state: String(row['state']) as CaseState,
    holder: held.account,
    offeredTo: offered.account,
    rank: numberIn(row, 'rank'),
    openedAt: numberIn(row, 'opened_at'),
    changedAt: numberIn(row, 'changed_at'),
    sealed: bytesIn(row, 'sealed'),
  }
}

function entryIn(row: Row): StoredEntry {
  return {
    id: idIn(row, 'id'),
    seq: numberIn(row, 'seq'),
    at: numberIn(row, 'at'),
    sealed: bytesIn(row, 'sealed'),
  }
}
