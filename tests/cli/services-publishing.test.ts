import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run as audit } from '../../src/cli/audit.ts'
import { run } from '../../src/cli/services.ts'
import { cliAuthor } from '../../src/directory/publishing/author.ts'
import { createPublishing } from '../../src/directory/publishing/create-publishing.ts'
import { servicesIn, writeServices } from '../../src/directory/publishing/edition-content.ts'
import type { Service } from '../../src/directory/service.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { demoPack } from '../directory/demo.ts'
import { whatIsSaid } from './said.ts'

const said = whatIsSaid()
const pack = demoPack()
const officer = cliAuthor('IM officer') as Author
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-services-'))
  vi.stubEnv('DATA_DIR', join(folder, 'data'))
  vi.stubEnv('VAULT_DIR', join(folder, 'vault'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** The exit code, and every line that was said. */
async function services(...args: string[]): Promise<[number, string[]]> {
  said.forget()
  return [await run(args), said.lines()]
}

const withService = (id: string, change: Partial<Service>) =>
  pack.services.map((service) => (service.id === id ? { ...service, ...change } : service))
const phone = (value: string): Partial<Service> => ({ contacts: [{ kind: 'phone', value }] })

/** As an import proposes it. */
async function proposed(list: readonly Service[], about = 'import of services.xlsx'): Promise<string> {
  const publications = openSqlitePublications(join(folder, 'data'))
  try {
    const publishing = createPublishing({ publications, packs: [pack], clock: { now: () => Date.now() } })
    const result = await publishing.proposeList({ pack: 'demo', services: list, by: officer, about })
    if (result.kind !== 'proposed') throw new Error(result.kind)
    return String(result.id)
  } finally {
    await publications.close()
  }
}

/** The lines of the desk's log. */
async function logged(): Promise<string[]> {
  const accounts = openSqliteAccounts(join(folder, 'data'))
  const lines = await accounts.auditFrom(1, 100)
  await accounts.close()
  return lines.map(({ actor, verb, subject, outcome }) => [actor, verb, subject, outcome].join(' '))
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('lantern services', () => {
  it('shows what waits, what it would change, and publishes it under another role', async () => {
    const id = await proposed(withService('portavel-clinic', phone('+999 000 0444')))
    const [, before] = await services('list', '--pack', 'demo')
    expect(before[0]).toBe(`demo: the table in the pack's folder is served, ${pack.services.length} services`)
    expect(before.at(-1)).toMatch(
      /^ +1 {2}\S+ \S+ {2}demo: import of services\.xlsx {2}\(by IM officer, on 0\)$/u,
    )
    const [shown, lines] = await services('show', id)
    expect(shown).toBe(0)
    expect(lines).toContain('portavel-clinic: the phone number changed from +999 000 0004 to +999 000 0444')
    expect(lines.join('\n')).not.toContain('cannot be published')

    expect(await services('publish', id, '--by', 'im OFFICER')).toEqual([
      1,
      ['This role made the proposal. Another person must look at it and publish it.'],
    ])
    const [published, done] = await services('publish', id, '--by', 'GBV coordinator')
    expect(published).toBe(0)
    expect(done.at(-1)).toBe('Edition 1 of demo is live. A running service has it within a second.')
    expect((await services('publish', id, '--by', 'GBV coordinator'))[0]).toBe(1)
    const [, after] = await services('list')
    expect(after).toContain(`demo: edition 1 is served, ${pack.services.length} services`)
    expect(after.find((line) => line.startsWith('     1'))).toMatch(
      /import of services\.xlsx {2}\(proposed by IM officer, published by GBV coordinator\)$/u,
    )
    expect(after.at(-1)).toBe('Nothing waits to be published.')
  })

  it('goes back one edition each time, and says to which', async () => {
    for (const number of ['+999 000 0111', '+999 000 0222'])
      await services(
        'publish',
        await proposed(withService('portavel-clinic', phone(number))),
        '--by',
        'Lead',
      ).then(([code, lines]) => expect(code, lines.join('\n')).toBe(0))
    const [, first] = await services('back', '--pack', 'demo', '--by', 'Lead')
    expect(first).toContain('portavel-clinic: the phone number changed from +999 000 0222 to +999 000 0111')
    expect(first.at(-1)).toContain('Edition 3 of demo is live, with the services of edition 1.')
    const [, second] = await services('back', '--pack', 'demo', '--by', 'Lead')
    expect(second.at(-1)).toContain(
      "Edition 4 of demo is live, with the services of the table in the pack's folder.",
    )
    expect(await services('back', '--pack', 'demo', '--by', 'Lead')).toEqual([
      1,
      ['There is no earlier edition to go back to, or it is not kept any more: see "services list".'],
    ])
  })

  it('refuses a proposal once, also for whoever made it', async () => {
    const id = await proposed(withService('portavel-clinic', phone('+999 000 0444')))
    expect(await services('refuse', id, '--by', 'IM officer')).toEqual([
      0,
      [`${id} is off the list, refused by IM officer. Tell whoever proposed it why.`],
    ])
    expect((await services('refuse', id, '--by', 'IM officer'))[0]).toBe(1)
    expect((await services('show', id))[0]).toBe(1)
  })

  it('does not leave a pack without a hotline unless it is asked for', async () => {
    const id = await proposed(pack.services.filter(({ categories }) => !categories.includes('hotline')))
    const [, shown] = await services('show', id)
    expect(shown).toContain('It cannot be published as it is:')
    const [code, lines] = await services('publish', id, '--by', 'Lead')
    expect([code, lines[0]]).toEqual([1, expect.stringContaining('no fresh hotline')])
    expect((await services('publish', id, '--by', 'Lead', '--even-so'))[0]).toBe(0)
  })

  it('lists what to dial, writes it as a table, and takes what was dialled off it', async () => {
    const named = withService('almar-clinic', { reviewBy: inDays(5), name: { en: '=Clinic, "East"' } })
    // In the width of East Asian letters it is a formula to some spreadsheets too.
    const due = named.map((one) => (one.id === 'old-clinic' ? { ...one, name: { en: '＝Old' } } : one))
    await services('publish', await proposed(due), '--by', 'Lead')
    const [code, lines] = await services('due', '--pack', 'demo')
    const almar = lines.find((line) => line.includes('almar-clinic'))
    expect(almar).toMatch(new RegExp(`^${inDays(5)} {2}check .*\\+999 .* Demo desk`, 'u'))
    expect([code, lines.find((line) => line.includes('ended-project'))]).toEqual([
      0,
      expect.stringContaining('ends, withheld'),
    ])
    expect((await services('due', '--days', '4'))[1].some((line) => line.includes('almar-clinic'))).toBe(
      false,
    )

    const file = join(folder, 'due.csv')
    expect((await services('due', '--csv', file))[0]).toBe(0)
    const csv = readFileSync(file, 'utf8')
    expect(
      csv.startsWith('\u{feff}due,why,pack,country,service_id,name,numbers,checked_by,checked_on,source\r\n'),
    ).toBe(true)
    expect(csv).toContain(`almar-clinic,"'=Clinic, ""East""",+999 `)
    expect(csv).toContain(`old-clinic,'＝Old,+999 `)

    const [checkedCode, checked] = await services('checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead')
    expect([checkedCode, checked[0]]).toEqual([
      0,
      expect.stringMatching(/^almar-clinic: checked on .*, by Lead,/u),
    ])
    expect((await services('due'))[1].some((line) => line.includes('almar-clinic'))).toBe(false)
    const until = await services(
      'checked',
      'almar-clinic',
      '--pack',
      'demo',
      '--by',
      'Lead',
      '--until',
      inDays(3),
    )
    expect(until[0]).toBe(0)
    expect((await services('due'))[1].some((line) => line.startsWith(inDays(3)))).toBe(true)
  })

  it('lists drafts first, and lets no check make one go live', async () => {
    const draft: Partial<Service> = {
      status: 'draft',
      verified: { on: '', by: '', method: 'unknown' },
      reviewBy: '',
      evidence: { url: 'https://example.org/line', on: '2025', confidence: 'medium' },
    }
    await services('publish', await proposed(withService('almar-clinic', draft)), '--by', 'Lead')
    const [, lines] = await services('due', '--pack', 'demo')
    expect(lines[1]).toMatch(
      /^draft +never dialled, withheld +demo +XV +almar-clinic .*\+999 000 0006 +https:\/\/example\.org\/line \(2025, medium\)$/u,
    )
    expect(lines.at(-1)).toContain('1 of them nobody ever dialled')
    expect(await services('checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead')).toEqual([
      1,
      [expect.stringContaining('It is a draft, and a check makes no draft go live.')],
    ])
  })

  it('says what to do when a check cannot be', async () => {
    const check = (...args: string[]) => services('checked', ...args, '--by', 'Lead')
    expect((await check('nobody', '--pack', 'demo'))[1][0]).toContain('no service of this id')
    expect((await check('ended-project', '--pack', 'demo'))[1][0]).toContain('The service ended on')
    expect((await check('almar-clinic', '--pack', 'demo', '--until', inDays(200)))[1][0]).toContain(
      '--until is',
    )
    expect((await check('almar-clinic', '--pack', 'nowhere'))[1][0]).toContain('There is no pack nowhere')
  })

  it('goes back from an edition that cannot be read', async () => {
    await services('checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead')
    const publications = openSqlitePublications(join(folder, 'data'))
    const broken = writeServices(pack.services).slice(9)
    await publications.publish({ pack: 'demo', base: 1, content: broken, by: officer, at: 0, about: 'x' })
    await publications.close()
    expect((await services('list', '--pack', 'demo'))[1][0]).toContain('the newest edition cannot be read')
    expect((await services('checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead'))[1][0]).toContain(
      'cannot be read',
    )
    expect((await services('back', '--pack', 'demo', '--by', 'Lead'))[1].at(-1)).toContain(
      'services of edition 1',
    )
  })

  it('writes each thing that it does into the log of the desk, also what was not done', async () => {
    const [first, second] = [
      await proposed(withService('portavel-clinic', phone('+999 000 0444'))),
      await proposed(withService('portavel-clinic', phone('+999 000 0555'))),
    ]
    await services('publish', first, '--by', 'IM officer')
    await services('publish', first, '--by', 'Lead')
    await services('refuse', second, '--by', 'Lead')
    await services('refuse', second, '--by', 'Lead')
    await services('checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead')
    await services('back', '--pack', 'demo', '--by', 'Lead')
    expect(await logged()).toEqual([
      `operator directory.approve ${first} refused`,
      `operator directory.approve ${first} done`,
      `operator directory.refuse ${second} done`,
      `operator directory.refuse ${second} gone`,
      'operator directory.check demo/almar-clinic done',
      'operator directory.back demo done',
    ])
    said.forget()
    expect([await audit(['verify']), said.lines()]).toEqual([0, ['intact up to line 6']])
  })

  it('does nothing where the log cannot be opened', async () => {
    const id = await proposed(withService('portavel-clinic', phone('+999 000 0444')))
    await services('refuse', '99', '--by', 'Lead')
    const db = new DatabaseSync(join(folder, 'data/desk.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    const [code, lines] = await services('publish', id, '--by', 'Lead')
    expect([code, lines]).toEqual([
      1,
      ['DATA_DIR: a data file was written by a newer Lantern: start that version instead'],
    ])
    expect((await services('list', '--pack', 'demo'))[1][0]).toContain(
      "the table in the pack's folder is served",
    )
  })

  it('keeps how a service was checked: by phone unless it is said otherwise', async () => {
    for (const method of ['visit', 'email', undefined]) {
      const how = method === undefined ? [] : ['--method', method]
      expect((await services('checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead', ...how))[0]).toBe(0)
      const publications = openSqlitePublications(join(folder, 'data'))
      const live = servicesIn((await publications.live('demo'))?.content ?? '')
      await publications.close()
      expect(live?.find(({ id }) => id === 'almar-clinic')?.verified).toMatchObject({
        by: 'Lead',
        method: method ?? 'phone',
      })
    }
  })

  it('refuses in one line a file that a newer Lantern wrote', async () => {
    await services('list')
    const db = new DatabaseSync(join(folder, 'data/directory.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(await services('list')).toEqual([
      1,
      ['DATA_DIR: a data file was written by a newer Lantern: start that version instead'],
    ])
  })

  it.each([
    [['publish', '1']],
    [['publish', '1', '--by', ' ']],
    [['publish', 'x', '--by', 'Lead']],
    [['publish', '1', '2', '--by', 'Lead']],
    [['publish', '1', '--by', 'Ms Amina']],
    [['refuse', '1']],
    [['back', '--by', 'Lead']],
    [['checked', 'almar-clinic', '--by', 'Lead']],
    [['checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead', '--until', '31.12.2026']],
    [['checked', 'almar-clinic', '--pack', 'demo', '--by', 'Lead', '--method', 'rumour']],
    [['due', '--days', 'soon']],
    [['show']],
    [['list', 'demo']],
    [['nothing']],
    [[]],
  ])('says how it is called, and does nothing: %j', async (args) => {
    const [code, lines] = await services(...args)
    expect(code).toBe(1)
    expect(lines[0]).toMatch(/^(?:Usage: |--by names)/u)
  })
})
