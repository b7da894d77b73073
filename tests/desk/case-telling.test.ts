import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '../../src/desk/server/staff.ts'
import type { QueueEntry } from '../../src/handoff/handoff.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { type Room, startRoom } from './start-room.ts'

/** Who hears what when a case changes, and when it is only a line of the queue. */

let ours: Room
let worker: Member
let other: Member
let supervisor: Member
/** What the handoff says of a case beyond what the stub knows. */
let more: Partial<QueueEntry>
/** Asked for each look at a case; it may hold it up or fail. */
let look: (id: CaseId) => Promise<void>

const BOTH = ['caseworker', 'supervisor']
const FOR_ALL = { kind: 'queue', roles: BOTH }
const FOR_WATCHERS = { kind: 'queue', roles: ['supervisor'] }

beforeEach(async () => {
  more = {}
  look = async () => {}
  ours = startRoom((cases) => ({
    async find(id) {
      await look(id)
      const entry = await cases.find(id)
      return entry === undefined ? undefined : { ...entry, ...more }
    },
  }))
  worker = await ours.member('caseworker', 'Worker')
  other = await ours.member('caseworker', 'Other')
  supervisor = await ours.member('supervisor', 'Super')
})
afterEach(() => ours.stop())

async function caseOf(add: Partial<QueueEntry>, ...readers: Member[]): Promise<CaseId> {
  const id = ours.cases.add(add)
  for (const one of readers) expect(await ours.room.read(id, one, 0)).toMatchObject({ case: { id } })
  await ours.heard()
  return id
}
/** Something of this case changed, and the handoff says so. */
async function changes(id: CaseId): Promise<object[]> {
  ours.cases.say(id, 'words')
  return ours.heard()
}

describe('a change of a case', () => {
  test('is told to its holder, to whom it is offered, and to whoever reads it through the glass', async () => {
    const id = await caseOf({ holder: worker.id, offeredTo: other.id, state: 'offered' })
    await ours.glass.break(supervisor.id, id)
    expect(await changes(id)).toEqual([
      { kind: 'case', id, to: [worker.id, other.id, supervisor.id] },
      FOR_WATCHERS,
    ])
  })

  test('of which its line of the queue says nothing is told to the holder and the supervisors alone', async () => {
    const id = await caseOf({ holder: worker.id })
    more = { unanswered: 3, presence: 'away' }
    expect(await changes(id)).toEqual([{ kind: 'case', id, to: [worker.id] }, FOR_WATCHERS])
  })

  test.each<[string, () => Partial<QueueEntry>]>([
    ['state', () => ({ state: 'offered' })],
    ['holder', () => ({ holder: other.id })],
    ['offer', () => ({ offeredTo: other.id })],
    ['urgency', () => ({ urgency: 'danger' as QueueEntry['urgency'] })],
  ])('that gives it another %s is told to all, once', async (_, another) => {
    const id = await caseOf({ holder: worker.id })
    more = another()
    expect((await changes(id)).at(-1)).toEqual(FOR_ALL)
    expect((await changes(id)).at(-1)).toEqual(FOR_WATCHERS)
  })

  test('is told to all each time while nobody has it, and is no case for anybody then', async () => {
    const id = await caseOf({})
    expect(await changes(id)).toEqual([FOR_ALL])
    expect(await changes(id)).toEqual([FOR_ALL])
  })

  test('that says it is not there is told to all each time, and fails nothing', async () => {
    const id = '99999999' as CaseId
    expect([await changes(id), await changes(id)]).toEqual([[FOR_ALL], [FOR_ALL]])
    expect(ours.logged()).toEqual([])
  })

  test('is told in order, however long it takes to look at it', async () => {
    const [first, second] = [await caseOf({ holder: worker.id }), await caseOf({ holder: worker.id })]
    const gate = Promise.withResolvers<void>()
    look = (id) => (id === first ? gate.promise : Promise.resolve())
    ours.cases.say(first, 'words')
    expect(await changes(second)).toEqual([])
    gate.resolve()
    const to = [worker.id]
    expect(await ours.heard()).toEqual([
      { kind: 'case', id: first, to },
      FOR_WATCHERS,
      { kind: 'case', id: second, to },
      FOR_WATCHERS,
    ])
  })

  test('that cannot be looked at is logged, and the next is told all the same', async () => {
    const id = await caseOf({ holder: worker.id })
    look = () => Promise.reject(new RangeError('words of hers'))
    expect(await changes(id)).toEqual([])
    expect(ours.logged()).toMatchObject([{ event: 'desk.failed', error: { class: 'RangeError' } }])
    expect(JSON.stringify(ours.logged())).not.toContain('words of hers')
    look = async () => {}
    expect(await changes(id)).toEqual([{ kind: 'case', id, to: [worker.id] }, FOR_WATCHERS])
  })

  test('is told to nobody once the room is stopped', async () => {
    const id = await caseOf({ holder: worker.id })
    ours.room.stop()
    expect(await changes(id)).toEqual([])
  })
})

