import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type {
  AccountId,
  CaseChange,
  CaseId,
  CaseOutcome,
  Cases,
  CaseState,
  EntryId,
  StoredCase,
  StoredEntry,
} from '../cases.ts'
import { addToCases, CASES_FILE } from './cases-schema.ts'
import { type CaseStatements, caseStatementsOf } from './cases-statements.ts'
import { bytesIn, idIn, numberIn, type Row, toBytes } from './columns.ts'
import { openFile, pragma } from './file.ts'
import { groupCommit } from './group-commit.ts'

/**
 * Cases in a SQLite file of their own (WAL, synchronous=FULL, secure_delete). What is asked for in one tick shares one
 * transaction and one fsync, and resolves after it. Reads are single statements, so no reader ever holds back the
 * cleaning of the log.
 */
export function openSqliteCases(folder: string): Cases {
  const db = openFile(join(folder, 'cases.db'), CASES_FILE)
  addToCases(db)
  const run = caseStatementsOf(db)
  const group = groupCommit(db)

  return {
    load(id) {
      const row = run.load.get(id)
      return Promise.resolve(row === undefined ? undefined : caseIn(row))
    },
    commit: (change) => group.run(() => commit(run, change)),
    noteWithdrawn: (mark, until) => group.run(() => void run.noteWithdrawn.run(mark, until)),
    forgetWithdrawn: (now) => group.run(() => void run.forgetWithdrawn.run(now)),
    open: (limit) => Promise.resolve(run.open.all(limit).map(caseIn)),
    held: (holder) => Promise.resolve(run.held.all(toBytes(holder)).map(caseIn)),
    entries: (id, after, limit) => Promise.resolve(run.entries.all(id, after, limit).map(entryIn)),
    entry(id, entry) {
      const row = run.entry.get(id, toBytes(entry))
      return Promise.resolve(row === undefined ? undefined : entryIn(row))
    },
    erase: (id) => group.run(() => erase(run, id)),
    ended: (before, limit) =>
      Promise.resolve(
        run.ended
          .all(before, limit)
          .map((row) => ({ id: textIn<CaseId>(row, 'id'), keyId: idIn(row, 'key_id') })),
      ),
    async *keyIds() {
      for (let last = 0; ; ) {
        const rows = run.keyIds.all(last)
        for (const row of rows) yield { id: textIn<CaseId>(row, 'id'), keyId: idIn(row, 'key_id') }
        const end = rows.at(-1)
        if (end === undefined) return
        last = numberIn(end, 'n')
      }
    },
    compact() {
      group.flush()
      return Promise.resolve(emptied(db))
    },
    close() {
      group.flush()
      if (db.isOpen) db.close()
      return Promise.resolve()
    },
  }
}

/** A reader in the way is answered with false at once: waiting for it would stop every turn meanwhile. */
function emptied(db: DatabaseSync): boolean {
  db.exec('PRAGMA busy_timeout = 0')
  try {
    return pragma(db, 'wal_checkpoint(TRUNCATE)') === 0
  } finally {
    db.exec(`PRAGMA busy_timeout = ${CASES_FILE.patienceMs}`)
  }
}

function commit(run: CaseStatements, change: CaseChange): CaseOutcome {
  const { mark } = change
  if (mark !== undefined && run.isWithdrawn.get(mark, change.at) !== undefined) return 'withdrawn'
  const found = run.find.get(change.id)
  const revision = found === undefined ? 0 : numberIn(found, 'revision')
  if (revision !== change.expected) return 'stale'
  if (found !== undefined && idIn(found, 'key_id') !== change.keyId) return 'stale'
  const { id, state, rank, at, sealed } = change
  const [holder, offeredTo] = [accountBytes(change.holder), accountBytes(change.offeredTo)]
  let n: number | bigint
  if (found === undefined)
    n = run.insert.run(
      id,
      toBytes(change.keyId),
      state,
      holder,
      offeredTo,
      rank,
      at,
      at,
      sealed,
    ).lastInsertRowid
  else {
    n = numberIn(found, 'n')
    run.update.run(state, at, state, holder, offeredTo, rank, sealed, n)
  }
  for (const entry of change.entries) run.append.run(n, toBytes(entry.id), entry.at, entry.sealed, n)
  return 'committed'
}

function erase(run: CaseStatements, id: CaseId): void {
  const found = run.find.get(id)
  if (found === undefined) return
  const n = numberIn(found, 'n')
  run.eraseEntries.run(n)
  run.erase.run(n)
}

function caseIn(row: Row): StoredCase {
  return {
    id: textIn<CaseId>(row, 'id'),
    keyId: idIn(row, 'key_id'),
    revision: numberIn(row, 'revision'),
    state: textIn<CaseState>(row, 'state'),
    holder: accountIn(row, 'holder'),
    offeredTo: accountIn(row, 'offered_to'),
    rank: numberIn(row, 'rank'),
    openedAt: numberIn(row, 'opened_at'),
    changedAt: numberIn(row, 'changed_at'),
    sealed: bytesIn(row, 'sealed'),
  }
}

function entryIn(row: Row): StoredEntry {
  return {
    id: idIn<EntryId>(row, 'id'),
    seq: numberIn(row, 'seq'),
    at: numberIn(row, 'at'),
    sealed: bytesIn(row, 'sealed'),
  }
}

function textIn<T extends string>(row: Row, column: string): T {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`the column ${column} does not hold a text`)
  return value as T
}

const accountBytes = (account: AccountId | undefined) => (account === undefined ? null : toBytes(account))

function accountIn(row: Row, column: string): AccountId | undefined {
  return row[column] === null ? undefined : idIn<AccountId>(row, column)
}
