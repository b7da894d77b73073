import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type HandoffTime, type HandoffTimes, memoryHandoffTimes } from '../../src/storage/handoff-times.ts'
import { openRedisHandoffTimes } from '../../src/storage/redis/desk/redis-handoff-times.ts'
import { openSqliteHandoffTimes } from '../../src/storage/sqlite/sqlite-handoff-times.ts'
import { redisHere } from './redis-stores.ts'

const redis = redisHere()

/** What every store of handoff times must do; another one is a line more in this table. */
const STORES: Readonly<Record<string, (folder: string) => HandoffTimes | Promise<HandoffTimes>>> = {
  memory: () => memoryHandoffTimes(),
  SQLite: openSqliteHandoffTimes,
  Redis: async () => openRedisHandoffTimes(await redis.empty()),
}
const time = (day: string, kind: HandoffTime['kind'], minutes: number): HandoffTime => ({
  day,
  kind,
  minutes,
})
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-times-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

describe.each(Object.entries(STORES))('%s as a store of handoff times', (_name, open) => {
  let folder: string
  let store: HandoffTimes
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-times-'))
    store = await open(folder)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  it('counts what is alike, and gives it by day, kind and minutes', async () => {
    await store.add(time('2026-03-02', 'closed', 100))
    await store.add(time('2026-03-02', 'closed', 9))
    await store.add(time('2026-03-01', 'opened', 0))
    await Promise.all([1, 2, 3].map(() => store.add(time('2026-03-02', 'closed', 9))))
    await store.add(time('2026-03-02', 'claimed', 9))
    expect(await store.since('2026-03-01')).toEqual([
      { ...time('2026-03-01', 'opened', 0), count: 1 },
      { ...time('2026-03-02', 'claimed', 9), count: 1 },
      { ...time('2026-03-02', 'closed', 9), count: 4 },
      { ...time('2026-03-02', 'closed', 100), count: 1 },
    ])
    expect(await store.since('2026-03-03')).toEqual([])
  })

  it('erases the days before one, and only these, as often as it is asked', async () => {
    for (const day of ['2026-02-28', '2026-03-01', '2026-03-02']) await store.add(time(day, 'opened', 0))
    expect(await store.eraseBefore('2026-03-02')).toBe(true)
    expect(await store.eraseBefore('2026-03-02')).toBe(false)
    expect(await store.since('2026-01-01')).toEqual([{ ...time('2026-03-02', 'opened', 0), count: 1 }])
  })
})

const anyTime = fc.record({
  day: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'),
  kind: fc.constantFrom('opened' as const, 'claimed' as const, 'closed' as const),
  minutes: fc.integer({ min: 0, max: 12 }),
})

describe('times.db', () => {
  it('holds the same as the memory, whatever is added and erased', async () => {
    const folder = newFolder()
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anyTime), anyTime, async (times, { day }) => {
        const [sqlite, memory] = [openSqliteHandoffTimes(join(folder, String(++run))), memoryHandoffTimes()]
        for (const store of [sqlite, memory]) {
          await Promise.all(times.map((one) => store.add(one)))
          if (times.length % 2 === 0) await store.eraseBefore(day)
        }
        expect(await sqlite.since('2026-03-01')).toEqual(await memory.since('2026-03-01'))
        await sqlite.close()
      }),
      { numRuns: 15 },
    )
  })

  it('keeps no order within a day: the same numbers in another order make the same file', async () => {
    const times = [7, 120, 3, 45, 3].flatMap((minutes) => [
      time('2026-03-02', 'claimed', minutes),
      time('2026-03-02', 'closed', minutes + 30),
    ])
    const written = async (order: readonly HandoffTime[]) => {
      const folder = newFolder()
      const store = openSqliteHandoffTimes(folder)
      for (const one of order) await store.add(one)
      await store.close()
      // The last of all is the same in both, as the file shows on which row the last write was.
      return readFileSync(join(folder, 'times.db')).subarray(4096)
    }
    const last = time('2026-03-02', 'opened', 0)
    const one = await written([...times, last])
    expect(one.includes('claimed')).toBe(true)
    expect((await written([...times.toReversed().toSorted(byKind), last])).equals(one)).toBe(true)
  })

  it('is for its owner only, is there after a restart, and holds no byte of a day that was erased', async () => {
    const folder = newFolder()
    const store = openSqliteHandoffTimes(folder)
    for (let hundred = 0; hundred < 4; hundred += 1)
      await Promise.all(
        Array.from({ length: 100 }, (_, at) => store.add(time('2026-02-01', 'closed', hundred * 100 + at))),
      )
    await store.add(time('2026-03-02', 'closed', 5))
    await store.eraseBefore('2026-03-01')
    if (process.platform !== 'win32') expect(statSync(join(folder, 'times.db')).mode & 0o777).toBe(0o600)
    await store.close()
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
    expect(bytes.includes('2026-03-02')).toBe(true)
    expect(bytes.includes('2026-02-01')).toBe(false)
    expect(bytes.includes('[399,1]')).toBe(false)
    const again = openSqliteHandoffTimes(folder)
    expect(await again.since('2026-01-01')).toEqual([{ ...time('2026-03-02', 'closed', 5), count: 1 }])
    await again.close()
  })
})

function byKind(a: HandoffTime, b: HandoffTime): number {
  return a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0
}
