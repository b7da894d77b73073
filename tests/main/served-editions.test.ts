import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeServices } from '../../src/directory/publishing/edition-content.ts'
import type { Pack } from '../../src/directory/pack/pack.ts'
import type { Service } from '../../src/directory/service.ts'
import { serveEditions } from '../../src/main/publishing.ts'
import type { Log } from '../../src/operations/log.ts'
import type { Author, Publications } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { demoPack } from '../directory/demo.ts'

const NOW = Date.UTC(2026, 10, 2, 10)
const demo = demoPack()
const other = { ...demo, id: 'other' }
const by = 'cli:Lead' as Author
let folder: string
let publisher: Publications
let publications: Publications
let events: string[]
const log: Log = { event: (code, fields = {}) => void events.push(`${code} ${JSON.stringify(fields)}`) }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-served-'))
  // As the command line has it open beside the service.
  publisher = openSqlitePublications(folder)
  publications = openSqlitePublications(folder)
  events = []
})
afterEach(async () => {
  await publisher.close()
  await publications.close()
  rmSync(folder, { recursive: true })
})

const served = (packs: readonly Pack[]) =>
  serveEditions({ packs, publications, clock: { now: () => NOW }, log })
const withPhone = (value: string): Service[] =>
  demo.services.map((one) =>
    one.id === 'portavel-clinic' ? { ...one, contacts: [{ kind: 'phone', value }] } : one,
  )
const publish = (base: number, content: string, pack = 'demo') =>
  publisher.publish({ pack, base, content, by, at: 0, about: '' })
const phoneIn = (editions: ReturnType<typeof serveEditions>, pack = 'demo') =>
  editions.directory.card(pack, 'portavel-clinic', 'en', NOW)?.phones[0]

describe('what a process serves', () => {
  it('is the table in the folder until something is published, then that, from the next look on', async () => {
    const editions = served([demo, other])
    await editions.look()
    expect([phoneIn(editions), events]).toEqual(['+999 000 0004', []])
    await publish(0, writeServices(withPhone('+999 000 0444')))
    expect(phoneIn(editions)).toBe('+999 000 0004')
    await editions.look()
    expect([phoneIn(editions), phoneIn(editions, 'other')]).toEqual(['+999 000 0444', '+999 000 0004'])
    await publish(0, writeServices(withPhone('+999 000 0555')), 'other')
    await editions.look()
    expect([phoneIn(editions), phoneIn(editions, 'other')]).toEqual(['+999 000 0444', '+999 000 0555'])
    expect(events).toEqual([
      `directory.replaced {"edition":1,"services":${demo.services.length}}`,
      `directory.replaced {"edition":1,"services":${demo.services.length}}`,
    ])
  })

  it('is the live edition from the start on', async () => {
    await publish(0, writeServices(withPhone('+999 000 0444')))
    const editions = served([demo])
    await editions.look()
    expect(phoneIn(editions)).toBe('+999 000 0444')
  })

  it('stays when an edition cannot be read, which is told without its content, until one can', async () => {
    await publish(0, writeServices(withPhone('+999 000 0444')))
    const editions = served([demo])
    await editions.look()
    for (const [at, broken] of ['{"version":9}', 'Hidden Street 5', ''].entries()) {
      await publish(at + 1, broken)
      await editions.look()
      await editions.look()
      expect(phoneIn(editions)).toBe('+999 000 0444')
    }
    expect(events).toEqual([
      'directory.unreadable {"edition":2}',
      'directory.unreadable {"edition":3}',
      'directory.unreadable {"edition":2}',
      'directory.unreadable {"edition":4}',
      'directory.unreadable {"edition":3}',
      'directory.unreadable {"edition":2}',
    ])
    // A process that starts now has no edition in memory, and finds the newest that can be read.
    const again = served([demo])
    await again.look()
    expect(phoneIn(again)).toBe('+999 000 0444')
    await publish(4, writeServices(withPhone('+999 000 0555')))
    await editions.look()
    expect(phoneIn(editions)).toBe('+999 000 0555')
  })

  it('stays when the bytes of an edition are damaged', async () => {
    await publish(0, writeServices(withPhone('+999 000 0444')))
    await publish(1, writeServices(withPhone('+999 000 0555')))
    const db = new DatabaseSync(join(folder, 'directory.db'))
    db.exec("UPDATE editions SET content = x'1f8b0800' WHERE number = 2")
    db.close()
    const editions = served([demo])
    await editions.look()
    expect(phoneIn(editions)).toBe('+999 000 0444')
    expect(events[0]).toBe('directory.unreadable {"edition":2}')
  })

  it('is what its own desk published before the desk hears of it', async () => {
    const editions = served([demo])
    const wish = { pack: 'demo', service: 'old-clinic', by }
    expect(editions.directory.card('demo', 'old-clinic', 'en', NOW)).toBeUndefined()
    expect((await editions.publishing.check(wish)).kind).toBe('published')
    expect(editions.directory.card('demo', 'old-clinic', 'en', NOW)).toBeDefined()
  })

  it('misses nothing that is published while it looks', async () => {
    await publish(0, writeServices(withPhone('+999 000 0444')))
    const editions = served([demo])
    const looks = [editions.look(), publish(1, writeServices(withPhone('+999 000 0555'))), editions.look()]
    await Promise.all(looks)
    await editions.look()
    expect(phoneIn(editions)).toBe('+999 000 0555')
  })
})
