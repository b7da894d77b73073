import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inWords } from '../../src/cli/check.ts'
import { checkDirectory } from '../../src/cli/check/editions.ts'
import { HOUSE } from '../../src/cli/house.ts'
import { writeServices } from '../../src/directory/publishing/edition-content.ts'
import type { Service } from '../../src/directory/service.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openRedisPublications } from '../../src/storage/redis/desk/redis-publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { MONDAY } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'
import { redisHere } from '../storage/redis-stores.ts'

const pack = demoPack()
const redis = redisHere()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-check-editions-'))
  cpSync(join(HOUSE, 'packs/demo'), join(folder, 'packs/demo'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const check = async (now = MONDAY) => {
  const { problems, notes } = await checkDirectory(join(folder, 'packs'), { DATA_DIR: folder }, now)
  return { problems, notes }
}
async function publish(content: string): Promise<void> {
  const publications = openSqlitePublications(folder)
  const base = (await publications.live('demo'))?.number ?? 0
  await publications.publish({ pack: 'demo', base, content, by: 'cli:Lead' as Author, at: 0, about: '' })
  await publications.close()
}
const changed = (id: string, change: Partial<Service>) =>
  writeServices(pack.services.map((one) => (one.id === id ? { ...one, ...change } : one)))

it('where nothing was published nothing is made and nothing is said', async () => {
  expect(await check()).toEqual({ problems: [], notes: [] })
  expect(existsSync(join(folder, 'directory.db'))).toBe(false)
})

it('an edition like the table in the folder is in order', async () => {
  await publish(writeServices(pack.services))
  expect(await check()).toEqual({ problems: [], notes: [] })
})

it('a table that is not what people see is told, and is no problem', async () => {
  await publish(changed('almar-clinic', { contacts: [{ kind: 'phone', value: '+999 000 0444' }] }))
  const { problems, notes } = await check()
  expect(problems).toEqual([])
  expect(inWords(problems, notes)).toBe(
    [
      'No problems found.',
      '',
      'Good to know:',
      'packs/demo/services.csv',
      '  It is not what people see: edition 1 is, and 1 service differs.',
      '    To serve what stands in the table, import it and have it published.',
    ].join('\n'),
  )
})

it('with servers it is the edition there: a table that came with a new version changes nothing, and is told', async () => {
  const publications = openRedisPublications(await redis.empty())
  const content = changed('almar-clinic', { summary: { en: 'Ask for Maria.' } })
  await publications.publish({ pack: 'demo', base: 0, content, by: 'cli:Lead' as Author, at: 0, about: '' })
  await publications.close()
  const { url } = redis.server()
  const environment = { DATA_DIR: folder, STORAGE_URL: url, VAULT_URL: 'redis://keys.example.org' }
  const { problems, notes } = await checkDirectory(join(folder, 'packs'), environment, MONDAY)
  expect(problems).toMatchObject([{ file: 'STORAGE_URL, demo, edition 1' }])
  expect(notes).toMatchObject([
    {
      file: 'packs/demo/services.csv',
      problem: expect.stringContaining('is not what people see: edition 1'),
    },
  ])
})

it('what is wrong in an edition is named with the id of the service', async () => {
  await publish(changed('almar-clinic', { summary: { en: 'Ask for Maria.' } }))
  expect((await check()).problems).toMatchObject([
    { file: 'directory.db, demo, edition 1', key: 'almar-clinic, description_en' },
  ])
  await publish(changed('house-of-rest', { address: { en: '5 Hidden Street' } }))
  expect((await check()).problems).toMatchObject([{ key: 'house-of-rest, address' }])
})

it('the edition must be fresh, not the table in whose place it is served', async () => {
  const later = Date.UTC(2100, 5)
  expect((await check(later)).problems.map(({ file }) => file)).toContain('packs/demo/services.csv')
  await publish(writeServices(pack.services.map((one) => ({ ...one, reviewBy: '2199-12-31' }))))
  expect((await check(later)).problems.map(({ problem }) => problem).join()).not.toContain('no fresh')
  await publish(writeServices(pack.services.filter(({ categories }) => !categories.includes('hotline'))))
  expect((await check()).problems).toMatchObject([
    { file: 'directory.db, demo, edition 2', problem: expect.stringContaining('no fresh hotline') },
  ])
})

it('an edition that cannot be read is told with the way back, a file of a newer Lantern as such', async () => {
  await publish('{"version":7}')
  expect((await check()).problems).toMatchObject([
    { problem: expect.stringContaining('newer Lantern'), remedy: expect.stringContaining('services back') },
  ])
  const db = new DatabaseSync(join(folder, 'directory.db'))
  db.exec('PRAGMA user_version = 99')
  db.close()
  expect((await check()).problems).toMatchObject([
    { file: 'directory.db', problem: expect.stringContaining('newer Lantern') },
  ])
})
