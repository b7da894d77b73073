import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HOUSE } from '../../src/cli/house.ts'
import { run as importing } from '../../src/cli/services/import.ts'
import { run as services } from '../../src/cli/services.ts'
import { GOOD, sheetOf } from '../directory/import/import-files.ts'
import { whatIsSaid } from './said.ts'

/** The invented country of `packs/demo`, a sheet for it, and a data folder. */
let home = ''
const said = whatIsSaid()
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-import-'))
  vi.stubEnv('DATA_DIR', join(home, 'data'))
  vi.stubEnv('VAULT_DIR', join(home, 'vault'))
  copyFileSync(join(HOUSE, 'packs/demo/services.csv'), file('list.csv'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})
const file = (name: string) => join(home, name)
const BAD = { ...GOOD, service_id: 'bad-one', country: 'XV', adm1_pcode: 'XV01', phone: '-' }
const FINE = { ...BAD, service_id: 'fine-one', phone: '+999 000 0077' }

async function lantern(...args: string[]): Promise<{ code: number; lines: string[] }> {
  said.forget()
  const code = await importing(args)
  return { code, lines: said.lines() }
}

describe('lantern services import', () => {
  test("takes the pack's own table without a word, and changes nothing", async () => {
    const { code, lines } = await lantern(file('list.csv'), '--pack', 'demo')
    expect(code).toBe(0)
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^CSV, (\d+) rows: \1 go in, 0 are refused\.$/u),
      '0 mended, 0 left out.',
    ])
    expect(await services(['list', '--pack', 'demo'])).toBe(0)
    expect(said.lines()).toContain('Nothing waits to be published.')
  })

  test('says row by row what is wrong: in the terminal, for a spreadsheet and for a script', async () => {
    writeFileSync(file('bad.csv'), sheetOf({ ...FINE, '=remarks': 'private', '＝more': 'private' }, BAD))
    const { code, lines } = await lantern(file('bad.csv'), '--pack', 'demo', '--report', file('report.csv'))
    expect(code).toBe(2)
    expect(lines.join('\n')).toContain(
      '     3  phone     REFUSED   is empty, and so is every other way to reach the service.',
    )
    expect(lines).toContain('CSV, 2 rows: 1 goes in, 1 is refused.')
    expect(lines.at(-1)).toContain('no fresh hotline, so nobody would be served from it')
    const report = readFileSync(file('report.csv'), 'utf8')
    expect(report).toContain('\r\n"3","phone","REFUSED","is empty, and so is every other way')
    // A spreadsheet that opens the report must not run what the sheet called its column.
    expect(report).toContain(`"'=remarks"`)
    expect(report).toContain(`"'＝more"`)
    const json = await lantern(file('bad.csv'), '--pack', 'demo', '--json')
    expect(json.code).toBe(2)
    expect(JSON.parse(json.lines.join('\n'))).toMatchObject({
      format: 'CSV',
      rows: 2,
      goIn: 1,
      refused: 1,
      quarantined: 2,
    })
  })

  test('proposes what another role then publishes', async () => {
    writeFileSync(
      file('new.csv'),
      `${readFileSync(file('list.csv'), 'utf8').trimEnd()}\n`.replace(
        'Demo Listening Line',
        'Demo Hearing Line',
      ),
    )
    const { code, lines } = await lantern(
      file('new.csv'),
      '--pack',
      'demo',
      '--propose',
      '--by',
      'IM officer',
    )
    expect(code).toBe(0)
    expect(lines.at(-1)).toContain('Proposal 1 waits for another person')
    expect(await services(['publish', '1', '--by', 'IM officer'])).toBe(1)
    expect(await services(['publish', '1', '--by', 'GBV coordinator'])).toBe(0)
    expect(said.lines().join('\n')).toContain('Demo Hearing Line')
  })

  test('leaves refused rows out of a proposal only when that is meant', async () => {
    writeFileSync(file('bad.csv'), sheetOf(FINE, BAD))
    const propose = ['--pack', 'demo', '--propose', '--by', 'IM officer']
    const first = await lantern(file('bad.csv'), ...propose)
    expect(first.code).toBe(1)
    expect(first.lines.at(-1)).toBe(
      'Nothing was proposed: 1 of 2 rows would be left out. Mend them, or say --even-so to propose the other 1.',
    )
    const second = await lantern(file('bad.csv'), ...propose, '--even-so')
    expect(second.code).toBe(0)
    expect(await services(['list', '--pack', 'demo'])).toBe(0)
    expect(said.lines().join('\n')).toContain('import of bad.csv, without 1 refused or held rows')
  })

  test('keeps a mapping, and says which of its lines it did not use', async () => {
    const { name_en: name = '', ...rest }: Record<string, string> = FINE
    writeFileSync(file('odd.csv'), sheetOf({ ...rest, Bezeichnung: name }))
    writeFileSync(
      file('map.json'),
      JSON.stringify({ version: 1, columns: { Bezeichnung: 'name_en', Other: 'nowhere' } }),
    )
    const { code, lines } = await lantern(
      file('odd.csv'),
      '--pack',
      'demo',
      '--mapping',
      file('map.json'),
      '--save-mapping',
      file('kept.json'),
    )
    expect(code).toBe(0)
    expect(lines[0]).toContain('"Other" is mapped to a column that the template does not have')
    expect(JSON.parse(readFileSync(file('kept.json'), 'utf8'))).toMatchObject({
      version: 1,
      columns: { Bezeichnung: 'name_en' },
    })
    for (const content of [
      'nonsense',
      '{"version": 2, "columns": {}}',
      '{"version": 1, "columns": {}, "more": 1}',
    ]) {
      writeFileSync(file('map.json'), content)
      expect((await lantern(file('odd.csv'), '--pack', 'demo', '--mapping', file('map.json'))).code).toBe(1)
    }
  })

  test.each([
    ['no file', ['--pack', 'demo']],
    ['no pack', ['FILE']],
    ['a pack that is not there', ['FILE', '--pack', '../demo']],
    ['a proposal by nobody', ['FILE', '--pack', 'demo', '--propose']],
    ['a proposal by a person', ['FILE', '--pack', 'demo', '--propose', '--by', 'Dr Example']],
    ['a role without a proposal', ['FILE', '--pack', 'demo', '--by', 'IM officer']],
    ['a file that is not there', ['/nowhere.csv', '--pack', 'demo']],
    ['a flag that is none', ['FILE', '--pack', 'demo', '--write']],
  ])('does nothing with %s', async (_, args) => {
    const { code, lines } = await lantern(...args.map((arg) => (arg === 'FILE' ? file('list.csv') : arg)))
    expect(code).toBe(1)
    expect(lines.join('\n')).not.toBe('')
  })

  test('a heading cannot write to the terminal', async () => {
    writeFileSync(file('bad.csv'), sheetOf({ ...FINE, '\u001B[2Jremarks': 'private' }))
    const { lines } = await lantern(file('bad.csv'), '--pack', 'demo')
    expect(lines.join('\n')).toContain('[2Jremarks')
    expect(lines.join('')).not.toContain('\u001B')
  })
})
