import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Commit, Conversations, Delivery } from '../../src/storage/conversations.ts'
import { id, item, type Opened, turn } from './contract.ts'

/** What every store must do of leases while a person leaves or erases: nothing overtakes a message that is on its way. */
const LEASE = 1_000

export function leasesContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} as a store of leases`, () => {
    let opened: Opened
    let store: Conversations
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.done())

    const idsOf = (deliveries: readonly Delivery[]) =>
      deliveries.map(({ items }) => items.map((one) => one.id))
    const mark = (at: number) => ({ at, sealed: randomBytes(20) })
    const marksOf = async (one: Delivery['id']) => (await store.marks(one)).map(({ at }) => at)

    /** One conversation whose items are on their way under a lease. */
    async function underWay(...items: Commit['outbox']) {
      const one = id()
      await store.commit(turn(one, 0, { at: 0, outbox: items }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      return { one, fence: delivery?.fence ?? 0 }
    }

    it('holds what an exit brings back until the sender has settled, and tells the sender', async () => {
      const [sent, next, last] = [item(), item(), item()]
      const { one, fence } = await underWay(sent, next)
      await store.commit(turn(one, 1, { at: 10, cancelWaiting: true, outbox: [last] }))
      expect(await store.claimDue(20, 10, LEASE)).toEqual([])
      expect(await store.nextDue()).toBe(LEASE)
      const settled = await store.settle(one, {
        fence,
        done: [sent.id],
        marks: [mark(15)],
        retry: { at: 9_000 },
      })
      expect(settled).toBe('left')
      expect(await marksOf(one)).toEqual([15])
      expect(idsOf(await store.claimDue(20, 10, LEASE))).toEqual([[last.id]])
      expect(await store.settle(one, { fence, done: [last.id], marks: [mark(16)] })).toBe('lost')
      expect([await store.waiting(one), await marksOf(one)]).toEqual([1, [15]])
    })

    it('takes out what the sender has done for the desk though she left meanwhile', async () => {
      const [call, other] = [
        { ...item(), kind: 'case' as const },
        { ...item(), kind: 'case' as const },
      ]
      const { one, fence } = await underWay(call, other)
      await store.commit(turn(one, 1, { at: 10, cancelWaiting: true }))
      expect(await store.settle(one, { fence, done: [call.id], forgetMarksUntil: 5 })).toBe('left')
      expect(idsOf(await store.claimDue(20, 10, LEASE))).toEqual([[other.id]])
    })

    it('lets what an exit brings go when the lease of a sender that died has ended', async () => {
      const last = item()
      const { one, fence } = await underWay(item())
      await store.commit(turn(one, 1, { at: 10, cancelWaiting: true, outbox: [last] }))
      expect(await store.claimDue(LEASE - 1, 10, LEASE)).toEqual([])
      expect(idsOf(await store.claimDue(LEASE, 10, LEASE))).toEqual([[last.id]])
      expect(await store.settle(one, { fence, done: [], marks: [mark(1)] })).toBe('lost')
      expect(await store.renew(one, { fence, until: 9_000 })).toBe('lost')
      expect(await marksOf(one)).toEqual([])
    })

    it('holds back what a second exit brings for as long as the first', async () => {
      const last = item()
      const { one, fence } = await underWay(item())
      await store.commit(turn(one, 1, { at: 10, cancelWaiting: true, outbox: [item()] }))
      await store.commit(turn(one, 2, { at: 20, cancelWaiting: true, outbox: [last] }))
      expect(await store.claimDue(LEASE - 1, 10, LEASE)).toEqual([])
      expect(await store.settle(one, { fence, done: [] })).toBe('left')
      expect(idsOf(await store.claimDue(30, 10, LEASE))).toEqual([[last.id]])
    })

    it('refuses a sender whose lease had ended before she left', async () => {
      const { one, fence } = await underWay(item())
      await store.commit(turn(one, 1, { at: LEASE, cancelWaiting: true, outbox: [item()] }))
      expect(await store.settle(one, { fence, done: [] })).toBe('lost')
      expect(await store.claimDue(LEASE, 10, LEASE)).toHaveLength(1)
    })

    it('gives no lease with a turn while an exit waits for a sender', async () => {
      const lease = { fence: 77, until: 5_000 }
      const { one, fence } = await underWay(item())
      await store.commit(turn(one, 1, { at: 10, cancelWaiting: true }))
      expect(await store.waiting(one)).toBe(0)
      expect(await store.commit(turn(one, 2, { at: 20, outbox: [item()], lease }))).toBe('committed')
      expect(await store.renew(one, { fence, until: 2_000 })).toBe('left')
      expect(await store.claimDue(1_999, 10, LEASE)).toEqual([])
      expect(await store.claimDue(2_000, 10, LEASE)).toHaveLength(1)
    })

    it('leaves a conversation its name while an exit waits for a sender', async () => {
      const newer = id()
      const { one, fence } = await underWay(item())
      const exit = turn(one, 1, { at: 10, cancelWaiting: true, outbox: [item()] })
      expect(await store.commit({ ...exit, id: newer, was: one, named: 2 })).toBe('held')
      expect(await store.commit(exit)).toBe('committed')
      expect(await store.settle(one, { fence, done: [] })).toBe('left')
    })

    it('keeps a lease for as long as its holder says, and never shortens it', async () => {
      const { one, fence } = await underWay(item(), item())
      expect(await store.renew(one, { fence, until: 3_000 })).toBe('held')
      expect(await store.renew(one, { fence, until: 2_000 })).toBe('held')
      expect(await store.renew(one, { fence: fence + 5, until: 9_000 })).toBe('lost')
      expect(await store.nextDue()).toBe(3_000)
      expect(await store.claimDue(2_999, 10, LEASE)).toEqual([])
      expect(await store.claimDue(3_000, 10, LEASE)).toHaveLength(1)
      expect(await store.renew(one, { fence, until: 9_000 })).toBe('lost')
    })

    it('does not bring back by a late renewal what was released', async () => {
      const [first, second] = [item(), item()]
      const { one, fence } = await underWay(first, second)
      await store.settle(one, { fence, done: [], retry: { at: 50 } })
      expect(await store.renew(one, { fence, until: 9_000 })).toBe('lost')
      const [again] = await store.claimDue(50, 10, LEASE)
      await store.settle(one, { fence: again?.fence ?? 0, done: [first.id, second.id] })
      expect(await store.renew(one, { fence: again?.fence ?? 0, until: 9_000 })).toBe('lost')
      await store.commit(turn(one, 1, { at: 60, outbox: [item()] }))
      expect(await store.nextDue()).toBe(0)
    })

    it('bars the way for a wipe: what waits is dropped, and nothing begins until that is over', async () => {
      const one = id()
      const call = { ...item(), kind: 'case' as const }
      await store.commit(turn(one, 0, { at: 0, outbox: [item(), call] }))
      expect(await store.bar(one, { fence: 5_000, until: 800 }, 10)).toBe('held')
      expect(await store.waiting(one)).toBe(1)
      const late = turn(one, 1, { at: 20, outbox: [item(20)], lease: { fence: 9, until: 900 } })
      expect(await store.commit(late)).toBe('committed')
      expect(await store.claimDue(799, 10, LEASE)).toEqual([])
      expect(await store.nextDue()).toBe(800)
      expect(await store.settle(one, { fence: 5_000, done: [], retry: { at: 30, untried: true } })).toBe(
        'held',
      )
      expect(idsOf(await store.claimDue(30, 10, LEASE))).toEqual([[call.id, late.outbox[0]?.id]])
    })

    it('bars no more once its time is over and she has left, with nothing waiting', async () => {
      const one = id()
      await store.commit(turn(one, 0, { at: 0 }))
      expect(await store.bar(one, { fence: 5_000, until: 800 }, 10)).toBe('held')
      await store.commit(turn(one, 1, { at: 900, cancelWaiting: true }))
      expect(await store.renew(one, { fence: 5_000, until: 5_000 })).toBe('lost')
      const line = item(1_000)
      await store.commit(turn(one, 2, { at: 1_000, outbox: [line] }))
      expect(idsOf(await store.claimDue(1_000, 10, LEASE))).toEqual([[line.id]])
    })

    it('bars nothing that is not there, and ends with what is erased', async () => {
      expect(await store.bar(id(), { fence: 1, until: 9_000 }, 10)).toBe('gone')
      const { one, fence } = await underWay(item())
      await store.settle(one, { fence, done: [], retry: { at: 5 } })
      await store.bar(one, { fence: 1, until: 9_000 }, 10)
      await store.erase(one)
      expect(await store.nextDue()).toBeUndefined()
      await store.commit(turn(one, 0, { at: 20, outbox: [item()] }))
      expect(await store.claimDue(20, 10, LEASE)).toHaveLength(1)
    })

    it('tells a wipe of a sender, and the sender of the wipe, which is asked again', async () => {
      const [sent, after] = [item(), item()]
      const { one, fence } = await underWay(sent, item())
      const wipe = { fence: 7_000, until: 5_000 }
      expect(await store.bar(one, wipe, 10)).toBe('busy')
      expect(await store.waiting(one)).toBe(0)
      expect(await store.renew(one, { fence, until: 2_000 })).toBe('left')
      expect(await store.bar(one, wipe, 1_999)).toBe('busy')
      expect(await store.settle(one, { fence, done: [sent.id], marks: [mark(30)] })).toBe('left')
      expect(await store.bar(one, wipe, 40)).toBe('held')
      expect(await marksOf(one)).toEqual([30])
      await store.commit(turn(one, 1, { at: 50, outbox: [after] }))
      expect(await store.claimDue(4_999, 10, LEASE)).toEqual([])
    })

    it('bars the way at once when the lease of a sender that died has ended', async () => {
      const { one, fence } = await underWay(item())
      expect(await store.bar(one, { fence: 7_000, until: 5_000 }, LEASE)).toBe('held')
      expect(await store.settle(one, { fence, done: [] })).toBe('lost')
      expect(await store.nextDue()).toBeUndefined()
    })
  })
}
