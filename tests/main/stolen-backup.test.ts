import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, readConfig } from '../../src/config.ts'
import { makeBackup } from '../../src/main/backup/make-backup.ts'
import { restoreBackup } from '../../src/main/backup/restore-backup.ts'
import { renewKeys } from '../../src/privacy/vault/key-upkeep.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { keyIdOf, open } from '../../src/privacy/sealing/seal.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { Key, KeyId, RotatingVault } from '../../src/privacy/vault/vault.ts'
import { wipe } from '../../src/privacy/wipe.ts'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { sealConversation, sealItem, sealMark } from '../../src/turns/written/records.ts'
import { englishEngine } from '../conversation/english-engine.ts'
import { aDeparture } from '../privacy/a-departure.ts'

/**
 * A thief with a backup of day N, everything live of day N+1 and all keys of it (the vault's folder, the root key in it)
 * opens nothing of whom was wiped in between, and all of whom was not.
 */
const PEOPLE = 600
const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const folder = mkdtempSync(join(tmpdir(), 'lantern-thief-'))
const at = (...names: string[]) => join(folder, ...names)
const config = configOf()

interface Person {
  id: ConversationId
  keyId: KeyId
}
let people: Person[]
let wiped: Person[]

function configOf(): Config {
  const read = readConfig({ DATA_DIR: at('live/data'), VAULT_DIR: at('live/vault') })
  if ('config' in read) return read.config
  throw new Error('settings')
}

function openLive(): { vault: RotatingVault; conversations: Conversations } {
  return { vault: vaultIn(at('live/vault')), conversations: openSqliteConversations(at('live/data')) }
}

