import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HOUSE } from '../../src/cli/house.ts'
import { run } from '../../src/cli/services.ts'
import { GOOD, sheetOf } from '../directory/import/import-files.ts'
import { whatIsSaid } from './said.ts'

/** What scripts go by, as docs/deploy.md says it. */
const said = whatIsSaid()
let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-codes-'))
  vi.stubEnv('DATA_DIR', join(home, 'data'))
  vi.stubEnv('VAULT_DIR', join(home, 'vault'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})
const file = (name: string) => join(home, name)
const LIST = join(HOUSE, 'packs/demo/services.csv')
const PACK = ['--pack', 'demo']
const LEAD = ['--by', 'Lead']
const OFFICER = ['--by', 'IM officer']

/** A list that differs from the table in the folder, so that there is something to publish. */
async function proposed(word: string): Promise<void> {
  const text = readFileSync(LIST, 'utf8').replace('Portavel Health Centre', `Portavel ${word}`)
  writeFileSync(file('next.csv'), text)
  expect(await run(['import', file('next.csv'), ...PACK, '--propose', ...OFFICER])).toBe(0)
}

describe('docs/deploy.md', () => {
  const docs = readFileSync(join(HOUSE, 'docs/deploy.md'), 'utf8')
  const section = docs.slice(docs.indexOf('## 6. The directory'), docs.indexOf('## 7.'))

  it('names every command of `lantern services`', async () => {
    expect(await run([])).toBe(1)
    const names = said.lines().map((line) => /-- services (\w+)/u.exec(line)?.[1] ?? '')
    expect(names.length).toBeGreaterThanOrEqual(10)
    for (const name of names) expect(section, name).toContain(`\`lantern services ${name}`)
  })

  it('says what each exit code means, and has no other', () => {
    const codes = [...section.matchAll(/^\| (\d) \|/gmu)].map(([, code]) => code)
    expect(codes).toEqual(['0', '1', '2'])
  })
})

describe('exit code 0: it was done', () => {
  it.each([
    ['import', [LIST, ...PACK]],
    ['list', []],
    ['due', PACK],
    ['due with nothing to dial', ['--days', '0', ...PACK]],
    ['checked', ['almar-clinic', ...PACK, ...LEAD]],
    ['cards', [...PACK, '--lang', 'en', '--html', 'FILE']],
    ['export', [...PACK, '--csv', 'FILE']],
  ] as const)('%s', async (name, args) => {
    const [command = ''] = name.split(' ')
    expect(await run([command, ...args.map((arg) => (arg === 'FILE' ? file('out') : arg))])).toBe(0)
  })

  it('show, publish, refuse, back', async () => {
    await proposed('One')
    await proposed('Two')
    expect(await run(['show', '1'])).toBe(0)
    expect(await run(['publish', '1', ...LEAD])).toBe(0)
    expect(await run(['refuse', '2', ...LEAD])).toBe(0)
    expect(await run(['back', ...PACK, ...LEAD])).toBe(0)
  })
})

describe('exit code 1: nothing was done', () => {
  it.each([
    ['import', 'a file that is not there', ['nowhere.csv', ...PACK]],
    ['import', 'a list that changes nothing', [LIST, ...PACK, '--propose', ...OFFICER]],
    ['import', 'a proposal by nobody', [LIST, ...PACK, '--propose']],
    ['import', 'a pack that is not there', [LIST, '--pack', 'nowhere']],
    ['list', 'a pack that is not there', ['--pack', 'nowhere']],
    ['show', 'nothing that waits', ['9']],
    ['publish', 'nothing that waits', ['9', ...LEAD]],
    ['refuse', 'nothing that waits', ['9', ...LEAD]],
    ['back', 'no edition before', [...PACK, ...LEAD]],
    ['due', 'days that are none', ['--days', 'soon']],
    ['checked', 'a service that is not there', ['nobody', ...PACK, ...LEAD]],
    ['cards', 'a language that is not there', [...PACK, '--lang', 'qq', '--html', 'cards.html']],
    ['export', 'a pack that is not there', ['--pack', 'nowhere', '--csv', 'list.csv']],
    ['nothing', 'a command that is not there', []],
  ] as const)('%s: %s', async (command, _, args) => {
    expect(await run([command, ...args])).toBe(1)
    expect(said.lines().length).toBeGreaterThan(0)
  })

  it('publish by whoever proposed it', async () => {
    await proposed('One')
    expect(await run(['publish', '1', ...OFFICER])).toBe(1)
  })

  it('import of rows none of which goes in', async () => {
    writeFileSync(file('bad.csv'), sheetOf({ ...GOOD, country: 'XV', adm1_pcode: 'nowhere' }))
    expect(await run(['import', file('bad.csv'), ...PACK])).toBe(1)
  })
})

describe('exit code 2: a part of the list could go in', () => {
  const fine = { ...GOOD, country: 'XV', adm1_pcode: 'XV01', phone: '+999 000 0077' }
  it.each([
    ['refused', { phone: '-' }],
    ['held', { description_en: 'A shelter.', address: '1 Road', address_public: 'yes' }],
  ])('a row is %s', async (_, cells) => {
    writeFileSync(file('list.csv'), sheetOf(fine, { ...fine, service_id: 'two', ...cells }))
    expect(await run(['import', file('list.csv'), ...PACK])).toBe(2)
    // With --propose it is one or the other.
    expect(await run(['import', file('list.csv'), ...PACK, '--propose', ...OFFICER])).toBe(1)
    expect(await run(['import', file('list.csv'), ...PACK, '--propose', ...OFFICER, '--even-so'])).toBe(0)
  })
})
