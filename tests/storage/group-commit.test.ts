import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { groupCommit } from '../../src/storage/sqlite/group-commit.ts'

it('a disk on which no room can be made refuses what must be refused, and nothing else goes wrong', async () => {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY)')
  let asked = 0
  const group = groupCommit(db, () => {
    asked += 1
    throw new Error('read-only')
  })
  const put = (n: number) => group.run(() => db.prepare('INSERT INTO kept VALUES (?)').run(n).changes)
  const outcomes = await Promise.allSettled([put(1), put(1), put(2)])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(asked).toBe(1)
  expect(await put(3)).toBe(1)
  db.close()
})

it('writes once what comes close behind each other, and at once what comes alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-group-'))
  const db = new DatabaseSync(join(folder, 'group.db'))
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE kept (n INTEGER PRIMARY KEY)')
  const beside = new DatabaseSync(join(folder, 'group.db'))
  const written = () => Number(beside.prepare('SELECT count(*) AS n FROM kept').get()?.['n'])
  const group = groupCommit(db)
  const put = (n: number) =>
    group.run(() => {
      db.prepare('INSERT INTO kept VALUES (?)').run(n)
      return written()
    })
  const first = put(1)
  await new Promise((resolve) => setImmediate(resolve))
  const seenByEach = await Promise.all([first, put(2)])
  expect(seenByEach).toEqual([0, 0])
  expect(written()).toBe(2)
  expect(await put(3)).toBe(2)
  expect(written()).toBe(3)
  db.close()
  beside.close()
  rmSync(folder, { recursive: true })
})
