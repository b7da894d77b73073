import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { AccountId, CaseChange, CaseId, Cases, EntryId } from '../../src/storage/cases.ts'
import { memoryCases } from '../../src/storage/memory-cases.ts'
import { openRedisCases } from '../../src/storage/redis/desk/redis-cases.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { findResidue } from '../privacy/residue.ts'
import { redisHere } from './redis-stores.ts'

const redis = redisHere()

/** What every store of cases must do; another one is a line more in this table. */
const STORES: Readonly<Record<string, (folder: string) => Cases | Promise<Cases>>> = {
  memory: () => memoryCases(),
  SQLite: openSqliteCases,
  Redis: async () => openRedisCases(await redis.empty()),
  'Redis, for Chatwoot': async () => openRedisCases(await redis.empty(), 'chatwoot'),
}

let numbers = 0
const caseId = () => String(++numbers).padStart(8, '0') as CaseId
const of16 = <Id extends string>() => randomBytes(16).toString('base64url') as Id
const [ada, ben] = [of16<AccountId>(), of16<AccountId>()]
const key = of16<KeyId>()

function change(id: CaseId, expected: number, more: Partial<CaseChange> = {}): CaseChange {
  return {
    id,
    expected,
    keyId: key,
    state: 'waiting',
    holder: undefined,
    offeredTo: undefined,
    rank: 4,
    at: 1_000,
    sealed: randomBytes(300),
    entries: [],
    ...more,
  }
}

const entry = (at = 1_000) => ({ id: of16<EntryId>(), at, sealed: randomBytes(40) })

