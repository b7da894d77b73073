import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { FileRefused } from '../../src/storage/sqlite/file.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { findResidue } from '../privacy/residue.ts'
import { item, turn } from './contract.ts'

const conversation = () => randomBytes(32).toString('base64url') as ConversationId

/** Transactions in a log that was not started over: frames that say how large the file is after them. */
function transactionsIn(log: string): number {
  const bytes = readFileSync(log)
  const frame = 24 + bytes.readUInt32BE(8)
  let found = 0
  for (let at = 32; at + frame <= bytes.length; at += frame) if (bytes.readUInt32BE(at + 4) !== 0) found += 1
  return found
}

describe('the data file', () => {
  let folder: string
  let open: Conversations[]
  const store = () => {
    const opened = openSqliteConversations(folder)
    open.push(opened)
    return opened
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-file-'))
    open = []
  })
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()))
    rmSync(folder, { recursive: true })
  })

  function reasonOf(work: () => unknown): string {
    try {
      work()
    } catch (error) {
      return error instanceof FileRefused ? error.reason : 'another error'
    }
    return 'none'
  }

  it('is readable by its owner only, together with its log', async () => {
    const one = store()
    await one.commit(turn(conversation(), 0))
    for (const file of ['data.db', 'data.db-wal', 'data.db-shm'])
      expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)
  })

  it('is refused when a newer program wrote it, and left as it was', async () => {
    const one = store()
    const id = conversation()
    await one.commit(turn(id, 0))
    await one.close()
    const newer = new DatabaseSync(join(folder, 'data.db'))
    newer.exec('PRAGMA user_version = 9999')
    newer.close()
    expect(reasonOf(store)).toBe('newer')
    const back = new DatabaseSync(join(folder, 'data.db'))
    back.exec('PRAGMA user_version = 1')
    back.close()
    expect(await store().load(id)).toBeDefined()
  })

  it('is refused when it is another program’s database or no database at all', () => {
    const foreign = new DatabaseSync(join(folder, 'data.db'))
    foreign.exec('CREATE TABLE theirs (a)')
    foreign.close()
    expect(reasonOf(store)).toBe('foreign')
    rmSync(join(folder, 'data.db'))
    writeFileSync(join(folder, 'data.db'), randomBytes(8_192))
    expect(reasonOf(store)).toBe('foreign')
  })

  it('keeps no byte of an erased conversation once it was cleaned, and every byte of the others', async () => {
    const one = store()
    const canaries = () => ({
      sealed: randomBytes(600),
      item: randomBytes(600),
      mark: randomBytes(90),
      seen: randomBytes(16),
    })
    const people = Array.from({ length: 40 }, () => ({ id: conversation(), left: canaries() }))
    for (let revision = 0; revision < 3; revision += 1)
      await Promise.all(
        people.map(({ id, left }) =>
          one.commit(
            turn(id, revision, {
              sealed: left.sealed,
              ...(revision > 0 ? {} : { seen: left.seen }),
              outbox: [{ ...item(), sealed: left.item }],
              marks: [{ sealed: left.mark, at: 0 }],
            }),
          ),
        ),
      )
    const residue = (of: (typeof people)[number]) =>
      findResidue(
        [folder],
        [
          { name: 'id', bytes: Buffer.from(of.id, 'base64url') },
          ...Object.entries(of.left).map(([name, bytes]) => ({ name, bytes })),
        ],
      )
    const [gone, stays] = [people.filter((_, at) => at % 2 === 0), people.filter((_, at) => at % 2 === 1)]
    await Promise.all(gone.map(({ id }) => one.erase(id)))
    expect(await one.compact()).toBe(true)
    expect(gone.flatMap(residue)).toEqual([])
    for (const person of stays)
      expect(new Set(residue(person).map(({ canary }) => canary))).toEqual(
        new Set(['id', 'sealed', 'item', 'mark', 'seen']),
      )
  })

  it('says at once that it cannot be cleaned while somebody reads, and can be afterwards', async () => {
    const one = store()
    const id = conversation()
    await one.commit(turn(id, 0))
    const reader = new DatabaseSync(join(folder, 'data.db'), { readOnly: true })
    reader.exec('BEGIN; SELECT count(*) FROM conversations')
    await one.commit(turn(conversation(), 0))
    const begin = performance.now()
    expect(await one.compact()).toBe(false)
    expect(performance.now() - begin).toBeLessThan(1_000)
    reader.exec('COMMIT')
    reader.close()
    expect(await one.compact()).toBe(true)
    expect(statSync(join(folder, 'data.db-wal')).size).toBe(0)
  })

  it('is cleaned while somebody is half way through the list of its keys', async () => {
    const one = store()
    const people = Array.from({ length: 600 }, conversation)
    await Promise.all(people.map((id) => one.commit(turn(id, 0))))
    const list = one.keyIds()[Symbol.asyncIterator]()
    expect((await list.next()).done).toBe(false)
    for (const id of people.slice(0, 300)) await one.erase(id)
    expect(await one.compact()).toBe(true)
    expect(statSync(join(folder, 'data.db-wal')).size).toBe(0)
    let rest = 0
    while ((await list.next()).done !== true) rest += 1
    expect(rest).toBeGreaterThanOrEqual(299)
  })

  it('writes what was asked for in one tick in one transaction, each turn with its own outcome', async () => {
    const one = store()
    const [a, b] = [conversation(), conversation()]
    const seen = randomBytes(16)
    const log = join(folder, 'data.db-wal')
    const before = transactionsIn(log)
    const outcomes = await Promise.all([
      one.commit(turn(a, 0, { seen })),
      one.commit(turn(a, 1, { seen })),
      one.commit(turn(a, 5)),
      one.commit(turn(b, 0)),
      one.commit(turn(b, 1)),
    ])
    expect(outcomes).toEqual(['committed', 'duplicate', 'stale', 'committed', 'committed'])
    expect(transactionsIn(log)).toBe(before + 1)
    await one.commit(turn(a, 1))
    await one.commit(turn(a, 2))
    expect(transactionsIn(log)).toBe(before + 3)
  })

  it('lets one impossible turn fail alone', async () => {
    const one = store()
    const [a, b] = [conversation(), conversation()]
    const outcomes = await Promise.allSettled([
      one.commit(turn(a, 0)),
      one.commit(turn(b, 0, { at: 0.5 })),
      one.commit(turn(a, 0)),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await one.load(b)).toBeUndefined()
    expect((await one.load(a))?.revision).toBe(1)
  })
})
