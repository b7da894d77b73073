import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../../operations/environment.ts'
import type { Commit, CommitOutcome, ConversationId, Conversations, Only } from '../conversations.ts'
import { bytesIn, idIn, numberIn, type Row, toBytes } from './columns.ts'
import { bar, claimDue, renew, settle } from './deliveries.ts'
import { openFile, pragma } from './file.ts'
import { groupCommit } from './group-commit.ts'
import { addLater, DATA_FILE } from './schema.ts'
import { type Statements, statementsOf } from './statements.ts'

/**
 * Conversations in one SQLite file (WAL, synchronous=FULL, secure_delete). What is asked for in one tick shares one
 * transaction and one fsync, and resolves after it. Reads are single statements, so no reader ever holds back the
 * cleaning of the log.
 */
export function openSqliteConversations(folder: string): Conversations {
  const db = openFile(join(folder, 'data.db'), DATA_FILE)
  addLater(db)
  // One process uses this file, so a lease that is found was held by one that died. Its fence still refuses it.
  db.exec('UPDATE conversations SET lease_until = 0 WHERE lease_until > 0')
  const run = statementsOf(db)
  const group = groupCommit(db)

  return {
    load(id) {
      const row = run.load.get(toBytes(id))
      if (row === undefined) return Promise.resolve(undefined)
      return Promise.resolve({
        id,
        keyId: idIn(row, 'key_id'),
        revision: numberIn(row, 'revision'),
        sealed: bytesIn(row, 'sealed'),
        touchedAt: numberIn(row, 'touched_at'),
      })
    },
    nameOf(keyId) {
      const row = run.nameOf.get(toBytes(keyId))
      return Promise.resolve(row === undefined ? undefined : idIn<ConversationId>(row, 'id'))
    },
    namedBefore: (pepper) => Promise.resolve(run.namedBefore.get(pepper) !== undefined),
    commit: (turn) => group.run(() => commit(run, turn)),
    claimDue: (now, limit, leaseMs) => group.run(() => claimDue(run, now, limit, leaseMs)),
    settle: (id, settlement) => group.run(() => settle(run, id, settlement), settlement.unhurried === true),
    renew: (id, lease) => group.run(() => renew(run, id, lease)),
    bar: (id, lease, now) => group.run(() => bar(run, id, lease, now)),
    nextDue() {
      const at = run.nextDue.get()?.['at']
      return Promise.resolve(typeof at === 'number' ? at : undefined)
    },
    waiting: (id) => Promise.resolve(Number(run.waiting.get(toBytes(id))?.['count'] ?? 0)),
    marks: (id) =>
      Promise.resolve(
        run.marks
          .all(toBytes(id))
          .map((row) => ({ at: numberIn(row, 'at'), sealed: bytesIn(row, 'sealed') })),
      ),
    erase: (id, only) => group.run(() => erase(run, id, only)),
    idle: (before, limit) =>
      Promise.resolve(
        run.idle.all(before, limit).map((row) => ({ id: idIn(row, 'id'), keyId: idIn(row, 'key_id') })),
      ),
    ahead: (after) =>
      Promise.resolve(
        run.ahead.all(after).map((row) => ({ id: idIn(row, 'id'), keyId: idIn(row, 'key_id') })),
      ),
    lastTouched() {
      const at = run.lastTouched.get()?.['at']
      return Promise.resolve(typeof at === 'number' ? at : undefined)
    },
    pruneCounts: ({ week, month }) =>
      group.run(() => {
        run.pruneWeeks.run(week)
        run.pruneMonths.run(month)
      }),
    async *keyIds() {
      for (let last = 0; ; ) {
        const rows = run.keyIds.all(last)
        for (const row of rows) yield { id: idIn<ConversationId>(row, 'id'), keyId: idIn(row, 'key_id') }
        const end = rows.at(-1)
        if (end === undefined) return
        last = numberIn(end, 'n')
      }
    },
    prune: (before, marksBefore) =>
      group.run(() => {
        run.pruneSeen.run(before)
        run.pruneMarks.run(marksBefore)
      }),
    dropWaitingMessages: () =>
      group.run(() => {
        run.dropMessages.run()
        run.dueAnew.run()
      }),
    compact() {
      group.flush()
      return Promise.resolve(emptied(db))
    },
    counts: () =>
      Promise.resolve(
        run.counts.all().map((row) => ({ name: String(row['name']), value: numberIn(row, 'value') })),
      ),
    close() {
      group.flush()
      closeQuietly(db)
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
    db.exec(`PRAGMA busy_timeout = ${DATA_FILE.patienceMs}`)
  }
}

function closeQuietly(db: DatabaseSync): void {
  if (db.isOpen) db.close()
}

function commit(run: Statements, turn: Commit): CommitOutcome {
  const id = toBytes(turn.id)
  const found = run.find.get(turn.was === undefined ? id : toBytes(turn.was))
  const revision = found === undefined ? 0 : numberIn(found, 'revision')
  const isAnother = found !== undefined && idIn(found, 'key_id') !== turn.keyId
  if (revision !== turn.expected || isAnother) {
    const isKnown = found !== undefined && run.noted.get(numberIn(found, 'n'), turn.seen) !== undefined
    return isKnown ? 'duplicate' : 'stale'
  }
  let n: number | bigint
  if (found === undefined) {
    const dueAt = turn.outbox[0]?.notBefore ?? null
    const named = turn.named ?? 0
    n = run.insert.run(id, named, toBytes(turn.keyId), turn.at, dueAt, turn.sealed).lastInsertRowid
    run.note.run(n, turn.seen, turn.at)
  } else {
    n = numberIn(found, 'n')
    if (run.noted.get(n, turn.seen) !== undefined) return 'duplicate'
    const inTheWay = movedBy(run, found, turn)
    if (inTheWay !== undefined) return inTheWay
    run.note.run(n, turn.seen, turn.at)
    if (turn.cancelWaiting) {
      run.cancel.run(n)
      run.bar.run(turn.at, n)
    }
    if (found['due_at'] !== null) run.hasten.run(turn.at, n)
    run.update.run(turn.at, nextDueAt(run, n, found, turn), turn.sealed, n)
  }
  let last: number | bigint = 0
  for (const item of turn.outbox)
    last = run.add.run(n, toBytes(item.id), item.kind, item.notBefore, item.sealed).lastInsertRowid
  for (const mark of turn.marks) run.mark.run(n, mark.at, mark.sealed)
  for (const name of turn.counts) run.count.run(name)
  if (turn.lease === undefined || last === 0 || !isFree(found, turn)) return 'committed'
  run.lease.run(turn.lease.fence, turn.lease.until, last, n)
  return 'leased'
}

/** Gives it its newer name; what is in the way of that, where something is, and then nothing was written. */
function movedBy(run: Statements, found: Row, turn: Commit): 'stale' | 'held' | undefined {
  const id = toBytes(turn.id)
  const isHeld = numberIn(found, 'lease_until') > turn.at
  if (turn.was !== undefined && run.find.get(id) !== undefined) return 'stale'
  if (turn.was !== undefined && isHeld) return 'held'
  const named = turn.named ?? numberIn(found, 'named')
  if (turn.was !== undefined || named !== numberIn(found, 'named'))
    run.rename.run(id, named, numberIn(found, 'n'))
  return undefined
}

/** Nothing waited before this turn, and nobody holds a lease. */
function isFree(found: Row | undefined, { at }: Commit): boolean {
  return found === undefined || (found['due_at'] === null && numberIn(found, 'lease_until') <= at)
}

/** The first waiting item's time: what waits stays first unless it was cancelled just now. */
function nextDueAt(run: Statements, n: number, found: Row, { outbox }: Commit): Instant | null {
  const waits = found['due_at'] === null ? undefined : run.first.get(n)?.['not_before']
  return typeof waits === 'number' ? waits : (outbox[0]?.notBefore ?? null)
}

function erase(run: Statements, id: ConversationId, { revision, keyId }: Only = {}): boolean {
  const found = run.find.get(toBytes(id))
  if (found === undefined) return true
  if (revision !== undefined && numberIn(found, 'revision') !== revision) return false
  if (keyId !== undefined && idIn(found, 'key_id') !== keyId) return false
  const n = numberIn(found, 'n')
  run.eraseOutbox.run(n)
  run.eraseSeen.run(n)
  run.eraseMarks.run(n)
  run.erase.run(n)
  return true
}