describe.each(Object.entries(STORES))('%s as a store of cases', (_name, open) => {
  let folder: string
  let store: Cases
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-cases-'))
    store = await open(folder)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  it('begins nothing under a mark that was noted, until its time is over', async () => {
    const [mark, other] = [randomBytes(16), randomBytes(16)]
    const id = caseId()
    await store.noteWithdrawn(mark, 2_000)
    await store.noteWithdrawn(mark, 1_500)
    expect(await store.commit(change(id, 0, { mark, at: 1_999 }))).toBe('withdrawn')
    expect(await store.load(id)).toBeUndefined()
    expect(await store.commit(change(id, 0, { mark: other, at: 1_999 }))).toBe('committed')
    expect(await store.commit(change(caseId(), 0, { mark, at: 2_000 }))).toBe('committed')
    await store.forgetWithdrawn(1_999)
    expect(await store.commit(change(caseId(), 0, { mark, at: 1_000 }))).toBe('withdrawn')
    await store.forgetWithdrawn(2_000)
    expect(await store.commit(change(caseId(), 0, { mark, at: 1_000 }))).toBe('committed')
  })

  it('gives back what was committed, with its revision', async () => {
    const id = caseId()
    expect(await store.load(id)).toBeUndefined()
    expect(await store.commit(change(id, 0))).toBe('committed')
    const second = change(id, 1, { at: 2_000, state: 'offered', holder: ada, offeredTo: ben, rank: 1 })
    expect(await store.commit(second)).toBe('committed')
    const { sealed, ...row } = (await store.load(id)) ?? { sealed: new Uint8Array() }
    expect(row).toEqual({
      id,
      keyId: key,
      revision: 2,
      state: 'offered',
      holder: ada,
      offeredTo: ben,
      rank: 1,
      openedAt: 1_000,
      changedAt: 2_000,
    })
    expect(Buffer.from(sealed).equals(Buffer.from(second.sealed))).toBe(true)
  })

  it('remembers since when a case is in its state, whatever else changes', async () => {
    const id = caseId()
    await store.commit(change(id, 0))
    await store.commit(change(id, 1, { at: 2_000 }))
    expect((await store.load(id))?.changedAt).toBe(1_000)
    await store.commit(change(id, 2, { at: 3_000, state: 'active', holder: ada }))
    expect(await store.load(id)).toMatchObject({ openedAt: 1_000, changedAt: 3_000 })
  })

  it('lets one of two changes win that read the same revision, and one of two first ones', async () => {
    const id = caseId()
    const first = await Promise.all([store.commit(change(id, 0)), store.commit(change(id, 0))])
    expect(first.toSorted()).toEqual(['committed', 'stale'])
    const second = await Promise.all([
      store.commit(change(id, 1, { entries: [entry()] })),
      store.commit(change(id, 1, { entries: [entry()] })),
    ])
    expect(second.toSorted()).toEqual(['committed', 'stale'])
    expect(await store.entries(id, 0, 9)).toHaveLength(1)
  })

  it('writes nothing to a case that was erased, or that is there under another key', async () => {
    const id = caseId()
    expect(await store.commit(change(id, 3, { entries: [entry()] }))).toBe('stale')
    await store.commit(change(id, 0))
    await store.erase(id)
    await store.commit(change(id, 0, { keyId: of16<KeyId>() }))
    expect(await store.commit(change(id, 1, { entries: [entry()] }))).toBe('stale')
    expect(await store.entries(id, 0, 9)).toEqual([])
    expect((await store.load(id))?.revision).toBe(1)
  })

  it('appends entries in order, and one whose id is there already not at all', async () => {
    const id = caseId()
    const [a, b, c] = [entry(), entry(), entry()]
    await store.commit(change(id, 0, { entries: [a, b, a] }))
    await store.commit(change(id, 1, { entries: [{ ...b, sealed: randomBytes(8) }, c] }))
    const all = await store.entries(id, 0, 9)
    expect(all.map((one) => [one.id, one.seq])).toEqual([a, b, c].map((one, at) => [one.id, at + 1]))
    expect(Buffer.from(all[1]?.sealed ?? []).equals(b.sealed)).toBe(true)
    expect((await store.entries(id, 1, 1)).map((one) => one.id)).toEqual([b.id])
    expect((await store.entry(id, c.id))?.seq).toBe(3)
    expect(await store.entry(id, of16<EntryId>())).toBeUndefined()
    expect(await store.entry(caseId(), c.id)).toBeUndefined()
  })

  it('takes the same entry id in two cases', async () => {
    const same = entry()
    const [a, b] = [caseId(), caseId()]
    for (const id of [a, b]) await store.commit(change(id, 0, { entries: [same] }))
    expect(await store.entries(a, 0, 9)).toHaveLength(1)
    expect(await store.entries(b, 0, 9)).toHaveLength(1)
  })

  it('shows the most urgent first, then the longest open, and nothing that is over', async () => {
    const ids = Array.from({ length: 5 }, caseId)
    const given = [
      { rank: 4, at: 10 },
      { rank: 0, at: 30, state: 'active', holder: ada },
      { rank: 0, at: 20, state: 'offered', holder: ben, offeredTo: ada },
      { rank: 0, at: 1, state: 'closed' },
      { rank: 1, at: 5, state: 'withdrawn' },
    ] as const
    for (const [at, id] of ids.entries()) await store.commit(change(id, 0, given[at]))
    expect((await store.open(9)).map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]])
    expect((await store.open(1)).map(({ id }) => id)).toEqual([ids[2]])
    expect((await store.held(ada)).map(({ id }) => id)).toEqual([ids[1]])
    expect((await store.held(ben)).map(({ id }) => id)).toEqual([ids[2]])
  })

  it('names those that ended before an instant, the oldest first', async () => {
    const ids = [caseId(), caseId(), caseId()]
    for (const [at, id] of ids.entries())
      await store.commit(change(id, 0, { at: 30 - at * 10, state: 'closed' }))
    await store.commit(change(caseId(), 0, { at: 1 }))
    expect(await store.ended(30, 9)).toEqual([ids[2], ids[1]].map((id) => ({ id, keyId: key })))
    expect(await store.ended(99, 1)).toHaveLength(1)
  })

  it('erases everything of one case and nothing of another, and again without harm', async () => {
    const [gone, stays] = [caseId(), caseId()]
    for (const id of [gone, stays]) await store.commit(change(id, 0, { entries: [entry()] }))
    await store.erase(gone)
    await store.erase(gone)
    expect(await store.load(gone)).toBeUndefined()
    expect(await store.entries(gone, 0, 9)).toEqual([])
    expect(await store.entries(stays, 0, 9)).toHaveLength(1)
    const used: CaseId[] = []
    for await (const row of store.keyIds()) used.push(row.id)
    expect(used).toEqual([stays])
    expect(await store.compact()).toBe(true)
  })
})

describe('cases.db', () => {
  let folder: string
  let store: Cases
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-cases-'))
    store = openSqliteCases(folder)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  it('keeps everything over a restart, for its owner only', async () => {
    const id = caseId()
    await store.commit(change(id, 0, { entries: [entry()] }))
    for (const file of ['cases.db', 'cases.db-wal', 'cases.db-shm'])
      expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)
    await store.close()
    store = openSqliteCases(folder)
    expect((await store.load(id))?.revision).toBe(1)
    expect(await store.entries(id, 0, 9)).toHaveLength(1)
  })

  it('leaves no byte of an erased case in any file', async () => {
    const id = caseId()
    const sealed = [randomBytes(6_000), randomBytes(900)] as const
    const canaries = sealed.map((bytes, at) => ({ name: `part ${at}`, bytes: bytes.subarray(100, 120) }))
    await store.commit(
      change(id, 0, { sealed: sealed[1], entries: [{ id: of16<EntryId>(), at: 1, sealed: sealed[0] }] }),
    )
    expect(findResidue([folder], canaries).length).toBeGreaterThanOrEqual(2)
    await store.erase(id)
    expect(await store.compact()).toBe(true)
    expect(findResidue([folder], canaries)).toEqual([])
  })
})
