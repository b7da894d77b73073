import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { memoryAccounts, openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { openRedisAccounts } from '../../src/storage/redis/desk/redis-accounts.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { account, accountsContract, addedTo, invite, type Opened, passkeyOf } from './accounts-contract.ts'
import { auditLinesContract } from './audit-lines-contract.ts'
import { forAWhileContract } from './for-a-while-contract.ts'
import { redisHere } from './redis-stores.ts'
import { waysInContract } from './ways-in-contract.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'accounts-'))

const openFile: Opened = async () => {
  const path = folder()
  const store = openSqliteAccounts(path)
  return {
    store,
    async done() {
      await store.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
const openMemory: Opened = async () => {
  const store = memoryAccounts()
  return { store, done: () => store.close() }
}

const redis = redisHere()
const openRedis: Opened = async () => {
  const store = openRedisAccounts(await redis.empty())
  return { store, done: () => store.close() }
}

for (const contract of [accountsContract, waysInContract, forAWhileContract, auditLinesContract]) {
  contract('SQLite', openFile)
  contract('memory', openMemory)
  contract('Redis', openRedis)
}

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

test('old audit lines and the word on them leave together or not at all', async () => {
  const path = folder()
  const store = openSqliteAccounts(path)
  for (const seq of [1, 2, 3])
    await store.appendAudit(() => ({
      line: { seq, hour: 'h', actor: 'a', verb: 'v', subject: '', outcome: 'done', mac: new Uint8Array(32) },
      head: { seq, mac: new Uint8Array(32) },
    }))
  const failing = store.pruneAudit('i', () => {
    throw new Error('cut off here')
  })
  await expect(failing).rejects.toThrow('cut off here')
  await store.close()
  const again = openSqliteAccounts(path)
  expect((await again.auditFrom(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(await again.auditAnchor()).toBeUndefined()
  expect(await again.pruneAudit('i', ({ seq, mac }) => ({ seq, mac, seal: mac }))).toBe(2)
  await again.close()
  const third = openSqliteAccounts(path)
  expect((await third.auditFrom(0, 10)).map(({ seq }) => seq)).toEqual([3])
  expect((await third.auditAnchor())?.seq).toBe(2)
  await third.close()
  rmSync(path, { recursive: true, force: true })
})

test('a file of an older version gets the tables that came later when it is opened, and keeps what it had', async () => {
  const path = folder()
  const before = openSqliteAccounts(path)
  const { id } = await addedTo(before)
  await before.close()
  const db = new DatabaseSync(join(path, 'desk.db'))
  for (const table of ['audit_anchor', 'taken', 'glass', 'openings']) db.exec(`DROP TABLE ${table}`)
  db.close()
  const store = openSqliteAccounts(path)
  expect((await store.list()).map((one) => one.id)).toEqual([id])
  expect(await store.auditAnchor()).toBeUndefined()
  expect(await store.glass(0)).toEqual([])
  expect(await store.takeOnce(new Uint8Array(16), 1, 0)).toBe(true)
  expect(await store.noteOpening({ account: id, id: '10000001' as CaseId, until: 1 }, 0, 1)).toBe('first')
  await store.close()
  rmSync(path, { recursive: true, force: true })
})

test('processes that share a server of accounts lose no write and no audit line of each other', async () => {
  const stores = [openRedisAccounts(await redis.empty())]
  for (let more = 0; more < 2; more += 1) stores.push(openRedisAccounts(await openData(redis.server().url)))
  const [first] = stores
  if (first === undefined) throw new Error('no store')
  await Promise.all(
    stores.flatMap((store) => Array.from({ length: 10 }, () => store.invite(invite('invite')))),
  )
  expect(await first.invites(0)).toHaveLength(30)
  await Promise.all(
    stores.flatMap((store) =>
      Array.from({ length: 10 }, () =>
        store.appendAudit((last) => {
          const seq = (last?.seq ?? 0) + 1
          const mac = new Uint8Array(32)
          return {
            line: { seq, hour: 'h', actor: 'a', verb: 'v', subject: '', outcome: 'done', mac },
            head: { seq, mac },
          }
        }),
      ),
    ),
  )
  const lines = await first.auditFrom(0, 100)
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  expect((await first.auditHead())?.seq).toBe(30)
  for (const store of stores) await store.close()
})