describe('whoever read a case', () => {
  test('is told that it is lost when it is a colleague’s now, once and alone', async () => {
    const id = await caseOf({ holder: worker.id, offeredTo: other.id, state: 'offered' }, worker, other)
    await ours.cases.accept(id, other.id, 5)
    expect(await ours.heard()).toEqual([
      { kind: 'lost', id, to: [worker.id] },
      { kind: 'case', id, to: [other.id] },
      FOR_ALL,
    ])
    expect(await changes(id)).toEqual([{ kind: 'case', id, to: [other.id] }, FOR_WATCHERS])
  })

  test('is told that it is lost when the half hour of the glass is over', async () => {
    const id = await caseOf({ holder: worker.id })
    await ours.glass.break(supervisor.id, id)
    await ours.room.read(id, supervisor, 0)
    ours.pass(30 * 60_000)
    expect((await changes(id))[0]).toEqual({ kind: 'lost', id, to: [supervisor.id] })
  })

  test('is not told so once they laid it away themselves', async () => {
    const id = await caseOf({ holder: worker.id }, worker)
    ours.room.lays(id, worker.id)
    await ours.cases.release(id, worker.id)
    expect(await ours.heard()).toEqual([FOR_ALL])
  })

  test('is nobody who asked for it and was refused', async () => {
    const id = await caseOf({ holder: worker.id })
    expect(await ours.room.read(id, other, 0)).toBe('gone')
    expect(await changes(id)).toEqual([{ kind: 'case', id, to: [worker.id] }, FOR_WATCHERS])
    ours.cases.remove(id)
    expect(await ours.heard()).toEqual([FOR_ALL])
  })

  test('is told at once that it is withdrawn, before anything is looked at, and not that it is lost', async () => {
    const id = await caseOf({ holder: worker.id, offeredTo: other.id, state: 'offered' }, worker, other)
    ours.cases.remove(id)
    expect(ours.told).toEqual([{ kind: 'withdrawn', id, to: [worker.id, other.id] }])
    expect((await ours.heard()).slice(1)).toEqual([FOR_ALL])
    ours.cases.remove(id)
    expect(await ours.heard()).toEqual([FOR_ALL])
  })

  test('is told nothing of the withdrawal of a case that nobody reads', async () => {
    const read = await caseOf({ holder: worker.id }, worker)
    const unread = await caseOf({ holder: worker.id })
    ours.cases.remove(unread)
    expect(await ours.heard()).toEqual([FOR_ALL])
    ours.cases.remove(read)
    expect((await ours.heard())[0]).toEqual({ kind: 'withdrawn', id: read, to: [worker.id] })
  })

  test('hears that a case was withdrawn although it was found gone before', async () => {
    const id = await caseOf({ holder: worker.id }, worker)
    await ours.cases.close(id, worker.id, 'helped')
    expect(await ours.heard()).toEqual([{ kind: 'lost', id, to: [worker.id] }, FOR_ALL, FOR_ALL])
    expect(await changes(id)).toEqual([FOR_ALL])
    ours.cases.remove(id)
    expect(await ours.heard()).toEqual([{ kind: 'withdrawn', id, to: [worker.id] }, FOR_ALL])
    ours.cases.remove(id)
    expect(await ours.heard()).toEqual([FOR_ALL])
  })

  test('hears so for the last hundred cases that were found gone', async () => {
    const ids: CaseId[] = []
    for (let n = 0; n < 102; n += 1) {
      ids.push(await caseOf({ holder: worker.id }, worker))
      ours.pass(3_600_000)
    }
    const close = async (some: CaseId[]) => {
      for (const id of some) await ours.cases.close(id, worker.id, 'helped')
      await ours.heard()
    }
    const withdraw = async (id: CaseId | undefined) => {
      if (id !== undefined) ours.cases.remove(id)
      return (await ours.heard())[0]
    }
    await close(ids.slice(0, 100))
    const [first, second, third] = ids
    expect(await withdraw(first)).toEqual({ kind: 'withdrawn', id: first, to: [worker.id] })
    await close(ids.slice(100))
    expect(await withdraw(second)).toEqual(FOR_ALL)
    expect(await withdraw(third)).toEqual({ kind: 'withdrawn', id: third, to: [worker.id] })
    expect(await withdraw(ids.at(-1))).toEqual({ kind: 'withdrawn', id: ids.at(-1), to: [worker.id] })
  })
})
