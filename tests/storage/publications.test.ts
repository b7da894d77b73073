import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryPublications } from '../../src/storage/memory-publications.ts'
import { FileRefused } from '../../src/storage/sqlite/file.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { edition, proposal, publicationsContract } from './publications-contract.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-publications-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

publicationsContract('memory', memoryPublications)
publicationsContract('SQLite', () => openSqlitePublications(folder))

describe('directory.db', () => {
  const reasonOf = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      return error instanceof FileRefused ? error.message : 'another error'
    }
    return 'none'
  }

  it('is there again after a restart, for its owner only', async () => {
    const one = openSqlitePublications(folder)
    const id = await one.propose(proposal())
    await one.publish(edition(0, { backTo: 0 }))
    for (const file of ['directory.db', 'directory.db-wal'])
      expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)
    await one.close()
    const again = openSqlitePublications(folder)
    expect([
      (await again.live('demo'))?.number,
      (await again.waiting())[0]?.id,
      await again.version(),
    ]).toEqual([1, id, 1])
    await again.close()
  })

  it('shows to a second one that is open what the first has published, and lets one of both win', async () => {
    const [one, two] = [openSqlitePublications(folder), openSqlitePublications(folder)]
    expect(await two.version()).toBe(0)
    await one.publish(edition(0))
    expect([await two.version(), (await two.live('demo'))?.content]).toEqual([1, '["edition 1"]'])
    const answers = await Promise.all([one.publish(edition(1)), two.publish(edition(1))])
    expect(answers.filter((answer) => answer === 'stale')).toHaveLength(1)
    expect(answers).toContainEqual({ number: 2 })
    await Promise.all([one.close(), two.close()])
  })

  it('is refused in one line when a newer Lantern wrote it', async () => {
    await openSqlitePublications(folder).close()
    const db = new DatabaseSync(join(folder, 'directory.db'))
    db.exec('PRAGMA user_version = 2')
    db.close()
    expect(reasonOf(() => openSqlitePublications(folder))).toBe(
      'a data file was written by a newer Lantern: start that version instead',
    )
  })

  it('is made by the second where the first was cut off before it came to the tables', async () => {
    const cut = new DatabaseSync(join(folder, 'directory.db'))
    cut.exec('PRAGMA journal_mode = WAL')
    cut.close()
    const one = openSqlitePublications(folder)
    expect(await one.publish(edition(0))).toEqual({ number: 1 })
    await one.close()
  })

  it('keeps ten thousand services in a small part of their size', async () => {
    const one = openSqlitePublications(folder)
    const content = JSON.stringify(
      Array.from({ length: 10_000 }, (_, at) => ({
        id: `clinic-${at}`,
        name: { en: `Clinic ${at}` },
        cost: 'free',
      })),
    )
    await one.publish(edition(0, { content }))
    expect((await one.live('demo'))?.content).toBe(content)
    await one.close()
    expect(readFileSync(join(folder, 'directory.db')).length).toBeLessThan(content.length / 4)
  })
})
