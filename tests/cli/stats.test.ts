import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hxlOf } from '../../src/cli/stats/hxl.ts'
import { run } from '../../src/cli/stats.ts'
import { nameOf } from '../../src/statistics/counter-names.ts'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { turn } from '../storage/contract.ts'
import { redisHere } from '../storage/redis-stores.ts'
import { whatIsSaid } from './said.ts'

const NOVEMBER = Date.UTC(2026, 10, 27, 9)
const folder = mkdtempSync(join(tmpdir(), 'stats-'))
const said = whatIsSaid()
const redis = redisHere()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(() => {
  for (const [name, value] of Object.entries({
    DATA_DIR: join(folder, 'data'),
    VAULT_DIR: join(folder, 'vault'),
    LANGUAGES: 'en,es',
    STATISTICS_AREAS: 'on',
  }))
    vi.stubEnv(name, value)
})
afterEach(() => vi.unstubAllEnvs())

const many = (value: number, name: string) => Array<string>(value).fill(name)
const contact = (row: string, area?: string) =>
  nameOf({ measure: 'contact', row, month: '2026-09', ...(area === undefined ? {} : { area }) })

/** 300 contacts, of them 200 in English, 160 in Portavel, 20 on the coast and 3 in the hills. */
async function fill(store: Conversations): Promise<void> {
  const counts = [
    ...many(200, contact('en')),
    ...many(100, contact('es')),
    ...many(90, contact('en', 'demo/XV01')),
    ...many(70, contact('es', 'demo/XV01')),
    ...many(20, contact('en', 'demo/XV02')),
    ...many(3, contact('es', 'demo/XV03')),
    ...many(40, 'stat.gap.shelter.2026-09'),
    ...many(99, 'stat.contact.en.2026-10'),
  ]
  await store.commit(turn(Buffer.alloc(32, 7).toString('base64url') as ConversationId, 0, { counts }))
  await store.close()
}

async function hxl(...more: string[]): Promise<string[][]> {
  const file = join(folder, 'out.csv')
  expect(await run(['--hxl', file, ...more], NOVEMBER)).toBe(0)
  return parse(readFileSync(file), { bom: true })
}

describe('lantern stats', () => {
  it('says the same to whoever asked, where no file may be written', async () => {
    await fill(openSqliteConversations(join(folder, 'data')))
    const rows = await hxl()
    const written: string[] = []
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
    expect(await run(['--hxl', '-'], NOVEMBER)).toBe(0)
    spy.mockRestore()
    expect(parse(written.join(''), { bom: true })).toEqual(rows)
    expect(rows.length).toBeGreaterThan(2)
    rmSync(join(folder, 'data'), { recursive: true })
  })

  it('writes what may be shown under a row of HXL tags, beside the open file', async () => {
    await fill(openSqliteConversations(join(folder, 'data')))
    const service = openSqliteConversations(join(folder, 'data'))
    const [heading, tags, ...lines] = await hxl()
    await service.close()
    expect(heading).toHaveLength(9)
    expect(tags).toEqual([
      '#date+month',
      '#country+code+iso2',
      '#adm1+code',
      '#adm1+name',
      '#meta+coverage',
      '#indicator+name',
      '#indicator+type+code',
      '#indicator+value+num',
      '#meta+suppressed',
    ])
    expect(lines).toContainEqual(['2026-09', '', '', '', 'all', 'contacts_by_language', '', '300', 'no'])
    expect(lines).toContainEqual([
      '2026-09',
      'XV',
      'XV01',
      'Portavel',
      'area',
      'contacts_by_language',
      '',
      '160',
      'no',
    ])
    expect(lines).toContainEqual([
      '2026-09',
      '',
      '',
      '',
      'all',
      'searches_without_result_by_need',
      'shelter',
      '40',
      'no',
    ])
    for (const line of lines) {
      expect(line[7]).toMatch(line[8] === 'yes' ? /^$/u : /^[1-9]\d*[05]$/u)
      expect(line[2]).not.toBe('XV03')
    }
    expect(lines.some((line) => line[8] === 'yes')).toBe(true)
  })

  it('says the same from servers, and in a terminal', async () => {
    expect(await run([], NOVEMBER)).toBe(0)
    const fromFile = said.lines().join('\n')
    expect(fromFile).toMatch(/^Month 2026-09$/mu)
    expect(fromFile).toMatch(/^ +all +300 /mu)
    said.forget()
    await fill(openRedisConversations(await redis.empty()))
    vi.stubEnv('STORAGE_URL', redis.server().url)
    vi.stubEnv('VAULT_URL', 'redis://:not-asked-for@127.0.0.1:1')
    expect(await run([], NOVEMBER)).toBe(0)
    expect(said.lines().join('\n')).toBe(fromFile)
  })

  it('shows no area where the setting is off, and no month before its time', async () => {
    vi.stubEnv('STATISTICS_AREAS', 'off')
    expect((await hxl()).flat()).not.toContain('XV01')
    expect(await run(['--month', '2026-10'], NOVEMBER)).toBe(1)
    expect(said.lines().at(-1)).toBe(
      'It is too early for 2026-10: the latest month that is shown now is 2026-09.',
    )
    expect(await run(['--month', '2026-10'], Date.UTC(2026, 11, 1))).toBe(0)
    expect(await run(['--month', '26-10'], NOVEMBER)).toBe(1)
    expect(said.lines().at(-1)).toContain('Usage: npm run -s lantern -- stats')
  })

  it('lets no name of a place be calculated in a spreadsheet', () => {
    const table = {
      rows: ['en'],
      columns: ['p/A'],
      cells: [[20]],
      rowTotals: [20],
      columnTotals: [20],
      total: 20,
    }
    const text = hxlOf('2026-09', new Map([['contact', table]]), () => ({
      country: 'XV',
      code: 'A',
      name: '=1+1',
    }))
    expect(parse(text, { bom: true }).flat()).toContain("'=1+1")
    expect(text).not.toContain(',=1+1')
  })
})
