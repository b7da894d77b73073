import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Accounts } from '../../src/storage/accounts.ts'
import type { AccountId, CaseId } from '../../src/storage/cases.ts'
import { addedTo, bytes, type Opened } from './accounts-contract.ts'

const [FIRST, SECOND] = ['10000001' as CaseId, '10000002' as CaseId]

/** A server forgets by its own clock: nothing may be over while the test goes on. */
const LONG = 600_000

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

    test('a broken glass is open until its end, one for each account and case, the first to close in front', async () => {
      const [one, other] = [(await addedTo(store)).id, (await addedTo(store)).id]
      const early = { account: other, id: FIRST, until: 2_000 }
      const late = { account: one, id: FIRST, until: 3_000 }
      await store.breakGlass({ account: one, id: FIRST, until: 1_000 })
      for (const glass of [late, early]) await store.breakGlass(glass)
      await store.breakGlass({ account: one, id: SECOND, until: 2_500 })
      expect(await store.glass(0)).toEqual([early, { account: one, id: SECOND, until: 2_500 }, late])
      expect(await store.glass(2_500)).toEqual([late])
      expect(await store.glass(3_000)).toEqual([])
    })

    test('a glass that is over leaves with the others that are, and no other does', async () => {
      const { id: account } = await addedTo(store)
      const [early, late] = [1_000, 2_000].map((until, at) => ({
        account,
        id: at === 0 ? FIRST : SECOND,
        until,
      }))
      for (const glass of [early, late]) if (glass !== undefined) await store.breakGlass(glass)
      await store.prune({ idleBefore: 0, createdBefore: 0, now: 1_000 })
      expect(await store.glass(0)).toEqual([late])
    })

    test('an opening is known until it is over, and one more than the most trips, also of many at the same moment', async () => {
      const [one, other] = [(await addedTo(store)).id, (await addedTo(store)).id]
      const note = (account: AccountId, n: number, now = 0) =>
        store.noteOpening({ account, id: String(10_000_000 + n) as CaseId, until: now + LONG }, now, 3)
      expect([await note(one, 1), await note(one, 1, LONG - 1), await note(one, 1, LONG)]).toEqual([
        'first',
        'known',
        'first',
      ])
      const rest = await Promise.all([2, 3, 2, 4].map((n) => note(one, n, LONG + 1)))
      expect(rest).toEqual(['first', 'first', 'known', 'tripped'])
      expect(await note(other, 1, LONG + 1)).toBe('first')
      // It tripped: it begins anew.
      expect(await note(one, 1, LONG + 2)).toBe('first')
      const more = await Promise.all([5, 6, 7].map((n) => note(one, n, LONG + 50)))
      expect(more).toEqual(['first', 'first', 'tripped'])
    })

    test('what is over makes room for what is opened, and what is not over does not', async () => {
      const { id: account } = await addedTo(store)
      const note = (n: number, now: number) =>
        store.noteOpening({ account, id: String(10_000_000 + n) as CaseId, until: now + LONG }, now, 2)
      for (const [n, now] of [
        [1, 0],
        [2, LONG / 2],
        [3, LONG],
      ] as const)
        expect(await note(n, now)).toBe('first')
      expect(await note(4, LONG * 1.5 - 1)).toBe('tripped')
    })

    test('so many tries of a name count at once, also of many at the same moment, and one more with its time', async () => {
      const size = { burst: 3, everyMs: LONG }
      const [one, other] = ['one', 'other']
      const many = await Promise.all(Array.from({ length: 5 }, () => store.takeTry(one, size, 1_000)))
      expect(many).toEqual([true, true, true, false, false])
      expect(await store.takeTry(other, size, 1_000)).toBe(true)
      expect(await store.takeTry(one, size, 1_000 + LONG - 1)).toBe(false)
      expect(await store.takeTry(one, size, 1_000 + LONG)).toBe(true)
      expect(await store.takeTry(one, size, 1_000 + LONG)).toBe(false)
    })

    test('another role and disabling close the glass of the account, and nothing else does', async () => {
      const accounts = [
        await addedTo(store, { role: 'supervisor' }),
        await addedTo(store, { role: 'supervisor' }),
      ]
      const [one, other] = accounts.map(({ id }) => id)
      if (one === undefined || other === undefined) throw new Error('no account')
      const until = 5_000
      for (const account of [one, other])
        for (const id of [FIRST, SECOND]) await store.breakGlass({ account, id, until })
      const openFor = async () => (await store.glass(0)).map(({ account }) => account)
      await store.change(one, { onShift: true, role: 'supervisor' })
      expect(await openFor()).toHaveLength(4)
      await store.change(one, { role: 'auditor' })
      expect(await openFor()).toEqual([other, other])
      await store.change(other, { disabled: true })
      expect(await openFor()).toEqual([])
    })
  })
}
