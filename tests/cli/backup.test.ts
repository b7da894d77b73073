import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeServices } from '../../src/directory/publishing/edition-content.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { demoPack } from '../directory/demo.ts'
import { type Served, serve } from '../turns/served.ts'

const HOUSE = join(import.meta.dirname, '../..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function lantern(...args: string[]): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: join(folder, 'data'),
    VAULT_DIR: join(folder, 'vault'),
  }
  return new Promise((resolve) => {
    const all = [join(HOUSE, 'src/cli/preflight.js'), ...args]
    execFile(process.execPath, all, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr }),
    )
  })
}

const phone = (person: string) => ({
  'x-phone': `whatsapp/${person.repeat(22)}`,
  'sec-fetch-site': 'same-origin',
})
let tags = 0

async function write({ address }: Served, person: string, text: string): Promise<void> {
  tags += 1
  const tag = String(tags).padStart(22, 't')
  const answer = await fetch(`${address}/simulator/api/write`, {
    method: 'POST',
    headers: { ...phone(person), 'content-type': 'application/json' },
    body: JSON.stringify({ tag, content: { kind: 'text', text } }),
  })
  expect(answer.status).toBe(200)
}

async function kept({ address }: Served, person: string): Promise<string | undefined> {
  const answer = await fetch(`${address}/simulator/api/kept`, { headers: phone(person) })
  return ((await answer.json()) as { kept?: { state: string } }).kept?.state
}

/** The number of the edition, as another process publishes it. */
async function publishNext(): Promise<number> {
  const publications = openSqlitePublications(join(folder, 'data'))
  const base = (await publications.live('demo'))?.number ?? 0
  const content = writeServices(demoPack().services)
  const by = 'cli:Lead' as Author
  await publications.publish({ pack: 'demo', base, content, by, at: 0, about: '' })
  await publications.close()
  return base + 1
}

describe('lantern backup and restore', () => {
  it('copy beside a running service, come back when it is stopped, and never bring back whom somebody wiped', async () => {
    const served = await serve(folder)
    for (const text of ['hello', 'yes']) for (const person of ['a', 'b']) await write(served, person, text)
    const state = await kept(served, 'a')
    expect(state).toBeDefined()
    expect(await publishNext()).toBe(1)
    const tar = join(folder, 'day-n.tar')
    expect(await lantern('backup', tar)).toMatchObject({ code: 0 })
    expect(statSync(tar).mode & 0o777).toBe(0o600)
    expect(execFileSync('tar', ['-tf', tar], { encoding: 'utf8' }).trim().split('\n')).toEqual([
      'data.db',
      'cases.db',
      'desk.db',
      'times.db',
      'directory.db',
    ])
    expect((await lantern('backup', tar)).output).toMatch(/something of that name already/u)
    expect((await lantern('backup', join(folder, 'vault/x'))).output).toMatch(/would not be one/u)
    for (const text of ['erase', 'yes']) await write(served, 'b', text)
    expect(await kept(served, 'b')).toBeUndefined()
    await write(served, 'a', 'menu')
    expect(await publishNext()).toBe(2)

    expect((await lantern('restore', tar, '--replace')).output).toMatch(
      /^Lantern is running\. Stop it first\./u,
    )
    await served.kill('SIGTERM')
    expect((await lantern('restore', tar)).output).toMatch(/^DATA_DIR holds data already/u)
    expect(await lantern('restore', tar, '--replace')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^1 conversations and 0 cases are back\n1 were removed/u) as string,
    })
    expect(readdirSync(join(folder, 'data')).filter((name) => name.startsWith('restore'))).toEqual([])
    const editions = openSqlitePublications(join(folder, 'data'))
    expect((await editions.editions('demo')).map(({ number }) => number)).toEqual([1])
    await editions.close()
    const again = await serve(folder)
    expect(await kept(again, 'a')).toBe(state)
    expect(await kept(again, 'b')).toBeUndefined()
    await again.kill('SIGTERM')
  }, 180_000)

  it('refuses what is cut off, what is not ours, and a start on half of one', async () => {
    const served = await serve(folder, { DESK: 'off' })
    await write(served, 'a', 'hello')
    expect(await lantern('backup', join(folder, 'copy'))).toMatchObject({ code: 0 })
    expect(await lantern('backup', join(folder, 'copy.tar'))).toMatchObject({ code: 0 })
    await served.kill('SIGTERM')
    truncateSync(join(folder, 'copy.tar'), 9_000)
    truncateSync(join(folder, 'copy/data.db'), 8_192)
    writeFileSync(join(folder, 'other.tar'), 'no tar at all'.repeat(99))
    for (const name of ['copy.tar', 'copy', 'other.tar', 'nothing'])
      expect((await lantern('restore', join(folder, name), '--replace')).output).toMatch(/backup/u)
    const whole = await serve(folder, { DESK: 'off' })
    expect(await kept(whole, 'a')).toBeDefined()
    await whole.kill('SIGTERM')
    writeFileSync(join(folder, 'data/restore.unfinished'), '')
    await expect(serve(folder, { DESK: 'off' })).rejects.toThrow(/half of a backup/u)
  }, 180_000)
})
