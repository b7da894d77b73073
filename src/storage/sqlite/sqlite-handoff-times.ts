import { join } from 'node:path'
import type { HandoffTime, HandoffTimes, TimeKind } from '../handoff-times.ts'
import type { Row } from './columns.ts'
import { type FileKind, openFile } from './file.ts'
import { groupCommit } from './group-commit.ts'

/**
 * Handoff times in `times.db`, a file of their own: in that of the cases, a copy or the log of writes would set a number
 * beside the case whose row was written with it. One row holds all numbers of a day and kind, sorted and written anew
 * each time, since SQLite lays single rows on a page in the order in which they came; and the journal is cut off after
 * each write (no WAL).
 */
export function openSqliteHandoffTimes(folder: string): HandoffTimes {
  const db = openFile(join(folder, 'times.db'), TIMES_FILE)
  const group = groupCommit(db)
  const load = db.prepare('SELECT counts FROM times WHERE day = ? AND kind = ?')
  const save = db.prepare(`
    INSERT INTO times (day, kind, counts) VALUES (?, ?, ?)
    ON CONFLICT (day, kind) DO UPDATE SET counts = excluded.counts`)
  const since = db.prepare('SELECT day, kind, counts FROM times WHERE day >= ? ORDER BY day, kind')
  const eraseBefore = db.prepare('DELETE FROM times WHERE day < ?')

  function add({ day, kind, minutes }: HandoffTime): void {
    const row = load.get(day, kind)
    const counts = row === undefined ? new Map<number, number>() : countsIn(row)
    counts.set(minutes, (counts.get(minutes) ?? 0) + 1)
    save.run(day, kind, JSON.stringify([...counts].toSorted(([a], [b]) => a - b)))
  }

  return {
    add: (time) => group.run(() => add(time)),
    since: (day) =>
      Promise.resolve(
        since.all(day).flatMap((row) =>
          Array.from(countsIn(row), ([minutes, count]) => ({
            day: String(row['day']),
            kind: String(row['kind']) as TimeKind,
            minutes,
            count,
          })),
        ),
      ),
    eraseBefore: (day) => group.run(() => Number(eraseBefore.run(day).changes) > 0),
    close() {
      group.flush()
      if (db.isOpen) db.close()
      return Promise.resolve()
    },
  }
}

/** `counts`: pairs of minutes and how often, by minutes. */
export const TIMES_FILE: FileKind = {
  applicationId: 0x4c_6e_54_31,
  schemaVersion: 1,
  patienceMs: 2_000,
  pragmas: 'PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;',
  schema: `
    CREATE TABLE times (
      day TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('opened', 'claimed', 'closed')),
      counts TEXT NOT NULL,
      PRIMARY KEY (day, kind)
    ) STRICT, WITHOUT ROWID;
  `,
}

function countsIn(row: Row): Map<number, number> {
  return new Map(JSON.parse(String(row['counts'])) as [number, number][])
}
