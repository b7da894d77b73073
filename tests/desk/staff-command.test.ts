import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'

const HOUSE = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'staff-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function lantern(...args: string[]) {
  const { PATH = '' } = process.env
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(HOUSE, 'src/cli/preflight.js'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH,
        DATA_DIR: join(folder, 'data'),
        VAULT_DIR: join(folder, 'vault'),
        PUBLIC_URL: 'https://desk.example.org',
      },
    },
  )
  return { stdout, stderr, status }
}

test('invites, lists and disables beside an open file, and the audit log holds it', async () => {
  const service = openSqliteAccounts(join(folder, 'data'))
  const invited = lantern('staff', 'invite', '--role', 'administrator', '--name', 'Amina')
  expect(invited).toMatchObject({ status: 0 })
  expect(invited.stdout).toMatch(/^https:\/\/desk\.example\.org\/desk\/#invite=[\w-]{43}\n$/u)
  expect(lantern('staff', 'list').stdout).toMatch(/^administrator +invited +Amina\n$/u)
  expect(lantern('audit', 'verify')).toMatchObject({ status: 0, stdout: 'intact up to line 1\n' })
  expect(lantern('staff', 'disable', '--name', 'Nobody')).toMatchObject({ status: 1, stdout: '' })
  await service.close()

  const db = new DatabaseSync(join(folder, 'data/desk.db'))
  db.exec("UPDATE audit SET actor = 'somebody' WHERE seq = 1")
  db.close()
  const broken = lantern('audit', 'verify')
  expect(broken.status).toBe(1)
  expect(broken.stdout).toContain('broken at line 1')
}, 60_000)

test.each([
  ['staff', 'invite'],
  ['staff', 'invite', '--role', 'king', '--name', 'X'],
  ['staff', 'disable'],
  ['staff', 'nothing'],
  ['audit'],
])('%s %s is answered with how to use it', (...args) => {
  const { status, stderr } = lantern(...args)
  expect([status, stderr]).toEqual([1, expect.stringContaining('Usage: npm run -s lantern')])
})
