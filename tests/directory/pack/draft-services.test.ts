import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPacks } from '../../../src/cli/check/packs.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { dueIn } from '../../../src/directory/checks/due.ts'
import { createLiveDirectory } from '../../../src/directory/live-directory.ts'
import { loadPack } from '../../../src/directory/pack/load-pack.ts'
import type { Pack } from '../../../src/directory/pack/pack.ts'
import { service as schema } from '../../../src/directory/service.ts'
import { StartRefused } from '../../../src/errors.ts'
import { requireLivePack } from '../../../src/main/packs.ts'
import { MONDAY } from '../../conversation/english-engine.ts'

const HOUSE = join(import.meta.dirname, '../../..')
const HEADING =
  'service_id,name_en,categories,description_en,org,status,country,coverage,tollfree,phone,phone_abroad,phone_abroad_note_en,verified_on,verified_by,review_by,source_url,source_on,confidence'
const LINE = ['line', 'Line', 'hotline', 'A line.', 'Lines', 'draft', 'XV', 'country', '000 12']
const ABROAD = ['', '+999 000 0012', 'from another country']
const REVIEW_BY = HEADING.split(',').indexOf('review_by')
const SOURCE = ['https://example.org/line', '2025-10', 'high']

/** The demo country with a table of its own. */
function folderWith(...rows: readonly string[][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-drafts-'))
  cpSync(join(HOUSE, 'packs/demo'), join(folder, 'demo'), { recursive: true })
  const table = [HEADING, ...rows.map((row) => row.join(','))].join('\n')
  writeFileSync(join(folder, 'demo/services.csv'), `${table}\n`)
  return folder
}
const read = (...rows: readonly string[][]) => loadPack(join(folderWith(...rows), 'demo'))

function packOf(...rows: readonly string[][]): Pack {
  const loaded = read(...rows)
  expect(loaded.problems).toEqual([])
  if (!('pack' in loaded)) throw new Error('not read')
  return loaded.pack
}
const draft = [...LINE, ...ABROAD, '', '', '', ...SOURCE]
const dialled = [
  ...LINE.with(5, 'active').with(0, 'dialled'),
  ...ABROAD,
  '2026-01-02',
  'Desk',
  '2026-12-31',
  ...SOURCE,
]

describe('a number that nobody has dialled', () => {
  it('stands in the table without a date, with the page that it was read on', () => {
    const [service] = packOf(draft).services
    expect(service).toMatchObject({
      status: 'draft',
      verified: { on: '', by: '' },
      reviewBy: '',
      evidence: { url: 'https://example.org/line', on: '2025-10', confidence: 'high' },
    })
  })

  it.each([
    ['verified_on', ['', 'Desk', '2026-12-31']],
    ['verified_by', ['2026-01-02', '', '2026-12-31']],
    ['review_by', ['2026-01-02', 'Desk', '']],
  ])('may leave %s empty only as a draft', (field, dates) => {
    for (const status of ['active', 'closed', 'temporarily_closed'])
      expect(read([...LINE.with(5, status), ...ABROAD, ...dates, ...SOURCE]).problems).toMatchObject([
        { file: 'services.csv', row: 2, field, problem: 'is not given; only a draft may leave it empty' },
      ])
    expect(read([...LINE, ...ABROAD, ...dates, ...SOURCE]).problems).toEqual([])
  })

  it('cannot be made active by changing one word of what a store keeps', () => {
    const [service] = packOf(draft).services
    expect(schema.safeParse(service).success).toBe(true)
    expect(schema.safeParse({ ...service, status: 'active' }).success).toBe(false)
  })

  it.each([
    ['source_url', ['', '2025-10', 'high']],
    ['confidence', ['https://example.org/line', '2025-10', '']],
    ['confidence', ['https://example.org/line', '2025-10', 'sure']],
    ['source_on', ['https://example.org/line', 'October 2025', 'high']],
    ['source_on', ['https://example.org/line', '2025-13', 'high']],
    ['source_on', ['https://example.org/line', '2025-10-01x', 'high']],
  ])('with half a source is refused at %s', (field, source) => {
    expect(read([...LINE, ...ABROAD, '', '', '', ...source]).problems).toMatchObject([{ row: 2, field }])
  })

  it('is in nothing that people see', () => {
    const directory = createDirectory([packOf(draft)])
    expect(directory.live(MONDAY)).toEqual([])
    expect(directory.hotlines('demo', 'en', MONDAY)).toEqual([])
    expect(directory.search({ pack: 'demo', need: 'hotline' }, MONDAY)).toEqual([])
    expect(directory.titles('demo', 'en', MONDAY)).toEqual([])
    expect(directory.card('demo', 'line', 'en', MONDAY)).toBeUndefined()
  })

  it('stands first among what is due, with number, country and source', () => {
    const overdue = dialled.with(REVIEW_BY, '2026-01-03')
    const due = dueIn(packOf(overdue, draft), MONDAY, 7)
    expect(due.map(({ id, why }) => `${id} ${why}`)).toEqual(['line never', 'dialled review'])
    expect(due[0]).toMatchObject({
      country: 'XV',
      numbers: ['000 12', '+999 000 0012'],
      evidence: { url: 'https://example.org/line' },
      checkedOn: '',
      passed: true,
    })
  })
})

describe('a number for callers in another country', () => {
  it('is a contact of its own that says so', () => {
    expect(createDirectory([packOf(dialled)]).card('demo', 'dialled', 'en', MONDAY)?.phones).toEqual([
      '000 12, Velmora (demo)',
      '+999 000 0012 (from another country)',
    ])
  })

  it('needs the note and the code of its country', () => {
    const cells = (abroad: readonly string[]) => [...LINE, ...abroad, '', '', '', ...SOURCE]
    expect(read(cells(['', '+999 000 0012', ''])).problems).toMatchObject([{ field: 'phone_abroad_note' }])
    expect(read(cells(['', '000 0012', 'from another country'])).problems).toMatchObject([
      { field: 'phone_abroad' },
    ])
  })
})

describe('a pack of drafts', () => {
  it('refuses the start with what to do', () => {
    const refusal = (pack: Pack) => {
      try {
        requireLivePack(createLiveDirectory([pack]), { packs: ['demo'] }, MONDAY)
        return []
      } catch (error) {
        return error instanceof StartRefused ? error.lines : []
      }
    }
    expect(refusal(packOf(draft))).toEqual([
      'PACKS demo: it is a draft: dial before use (000 12; +999 000 0012). Dial each number; "npm run -s lantern -- services due --pack demo" lists them with their sources. In packs/demo/services.csv set status to active, verified_on, verified_by and review_by where it was right, and add a health service (docs/packs.md).',
    ])
    expect(refusal(packOf())).toEqual([expect.stringContaining('PACKS demo: it has no services yet')])
    expect(refusal(packOf(dialled))).toEqual([expect.stringContaining('none has a fresh health service')])
  })

  it('is worth knowing, and a problem once the settings name it', () => {
    const folder = folderWith(draft)
    const unnamed = checkPacks(folder, MONDAY)
    expect(unnamed.problems).toEqual([])
    expect(unnamed.notes).toMatchObject([
      { file: 'packs/demo', problem: 'is a draft: dial before use (000 12; +999 000 0012)' },
    ])
    const named = checkPacks(folder, MONDAY, { named: ['demo'] })
    expect(named.notes).toEqual([])
    expect(named.problems.map(({ key, problem }) => `${key} ${problem}`)).toEqual([
      ' has no fresh health service and no fresh hotline with a number, so the pack is not served',
      'row 2, status is draft: nobody has dialled 000 12; +999 000 0012',
    ])
  })

  it('stops being one with the first number that somebody dialled', () => {
    const found = checkPacks(folderWith(draft, dialled), MONDAY)
    expect(found.notes).toEqual([])
    expect(found.problems).toMatchObject([{ problem: expect.stringContaining('no fresh health service') }])
  })
})

describe('holidays that nobody is sure of', () => {
  const empty = (folder: string) => {
    writeFileSync(join(folder, 'demo/holidays.csv'), 'date,name\n')
    return loadPack(join(folder, 'demo')).problems
  }

  it('are left out while nothing speaks of them', () => {
    expect(empty(folderWith(draft))).toEqual([])
  })

  it('are asked for once the hours of a service or of the desk do', () => {
    const folder = folderWith(draft)
    const table = join(folder, 'demo/services.csv')
    const [heading = '', row = ''] = readFileSync(table, 'utf8').split('\n')
    writeFileSync(table, `${heading},phone_hours\n${row},Mo-Fr 09:00-17:00; PH off\n`)
    expect(empty(folder)).toMatchObject([{ file: 'holidays.csv', problem: 'has no dates' }])
    const desk = folderWith(draft)
    const about = join(desk, 'demo/pack.json')
    writeFileSync(
      about,
      readFileSync(about, 'utf8').replace('"areas"', '"desk": {"hours": "Mo-Fr 09:00-17:00"}, "areas"'),
    )
    expect(empty(desk)).toMatchObject([{ file: 'holidays.csv', problem: 'has no dates' }])
  })
})
