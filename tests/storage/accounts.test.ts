import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memoryAccounts, openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { account, accountsContract, invite, passkeyOf } from './accounts-contract.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'accounts-'))

accountsContract('SQLite', async () => {
  const path = folder()
  const store = openSqliteAccounts(path)
  return {
    store,
    async done() {
      await store.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
})

accountsContract('memory', async () => {
  const store = memoryAccounts()
  return { store, done: () => store.close() }
})

test('what was written is there after a restart, seen by a second process meanwhile, in a file for its owner only', async () => {
  const path = folder()
  const service = openSqliteAccounts(path)
  const command = openSqliteAccounts(path)
  const asked = invite('invite')
  await command.invite(asked)
  const one = account()
  const credential = passkeyOf(one.id)
  await service.accept({ token: asked.token, now: 0, account: one, credential })
  await command.change(one.id, { disabled: true })
  expect((await service.account(one.id))?.disabled).toBe(true)
  await Promise.all([service.close(), command.close()])
  const again = openSqliteAccounts(path)
  expect(await again.list()).toEqual([{ ...one, disabled: true }])
  if (process.platform !== 'win32') expect(statSync(join(path, 'desk.db')).mode & 0o777).toBe(0o600)
  await again.close()
  const kept = Buffer.concat(readdirSync(path).map((name) => readFileSync(join(path, name))))
  expect(kept.includes(Buffer.from(asked.token))).toBe(false)
  rmSync(path, { recursive: true, force: true })
})
