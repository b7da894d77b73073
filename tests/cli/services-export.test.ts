import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/node'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run as services } from '../../src/cli/services.ts'
import { writeServices } from '../../src/directory/publishing/edition-content.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { demoPack } from '../directory/demo.ts'
import { whatIsSaid } from './said.ts'

/** `lantern services export`, as it is typed. */
let home = ''
const said = whatIsSaid()
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-export-'))
  vi.stubEnv('DATA_DIR', join(home, 'data'))
  vi.stubEnv('VAULT_DIR', join(home, 'vault'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

const SERVICES = demoPack().services.length
const file = (name: string) => join(home, name)
const exported = (...args: string[]) => services(['export', '--pack', 'demo', ...args])

test('the list goes out as a table with a mark by which spreadsheets know its letters', async () => {
  expect(await exported('--csv', file('a.csv'))).toBe(0)
  const csv = readFileSync(file('a.csv'), 'utf8')
  expect(csv).toMatch(/^\uFEFFservice_id,/u)
  expect(csv.trim().split('\r\n')).toHaveLength(SERVICES + 1)
  expect(said.lines()).toEqual([`${SERVICES} services are in ${file('a.csv')}.`])
})

test('what goes out is what is published, not what stood in the folder', async () => {
  const publications = openSqlitePublications(join(home, 'data'))
  const two = demoPack().services.slice(0, 2)
  const published = await publications.publish({
    pack: 'demo',
    base: 0,
    content: writeServices(two),
    by: 'cli:IM officer' as Author,
    at: 1,
    about: 'import of a.csv',
  })
  await publications.close()
  expect(published).toEqual({ number: 1 })
  expect(await exported('--csv', file('a.csv'))).toBe(0)
  expect(said.lines()).toEqual([`2 services are in ${file('a.csv')}.`])
})

test('a row of tags stands under the heading for those who read HXL', async () => {
  expect(await exported('--hxl', file('a.csv'))).toBe(0)
  expect(readFileSync(file('a.csv'), 'utf8').split('\r\n')[1]).toMatch(/^#service\+id,#service\+name\+i_en,/u)
})

test('the empty template has no row, and a sheet that explains its columns', async () => {
  expect(await exported('--xlsx', file('a.xlsx'), '--template')).toBe(0)
  const sheets = await readWorkbook(file('a.xlsx'))
  expect(sheets.map(({ sheet, data }) => [sheet, data.length === 1])).toEqual([
    ['Services', true],
    ['Columns', false],
  ])
})

test('other directories get a page of HSDS or a package of tables, without what is not for everybody', async () => {
  expect(await exported('--hsds', file('a.json'))).toBe(0)
  const page = JSON.parse(readFileSync(file('a.json'), 'utf8')) as { total_items: number }
  expect(said.lines()).toEqual([
    `${page.total_items} services in en are in ${file('a.json')}. ${SERVICES - page.total_items} are not: only what is public, finished and in date goes to others.`,
  ])
  expect(readFileSync(file('a.json'), 'utf8')).not.toContain('House of Rest')
  expect(await exported('--hsds-package', file('a.zip'), '--lang', 'en')).toBe(0)
  expect(Object.keys(unzipSync(readFileSync(file('a.zip'))))).toContain('services.csv')
})

test.each([
  [[]],
  [['--lang', 'en', '--csv', 'a']],
  [['--hsds', 'a', '--template']],
  [['--csv', 'a', '--hxl', 'b']],
  [['--csv', 'a', 'b']],
  [['--pdf', 'a']],
])('what cannot be meant is answered with how it is called: %j', async (args) => {
  expect(await exported(...args)).toBe(1)
  expect(said.lines().join('\n')).toContain('services export --pack ID')
})

test('a pack that is not there, and a file that cannot be written, are said', async () => {
  expect(await services(['export', '--pack', '../demo', '--csv', file('a.csv')])).toBe(1)
  expect(said.lines().join('\n')).toMatch(/There is no pack \.\.\/demo\. There are: .*\bdemo\b/u)
  said.forget()
  expect(await exported('--csv', join(home, 'none', 'a.csv'))).toBe(1)
  expect(said.lines().join('\n')).toMatch(/a\.csv cannot be written/u)
})
