import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { Commit, ConversationId, Conversations, ItemId } from '../../src/storage/conversations.ts'

/** What every store must do; put another one under it by giving a function that opens an empty one. */
export interface Opened {
  store: Conversations
  done(): Promise<void>
}

export const id = () => randomBytes(32).toString('base64url') as ConversationId
/** A conversation keeps its key; here it follows from the name. */
const keyOf = (of: ConversationId) =>
  createHash('sha256').update(of).digest().subarray(0, 16).toString('base64url') as KeyId
const itemId = () => randomBytes(16).toString('base64url') as ItemId
const LEASE = 1_000

export function turn(of: ConversationId, expected: number, more: Partial<Commit> = {}): Commit {
  return {
    id: of,
    keyId: keyOf(of),
    expected,
    sealed: randomBytes(300),
    at: 1_000,
    seen: randomBytes(16),
    cancelWaiting: false,
    outbox: [],
    marks: [],
    counts: [],
    ...more,
  }
}

export function item(notBefore = 0) {
  return { id: itemId(), kind: 'message' as const, sealed: randomBytes(40), notBefore }
}

export function conversationsContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} as a store of conversations`, () => {
    let opened: Opened
    let store: Conversations
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.done())

    it('gives back what was committed, with its revision', async () => {
      const one = id()
      expect(await store.load(one)).toBeUndefined()
      const first = turn(one, 0)
      expect(await store.commit(first)).toBe('committed')
      const second = turn(one, 1, { at: 2_000 })
      expect(await store.commit(second)).toBe('committed')
      const loaded = await store.load(one)
      expect(loaded).toMatchObject({ id: one, keyId: second.keyId, revision: 2, touchedAt: 2_000 })
      expect(Buffer.from(loaded?.sealed ?? []).equals(Buffer.from(second.sealed))).toBe(true)
    })

    it('moves a conversation with all that is its own to a newer name, in the same write', async () => {
      const [old, newer] = [id(), id()]
      const keyId = keyOf(old)
      const waits = item(5_000)
      await store.commit(
        turn(old, 0, { named: 1, outbox: [waits], marks: [{ at: 1, sealed: randomBytes(9) }] }),
      )
      expect(await store.namedBefore(2)).toBe(true)
      const move = { keyId, was: old, named: 2 }
      expect(await store.commit(turn(newer, 0, move))).toBe('stale')
      expect(await store.commit(turn(newer, 1, move))).toBe('committed')
      expect(await store.load(old)).toBeUndefined()
      expect(await store.load(newer)).toMatchObject({ id: newer, keyId, revision: 2 })
      expect([await store.waiting(newer), (await store.marks(newer)).length]).toEqual([1, 1])
      expect(await store.nameOf(keyId)).toBe(newer)
      expect(await store.namedBefore(2)).toBe(false)
      const [claimed] = await store.claimDue(9_000, 9, LEASE)
      expect(claimed).toMatchObject({ id: newer, items: [{ id: waits.id }] })
      await store.erase(newer)
      expect(await store.nameOf(keyId)).toBeUndefined()
    })

    it('leaves a conversation its name while a delivery of it is under way, and where the newer one is taken', async () => {
      const [old, newer, other] = [id(), id(), id()]
      const move = { keyId: keyOf(old), was: old, named: 2 }
      await store.commit(turn(old, 0, { outbox: [item()] }))
      await store.commit(turn(other, 0))
      expect(await store.commit(turn(other, 1, move))).toBe('stale')
      const [claimed] = await store.claimDue(1_000, 9, LEASE)
      const seen = randomBytes(16)
      expect(await store.commit(turn(newer, 1, { ...move, seen }))).toBe('held')
      expect(await store.load(old)).toMatchObject({ revision: 1 })
      const done = claimed?.items.map((one) => one.id) ?? []
      expect(await store.settle(old, { fence: claimed?.fence ?? 0, done })).toBe('held')
      expect(await store.commit(turn(newer, 1, { ...move, seen }))).toBe('committed')
      expect(await store.commit(turn(newer, 2, { keyId: keyOf(old), seen }))).toBe('duplicate')
    })

    it('drops the counters of weeks and months that are over for so long, and no other', async () => {
      const old = ['heard.tier1.en.2025-W52', 'stat.contact.en.2025-12', 'stat.gap.legal.demo/XV01.2024-01']
      const counts = ['heard.tier1.en.2026-W01', 'heard.tier1.en', 'a.b-W01', 'stat.contact.en.2026-01']
      await store.commit(turn(id(), 0, { counts: [...old, ...counts] }))
      await store.pruneCounts({ week: '2026-W01', month: '2026-01' })
      expect((await store.counts()).map((count) => count.name)).toEqual(counts.toSorted())
    })

    it('names conversations whose last turn is in the future, and when the last of all was', async () => {
      expect(await store.lastTouched()).toBeUndefined()
      const [now, later] = [id(), id()]
      await store.commit(turn(now, 0, { at: 1_000 }))
      await store.commit(turn(later, 0, { at: 9_000 }))
      expect(await store.ahead(1_000)).toEqual([{ id: later, keyId: keyOf(later) }])
      expect(await store.ahead(9_000)).toEqual([])
      expect(await store.lastTouched()).toBe(9_000)
    })

    it('drops messages that wait, and keeps what is for the desk or deletes', async () => {
      const one = id()
      const [message, desk] = [item(), { ...item(2_000), kind: 'case' as const }]
      await store.commit(turn(one, 0, { outbox: [message, desk] }))
      await store.commit(turn(id(), 0, { outbox: [item()] }))
      await store.dropWaitingMessages()
      expect(await store.nextDue()).toBe(2_000)
      const claimed = await store.claimDue(2_000, 9, LEASE)
      expect(claimed.map(({ items }) => items.map((each) => each.id))).toEqual([[desk.id]])
    })

    it('lets one of two turns win that read the same revision', async () => {
      const one = id()
      await store.commit(turn(one, 0))
      const outcomes = await Promise.all([store.commit(turn(one, 1)), store.commit(turn(one, 1))])
      expect(outcomes.toSorted()).toEqual(['committed', 'stale'])
      expect((await store.load(one))?.revision).toBe(2)
    })

    it('lets one of two first turns win', async () => {
      const one = id()
      const outcomes = await Promise.all([store.commit(turn(one, 0)), store.commit(turn(one, 0))])
      expect(outcomes.toSorted()).toEqual(['committed', 'stale'])
    })

    it('takes the same event once, whatever revision it names', async () => {
      const one = id()
      const seen = randomBytes(16)
      expect(await store.commit(turn(one, 0, { seen, outbox: [item()] }))).toBe('committed')
      expect(await store.commit(turn(one, 1, { seen, outbox: [item()] }))).toBe('duplicate')
      expect(await store.commit(turn(one, 0, { seen, outbox: [item()] }))).toBe('duplicate')
      expect(await store.waiting(one)).toBe(1)
      expect(await store.commit(turn(id(), 0, { seen }))).toBe('committed')
    })

    it('refuses a turn of a conversation that was erased meanwhile', async () => {
      expect(await store.commit(turn(id(), 3))).toBe('stale')
    })

    it('refuses a late turn of the former life when the person has begun anew, at the same revision', async () => {
      const one = id()
      const late = turn(one, 1, { outbox: [item()] })
      await store.commit(turn(one, 0))
      await store.erase(one)
      const anew = turn(one, 0, { keyId: keyOf(id()) })
      await store.commit(anew)
      expect(await store.commit(late)).toBe('stale')
      expect(await store.load(one)).toMatchObject({ keyId: anew.keyId, revision: 1 })
      expect(await store.waiting(one)).toBe(0)
    })

    it('delivers in the order of commits, and a later item holds back what is behind it', async () => {
      const one = id()
      const [a, b, c, d] = [item(10), item(20), item(500), item(30)]
      await store.commit(turn(one, 0, { outbox: [a, b] }))
      await store.commit(turn(one, 1, { outbox: [c, d] }))
      expect(await store.claimDue(5, 10, LEASE)).toEqual([])
      const [delivery] = await store.claimDue(100, 10, LEASE)
      expect(delivery?.items.map((one_) => one_.id)).toEqual([a.id, b.id])
      expect(await store.settle(one, { fence: delivery?.fence ?? 0, done: [a.id, b.id] })).toBe('held')
      expect(await store.claimDue(100, 10, LEASE)).toEqual([])
      const [later] = await store.claimDue(500, 10, LEASE)
      expect(later?.items.map((one_) => one_.id)).toEqual([c.id, d.id])
    })

    it('gives a conversation to one courier at a time, until its lease runs out', async () => {
      const one = id()
      const waiting = item()
      await store.commit(turn(one, 0, { outbox: [waiting] }))
      const [first] = await store.claimDue(0, 10, LEASE)
      expect(await store.claimDue(LEASE - 1, 10, LEASE)).toEqual([])
      const [second] = await store.claimDue(LEASE, 10, LEASE)
      expect(second?.items.map((one_) => one_.id)).toEqual([waiting.id])
      expect(await store.settle(one, { fence: first?.fence ?? 0, done: [waiting.id] })).toBe('lost')
      expect(await store.waiting(one)).toBe(1)
      expect(await store.settle(one, { fence: second?.fence ?? 0, done: [waiting.id] })).toBe('held')
      expect(await store.waiting(one)).toBe(0)
    })

    it('keeps the lease while items of the delivery are left', async () => {
      const one = id()
      const [a, b] = [item(), item()]
      await store.commit(turn(one, 0, { outbox: [a, b] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      const fence = delivery?.fence ?? 0
      await store.settle(one, { fence, done: [a.id] })
      expect(await store.claimDue(1, 10, LEASE)).toEqual([])
      await store.commit(turn(one, 1, { outbox: [item()] }))
      await store.settle(one, { fence, done: [b.id] })
      expect(await store.claimDue(2, 10, LEASE)).toHaveLength(1)
    })

    it('tries again when it was told to, with one attempt more', async () => {
      const one = id()
      await store.commit(turn(one, 0, { outbox: [item(), item()] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      await store.settle(one, { fence: delivery?.fence ?? 0, done: [], retry: { at: 300 } })
      expect(await store.nextDue()).toBe(300)
      expect(await store.claimDue(299, 10, LEASE)).toEqual([])
      const [again] = await store.claimDue(300, 10, LEASE)
      expect(again?.items.map(({ attempts }) => attempts)).toEqual([1, 0])
    })

    it('counts the attempt on the item that was tried, where that is not the first', async () => {
      const one = id()
      const [call, page] = [{ ...item(), kind: 'case' as const }, item()]
      await store.commit(turn(one, 0, { outbox: [call, page] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      const fence = delivery?.fence ?? 0
      await store.settle(one, { fence, done: [], retry: { at: 300, tried: page.id } })
      expect(await store.nextDue()).toBe(300)
      const [again] = await store.claimDue(300, 10, LEASE)
      expect(again?.items.map(({ attempts }) => attempts)).toEqual([0, 1])
      await store.settle(one, {
        fence: again?.fence ?? 0,
        done: [call.id],
        retry: { at: 400, tried: call.id },
      })
      const [last] = await store.claimDue(400, 10, LEASE)
      expect(last?.items.map(({ attempts }) => attempts)).toEqual([2])
    })

    it('waits without an attempt more when it was not tried', async () => {
      const one = id()
      await store.commit(turn(one, 0, { outbox: [item()] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      const retry = { at: 300, untried: true }
      await store.settle(one, { fence: delivery?.fence ?? 0, done: [], retry })
      expect(await store.claimDue(299, 10, LEASE)).toEqual([])
      const [again] = await store.claimDue(300, 10, LEASE)
      expect(again?.items.map(({ attempts }) => attempts)).toEqual([0])
    })

    it('keeps what is for the desk when the person leaves, and makes it due again with every commit', async () => {
      const one = id()
      const call = { ...item(), kind: 'case' as const }
      await store.commit(turn(one, 0, { outbox: [call] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      await store.settle(one, { fence: delivery?.fence ?? 0, done: [], retry: { at: 5_000 } })
      const last = item()
      await store.commit(turn(one, 1, { cancelWaiting: true, outbox: [last] }))
      const [next] = await store.claimDue(4_999, 10, LEASE)
      expect(next?.items.map((one_) => one_.id)).toEqual([call.id, last.id])
    })

    it('takes the lease with the commit when nothing else waits, and only then', async () => {
      const one = id()
      const lease = { fence: 77, until: 10_000_000 }
      const [a, b] = [item(), item()]
      expect(await store.commit(turn(one, 0, { outbox: [a], lease }))).toBe('leased')
      expect(await store.claimDue(1, 10, LEASE)).toEqual([])
      expect(await store.commit(turn(one, 1, { outbox: [b], lease: { ...lease, fence: 78 } }))).toBe(
        'committed',
      )
      expect(await store.settle(one, { fence: 78, done: [a.id] })).toBe('lost')
      expect(await store.settle(one, { fence: 77, done: [a.id], unhurried: true })).toBe('held')
      const [next] = await store.claimDue(1_000, 10, LEASE)
      expect(next?.items.map((one_) => one_.id)).toEqual([b.id])
    })

    it('serves the longest waiting first, and no more than asked for', async () => {
      const ids = [id(), id(), id()]
      for (const [at, one] of ids.entries())
        await store.commit(turn(one, 0, { outbox: [item(30 - at * 10)] }))
      const two = await store.claimDue(100, 2, LEASE)
      expect(two.map((delivery) => delivery.id)).toEqual([ids[2], ids[1]])
    })

    it('keeps marks until they are forgotten or too old', async () => {
      const one = id()
      const mark = (at: number) => ({ at, sealed: randomBytes(50) })
      await store.commit(turn(one, 0, { marks: [mark(10), mark(20)], outbox: [item()] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      await store.settle(one, {
        fence: delivery?.fence ?? 0,
        done: [],
        marks: [mark(30)],
        forgetMarksUntil: 10,
      })
      expect((await store.marks(one)).map(({ at }) => at)).toEqual([20, 30])
      await store.prune(0, 30)
      expect((await store.marks(one)).map(({ at }) => at)).toEqual([30])
    })

    it('forgets old seen ids', async () => {
      const one = id()
      const seen = randomBytes(16)
      await store.commit(turn(one, 0, { seen, at: 100 }))
      await store.prune(100, 0)
      expect(await store.commit(turn(one, 1, { seen, at: 100 }))).toBe('duplicate')
      await store.prune(101, 0)
      expect(await store.commit(turn(one, 1, { seen, at: 200 }))).toBe('committed')
    })

    it('erases everything of one conversation and nothing of another, and again without harm', async () => {
      const [gone, stays] = [id(), id()]
      for (const one of [gone, stays])
        await store.commit(turn(one, 0, { outbox: [item()], marks: [{ at: 1, sealed: randomBytes(9) }] }))
      const [delivery] = await store.claimDue(0, 10, LEASE)
      await store.erase(gone)
      await store.erase(gone)
      expect(await store.load(gone)).toBeUndefined()
      expect(await store.waiting(gone)).toBe(0)
      expect(await store.marks(gone)).toEqual([])
      expect(await store.settle(gone, { fence: delivery?.fence ?? 0, done: [] })).toBe('lost')
      expect(await store.load(stays)).toBeDefined()
      expect(await store.waiting(stays)).toBe(1)
    })

    it('erases with a key only what has that one, and nothing that has begun anew under the same name', async () => {
      const one = id()
      await store.commit(turn(one, 0, { keyId: keyOf(one) }))
      await store.erase(one, { keyId: keyOf(one) })
      expect(await store.load(one)).toBeUndefined()
      const anew = turn(one, 0, { keyId: keyOf(id()), outbox: [item()] })
      await store.commit(anew)
      expect(await store.erase(one, { keyId: keyOf(one) })).toBe(false)
      expect([(await store.load(one))?.keyId, await store.waiting(one)]).toEqual([anew.keyId, 1])
      expect(await store.nameOf(anew.keyId)).toBe(one)
      expect(await store.erase(one, { keyId: anew.keyId })).toBe(true)
      expect([await store.load(one), await store.waiting(one)]).toEqual([undefined, 0])
    })

    it('erases with a revision only what has that one still', async () => {
      const one = id()
      await store.commit(turn(one, 0, { named: 1, outbox: [item()] }))
      await store.commit(turn(one, 1))
      expect(await store.erase(one, { revision: 1 })).toBe(false)
      expect(await store.load(one)).toMatchObject({ revision: 2 })
      expect(await store.nameOf(keyOf(one))).toBe(one)
      expect(await store.waiting(one)).toBe(1)
      expect(await store.erase(one, { revision: 2 })).toBe(true)
      expect(await store.erase(one, { revision: 2 })).toBe(true)
      expect(await store.load(one)).toBeUndefined()
      expect(await store.nameOf(keyOf(one))).toBeUndefined()
    })

    it('names the idle, oldest first, and every key in use', async () => {
      const ids = [id(), id(), id()]
      const commits = ids.map((one, at) => turn(one, 0, { at: 100 - at * 10 }))
      for (const one of commits) await store.commit(one)
      expect((await store.idle(95, 10)).map((one) => one.id)).toEqual([ids[2], ids[1]])
      expect(await store.idle(95, 1)).toHaveLength(1)
      const used: string[] = []
      for await (const row of store.keyIds()) used.push(row.keyId)
      expect(used.toSorted()).toEqual(commits.map((one) => one.keyId as string).toSorted())
    })

    it('counts in the same write, once for an event that came twice', async () => {
      const one = id()
      const seen = randomBytes(16)
      await store.commit(turn(one, 0, { seen, counts: ['heard.tier1.en', 'heard.tier1.en', 'b'] }))
      await store.commit(turn(one, 1, { seen, counts: ['b'] }))
      expect(await store.counts()).toEqual([
        { name: 'b', value: 1 },
        { name: 'heard.tier1.en', value: 2 },
      ])
    })

    it('can be cleaned', async () => {
      expect(await store.compact()).toBe(true)
    })
  })
}
