import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Accounts } from '../../src/storage/accounts.ts'
import { bytes, type Opened } from './accounts-contract.ts'

/** What every store of accounts must keep for some minutes for all processes, and no longer. */
export function forAWhileContract(name: string, open: Opened): void {
  describe(`${name} as a store of what is over soon`, () => {
    let store: Accounts
    let done: () => Promise<void>
    beforeEach(async () => ({ store, done } = await open()))
    afterEach(() => done())

    test('the same bytes are taken once, also by many at the same moment, and others beside them', async () => {
      const [one, other] = [bytes(16), bytes(16)]
      const tries = await Promise.all(Array.from({ length: 5 }, () => store.takeOnce(one, 60_000, 0)))
      expect(tries.filter(Boolean)).toHaveLength(1)
      expect(await store.takeOnce(one, 60_000, 30_000)).toBe(false)
      expect(await store.takeOnce(other, 60_000, 30_000)).toBe(true)
    })

    test('nothing is taken whose time is over, and what was taken stays so until then', async () => {
      const [one, late] = [bytes(16), bytes(16)]
      expect(await store.takeOnce(late, 60_000, 60_000)).toBe(false)
      expect(await store.takeOnce(one, 60_000, 0)).toBe(true)
      await store.prune({ idleBefore: 0, createdBefore: 0, now: 59_999 })
      expect(await store.takeOnce(one, 60_000, 59_999)).toBe(false)
    })
  })
}
