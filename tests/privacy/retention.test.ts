import { describe, expect, it } from 'vitest'
import {
  createRetention,
  MARKS_MS,
  type Retention,
  SEEN_MS,
  sweep,
  sweepOrphans,
} from '../../src/privacy/retention.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'

/** What a sweep asks of the store, how often, and what it does where something stays. */

const DAY_MS = 24 * 3_600_000
const NOW = Date.UTC(2026, 2, 2, 10)
const row = (n: number) => ({ id: `row-${n}` as ConversationId, keyId: `key-${n}` as KeyId })

interface World {
  idle?: number
  /** These stay for now. */
  stay?: readonly number[]
  ahead?: readonly number[]
  isClean?: boolean
}

function world({ idle = 0, stay = [], ahead = [], isClean = true }: World = {}) {
  const there = Array.from({ length: idle }, (_, n) => row(n))
  const asked = {
    erase: [] as string[],
    limits: [] as number[],
    pruned: [] as number[][],
    compacted: 0,
    later: 0,
  }
  const befores: number[] = []
  const parts: Retention = {
    idleMs: DAY_MS,
    conversations: {
      idle: (before: number, limit: number) => {
        befores.push(before)
        asked.limits.push(limit)
        return Promise.resolve(there.slice(0, limit))
      },
      ahead: (from: number) => {
        befores.push(from)
        return Promise.resolve(ahead.map(row))
      },
      prune: (...times: number[]) => {
        asked.pruned.push(times)
        return Promise.resolve()
      },
      lastTouched: () => Promise.resolve(NOW),
      compact: () => {
        asked.compacted += 1
        return Promise.resolve(isClean)
      },
    } as unknown as Conversations,
    eraseIdle: ({ id }) => {
      asked.erase.push(id)
      const isGone = !stay.map((n) => row(n).id).includes(id)
      const at = there.findIndex((one) => one.id === id)
      if (isGone && at >= 0) there.splice(at, 1)
      return Promise.resolve(isGone)
    },
    compactLater: () => {
      asked.later += 1
    },
  }
  return { parts, asked, befores }
}

describe('a sweep', () => {
  it('erases in hundreds until nothing is left, and cleans the files once', async () => {
    const { parts, asked, befores } = world({ idle: 250 })
    expect(await sweep(parts, NOW)).toBe(250)
    expect(asked.limits).toEqual([100, 100, 100])
    expect(new Set(befores)).toEqual(new Set([NOW - DAY_MS]))
    expect(asked).toMatchObject({ compacted: 1, later: 0, pruned: [[NOW - SEEN_MS, NOW - MARKS_MS]] })
  })

  it('asks once for each that stays, and looks behind it', async () => {
    const { parts, asked } = world({ idle: 150, stay: [0, 1, 2] })
    expect(await sweep(parts, NOW)).toBe(147)
    expect(asked.limits).toEqual([100, 103])
    expect(asked.erase.filter((id) => id === 'row-0')).toHaveLength(1)
    expect(asked.erase).toHaveLength(150)
  })

  it('cleans nothing where nothing was erased', async () => {
    const { parts, asked } = world({ idle: 1, stay: [0], isClean: false })
    expect(await sweep(parts, NOW)).toBe(0)
    expect(asked).toMatchObject({ compacted: 0, later: 0 })
  })

  it('has the files cleaned later where somebody reads them now', async () => {
    const { parts, asked } = world({ idle: 1, isClean: false })
    await sweep(parts, NOW)
    expect(asked).toMatchObject({ compacted: 1, later: 1 })
  })
})

describe('a conversation that was written to while the clock was ahead', () => {
  const HOUR_MS = 3_600_000

  it('is erased when it has been swept over for longer than its time, and counted', async () => {
    const { parts, asked, befores } = world({ ahead: [7] })
    const sweeps = await createRetention(parts, DAY_MS / 2)
    expect([await sweeps(NOW), await sweeps(NOW)]).toEqual([0, 0])
    expect(asked.erase).toEqual([])
    expect(await sweeps(NOW)).toBe(1)
    expect(asked.erase).toEqual(['row-7'])
    expect(befores[0]).toBe(NOW + 2 * HOUR_MS)
  })

  it('goes on being asked for where it stays', async () => {
    const { parts, asked } = world({ ahead: [7], stay: [7] })
    const sweeps = await createRetention(parts, 2 * DAY_MS)
    expect([await sweeps(NOW), await sweeps(NOW)]).toEqual([0, 0])
    expect(asked.erase).toEqual(['row-7', 'row-7'])
  })
})

describe('what a crash left', () => {
  async function* each<T>(of: readonly T[]) {
    for (const one of of) yield await Promise.resolve(one)
  }

  function stores(rows: readonly number[], keys: readonly number[]) {
    const gone = { rows: [] as string[], keys: [] as string[], compacted: 0, atOnce: 0 }
    let under = 0
    return {
      gone,
      vault: {
        ids: () => each(keys.map((n) => row(n).keyId)),
        destroy: async (id: KeyId) => {
          under += 1
          gone.atOnce = Math.max(gone.atOnce, under)
          await Promise.resolve()
          under -= 1
          gone.keys.push(id)
        },
      },
      conversations: {
        keyIds: () => each(rows.map(row)),
        erase: (id: ConversationId) => {
          gone.rows.push(id)
          return Promise.resolve()
        },
        compact: () => {
          gone.compacted += 1
          return Promise.resolve(true)
        },
      } as unknown as Conversations,
    }
  }

  it('is removed on both sides, and what belongs together stays', async () => {
    const { gone, ...parts } = stores([1, 2], [2, 3])
    expect(await sweepOrphans(parts)).toBe(2)
    expect(gone).toMatchObject({ rows: ['row-1'], keys: ['key-3'], compacted: 1 })
  })

  it('leaves the keys of cases, and cleans nothing where no row went', async () => {
    const { gone, ...parts } = stores([2], [2, 3, 4])
    expect(await sweepOrphans({ ...parts, otherKeyIds: () => each([row(3).keyId]) })).toBe(1)
    expect(gone).toMatchObject({ rows: [], keys: ['key-4'], compacted: 0 })
  })

  it('goes in hundreds', async () => {
    const keys = Array.from({ length: 250 }, (_, n) => n)
    const { gone, ...parts } = stores([], keys)
    expect(await sweepOrphans(parts)).toBe(250)
    expect(new Set(gone.keys).size).toBe(250)
    expect(gone.keys).toHaveLength(250)
    expect(gone.atOnce).toBe(100)
  })
})