function vaultIn(path: string): RotatingVault {
  const root = rootKey(join(path, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  return openSqliteVault(path, root.key, { held: 2_000 })
}

async function begin({ vault, conversations }: ReturnType<typeof openLive>, fresh: object): Promise<Person> {
  const id = randomBytes(32).toString('base64url') as ConversationId
  const key = await vault.create()
  const parcel = { channel: 'telegram', look: 'telegram', address: '4711' } as const
  await conversations.commit({
    id,
    keyId: key.id,
    expected: 0,
    sealed: sealConversation(key, id, 1, fresh as Parameters<typeof sealConversation>[3]),
    at: 1_000,
    seen: randomBytes(16),
    cancelWaiting: false,
    outbox: [
      sealItem(key, random, 'case', { ...parcel, desk: { kind: 'ended', case: '12345678' } }, 1_000),
      sealItem(
        key,
        random,
        'message',
        { ...parcel, message: { text: 'hello', layout: 'none', choices: [] } },
        1_000,
      ),
    ],
    marks: [sealMark(key, sensitive('77'), 1_000)],
    counts: [],
  })
  return { id, keyId: key.id }
}

/** How many sealed values of a data file the thief opens, key by key, with the keys of a vault. */
async function opened(dataDir: string, vaultDir: string): Promise<Map<string, number>> {
  const vault = vaultIn(vaultDir)
  const keys = new Map<string, Key>()
  for await (const id of vault.ids()) {
    const key = await vault.open(id)
    if (key !== undefined) keys.set(id, key)
  }
  await vault.close()
  const db = new DatabaseSync(join(dataDir, 'data.db'))
  const count = new Map<string, number>()
  const attempt = (sealed: unknown, type: string, id: (key: Key) => string, revision: number) => {
    if (!(sealed instanceof Uint8Array)) throw new Error('no bytes')
    const key = keys.get(keyIdOf(sealed) ?? '')
    if (key === undefined) return
    if (open(key, { type, id: id(key), revision }, sealed).kind === 'opened')
      count.set(key.id, (count.get(key.id) ?? 0) + 1)
  }
  const text = (id: unknown) => Buffer.from(id as Uint8Array).toString('base64url')
  for (const row of db.prepare('SELECT id, revision, sealed FROM conversations').iterate())
    attempt(row['sealed'], 'conversation', () => text(row['id']), Number(row['revision']))
  for (const row of db.prepare('SELECT id, kind, sealed FROM outbox').iterate())
    attempt(row['sealed'], `item.${String(row['kind'])}`, () => text(row['id']), 0)
  for (const row of db.prepare('SELECT sealed FROM marks').iterate())
    attempt(row['sealed'], 'mark', (key) => key.id, 0)
  db.close()
  return count
}

beforeAll(async () => {
  const engine = await englishEngine({})
  const fresh = engine.fresh('telegram')
  const live = openLive()
  people = []
  for (let n = 0; n < PEOPLE; n += 60)
    people.push(...(await Promise.all(Array.from({ length: 60 }, () => begin(live, fresh)))))
  await makeBackup(config, at('backup'), () => {})
  await makeBackup(config, at('backup.tar'), () => {})
  // The control: what the thief could do on day N itself, with a copy of the vault of that day.
  await live.vault.close()
  cpSync(at('live/vault'), at('vault-of-day-n'), { recursive: true })
  const next = { ...live, vault: vaultIn(at('live/vault')) }
  wiped = people.filter((_, n) => n % 3 === 0)
  for (const { id, keyId } of wiped) {
    const outcome = await wipe({
      id,
      keyId,
      departure: aDeparture(),
      ...next,
      raiseFence: () => {},
      deleteChat: () => Promise.resolve(),
      answer: () => Promise.resolve(),
      wait: () => Promise.resolve(),
      compactLater: () => {},
    })
    if (outcome !== 'done') throw new Error(outcome)
  }
  await Promise.all(Array.from({ length: 50 }, () => begin(next, fresh)))
  await renewKeys(next, 100 * 24 * 3_600_000)
  cpSync(at('live/data'), at('stolen-data'), { recursive: true })
  await next.conversations.close()
  await next.vault.close()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('a thief with a backup, everything live of a day later and all its keys', () => {
  it('could open all of it before anybody was wiped', async () => {
    const count = await opened(at('backup'), at('vault-of-day-n'))
    expect(people.filter(({ keyId }) => count.get(keyId) !== 4)).toEqual([])
  })

  it('opens nothing of whom was wiped, and all of the others', async () => {
    const backup = await opened(at('backup'), at('live/vault'))
    expect(wiped.filter(({ keyId }) => backup.has(keyId))).toEqual([])
    const others = people.filter((one) => !wiped.includes(one))
    expect(others).toHaveLength((PEOPLE / 3) * 2)
    expect(others.filter(({ keyId }) => backup.get(keyId) !== 4)).toEqual([])
    const live = await opened(at('stolen-data'), at('live/vault'))
    expect(live.size).toBe(others.length + 50)
    expect(wiped.filter(({ keyId }) => live.has(keyId))).toEqual([])
  })

  it('finds no key in the backup', () => {
    expect(existsSync(at('backup/vault.db'))).toBe(false)
    expect(existsSync(at('backup/root.key'))).toBe(false)
  })
})

describe('a restore of that backup', () => {
  it('brings back whom nobody wiped, and neither the wiped nor keys without a row', async () => {
    const others = people.filter((one) => !wiped.includes(one))
    const wish = { from: at('backup.tar'), replace: true, vaultLost: false }
    const refusal = restoreBackup(config, random, { ...wish, replace: false })
    await expect(refusal).rejects.toThrow(/--replace/u)
    expect(await restoreBackup(config, random, wish)).toEqual({
      conversations: others.length,
      cases: 0,
      removed: wiped.length + 50,
    })
    const { vault, conversations } = openLive()
    const keys: string[] = []
    for await (const id of vault.ids()) keys.push(id)
    expect(keys.toSorted()).toEqual(others.map(({ keyId }) => keyId as string).toSorted())
    expect(await Promise.all(wiped.map(({ id }) => conversations.load(id)))).toEqual(
      wiped.map(() => undefined),
    )
    // What was to be said then is not said now; what was for the desk still is.
    const due = await conversations.claimDue(5_000, PEOPLE, 1_000)
    expect(due).toHaveLength(others.length)
    expect(new Set(due.flatMap(({ items }) => items.map(({ kind }) => kind)))).toEqual(new Set(['case']))
    await conversations.close()
    await vault.close()
  })
})
