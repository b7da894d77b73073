import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run as book } from '../../src/cli/book.ts'
import { livePacks } from '../../src/cli/live-packs.ts'
import { run as cards } from '../../src/cli/services/cards.ts'
import { createTalk } from '../../src/cli/talk/conversation.ts'
import { cliAuthor } from '../../src/directory/publishing/author.ts'
import { writeServices } from '../../src/directory/publishing/edition-content.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { MONDAY } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'
import { whatIsSaid } from './said.ts'

/** What the command line shows of places is what the service serves of them. */
const said = whatIsSaid()
const pack = demoPack()
const by = cliAuthor('Lead') as Author
const renamed = (name: string) =>
  writeServices(
    pack.services.map((service) => ({ ...service, name: { en: `${name} ${service.id}`.slice(0, 60) } })),
  )
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-live-'))
  vi.stubEnv('DATA_DIR', join(folder, 'data'))
  vi.stubEnv('VAULT_DIR', join(folder, 'vault'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})
async function publish(...contents: string[]): Promise<void> {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const store = openSqlitePublications(join(folder, 'data'))
  for (const [base, content] of contents.entries())
    await store.publish({ pack: 'demo', base, content, by, at: 0, about: 'x' })
  await store.close()
}
const setting = {
  channel: 'telegram',
  language: 'en',
  pack: 'demo',
  desk: 'open',
  entrance: 'open',
  now: new Date(MONDAY).toISOString(),
} as const

describe('the live edition', () => {
  it('is held in the terminal, as it is by the service', async () => {
    await publish(renamed('New'))
    const talk = createTalk({
      setting,
      language: 'en',
      now: () => MONDAY,
      packs: await livePacks(['demo']),
    })
    for (const text of ['hello', 'yes', 'ok', 'clinic in Portavel']) await talk.give({ kind: 'text', text })
    expect(talk.transcript()).toContain('New ')
    expect(said.lines()).toContain('demo: edition 1 is shown.')
  })

  it('is printed in the book and on the cards', async () => {
    await publish(renamed('New'))
    const [page, sheet] = [join(folder, 'book.html'), join(folder, 'cards.html')]
    expect(await book(['--lang', 'en', '--html', page])).toBe(0)
    expect(await cards(['--pack', 'demo', '--lang', 'en', '--html', sheet])).toBe(0)
    for (const file of [page, sheet]) expect(readFileSync(file, 'utf8')).toMatch(/New [a-z]+-/u)
  })

  it('that cannot be read leaves the one before it, as in the service', async () => {
    await publish(renamed('Older'), 'damaged')
    const [live] = await livePacks(['demo'])
    expect(live?.services[0]?.name['en']).toMatch(/^Older /u)
    expect(said.lines()).toContain('demo: edition 1 is shown.')
  })

  it('that nobody published yet is the table in the folder, and no file is made', async () => {
    expect(await livePacks(['demo'])).toEqual([pack])
    expect([existsSync(join(folder, 'data')), said.lines()]).toEqual([false, []])
  })

  it('where the settings are faulty is the table in the folder, and that is said', async () => {
    await publish(renamed('New'))
    vi.stubEnv('PORT', 'none')
    expect(await livePacks(['demo'])).toEqual([pack])
    expect(said.lines()[0]).toContain("the table in the pack's folder is shown")
  })
})
