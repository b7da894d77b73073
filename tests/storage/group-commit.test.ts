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
