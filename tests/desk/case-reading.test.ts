import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '../../src/desk/server/staff.ts'
import { MOST_CASES_AN_HOUR } from '../../src/desk/server/tripwire.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { moment, type Room, startRoom } from './start-room.ts'

/** Who is handed which case, in whose name it is fetched, and what of that is written down. */

let ours: Room
let worker: Member
let other: Member
let supervisor: Member
const asked: string[] = []
/** When set, the words of a case come only once it resolves. */
let held: Promise<void> | undefined
/** When set, the handoff has no words for anybody. */
let isSilent = false

beforeEach(async () => {
  asked.length = 0
  held = undefined
  isSilent = false
  ours = startRoom(({ thread }) => ({
    async thread(id, by, after) {
      asked.push(by)
      const entries = await thread(id, by, after)
      await held
      return isSilent ? undefined : entries
    },
  }))
  worker = await ours.member('caseworker', 'Worker')
  other = await ours.member('caseworker', 'Other')
  supervisor = await ours.member('supervisor', 'Super')
})
afterEach(() => ours.stop())

const words = (reading: Awaited<ReturnType<Room['room']['read']>>) =>
  typeof reading === 'string' ? reading : reading.entries.map((entry) => 'text' in entry && entry.text)
const read = async (id: CaseId, by: Member, after = 0) => words(await ours.room.read(id, by, after))
function caseWith(more: Parameters<Room['cases']['add']>[0]): CaseId {
  const id = ours.cases.add(more)
  ours.cases.say(id, 'one')
  ours.cases.say(id, 'two')
  return id
}

describe('a caseworker', () => {
  test('reads an own case, as it stands in the queue, with what is new', async () => {
    const id = caseWith({ holder: worker.id })
    expect(await ours.room.read(id, worker, 1)).toEqual({
      case: await ours.cases.find(id),
      entries: (await ours.cases.thread(id, worker.id, 1)) ?? [],
    })
    expect(await read(id, worker, 1)).toEqual(['two'])
    expect(asked).toEqual([worker.id, worker.id])
  })

  test('reads one that is offered to them, in their own name', async () => {
    const id = caseWith({ holder: other.id, offeredTo: worker.id, state: 'offered' })
    expect(await read(id, worker)).toEqual(['one', 'two'])
    expect(asked).toEqual([worker.id])
  })

  test.each(['of a colleague', 'that waits', 'with a broken glass'])('reads no case %s', async (which) => {
    const id = caseWith(which === 'that waits' ? {} : { holder: other.id })
    if (which === 'with a broken glass') await ours.glass.break(worker.id, id)
    expect(await read(id, worker)).toBe('gone')
    expect(asked).toEqual([])
    expect(await ours.audited()).toEqual([`${worker.id} case.open ${id} gone`])
  })

  test('reads no case that is not there, and that is audited each time', async () => {
    const id = '99999999' as CaseId
    expect([await read(id, worker), await read(id, worker)]).toEqual(['gone', 'gone'])
    const line = `${worker.id} case.open 99999999 gone`
    expect(await ours.audited()).toEqual([line, line])
  })

  test('reads nothing where the handoff has no words for them', async () => {
    const id = caseWith({ holder: worker.id })
    isSilent = true
    expect(await read(id, worker)).toBe('gone')
    expect(asked).toEqual([worker.id])
    expect(await ours.audited()).toEqual([`${worker.id} case.open ${id} gone`])
  })

  test('is audited once an hour for a case that they read again and again', async () => {
    const id = caseWith({ holder: worker.id })
    const line = `${worker.id} case.open ${id} done`
    await read(id, worker)
    expect(await ours.audited()).toEqual([line])
    await read(id, worker)
    ours.pass(3_600_000 - 1)
    await read(id, worker)
    expect(await ours.audited()).toEqual([])
    ours.pass(1)
    await read(id, worker)
    expect(await ours.audited()).toEqual([line])
  })
})

describe('a supervisor', () => {
  test('reads through a broken glass in the name of the holder, and no other case', async () => {
    const id = caseWith({ holder: worker.id })
    expect(await read(id, supervisor)).toBe('gone')
    await ours.glass.break(supervisor.id, id)
    expect(await read(id, supervisor)).toEqual(['one', 'two'])
    expect(asked).toEqual([worker.id])
    expect(await read(caseWith({ holder: worker.id }), supervisor)).toBe('gone')
  })

  test('reads in the name of whom it is offered to where nobody holds it', async () => {
    const id = caseWith({ offeredTo: other.id })
    await ours.glass.break(supervisor.id, id)
    expect(await read(id, supervisor)).toEqual(['one', 'two'])
    expect(asked).toEqual([other.id])
  })

  test('reads no case that nobody has, glass or not, and none of their own without it', async () => {
    const waiting = caseWith({})
    await ours.glass.break(supervisor.id, waiting)
    expect(await read(waiting, supervisor)).toBe('gone')
    expect(await read(caseWith({ holder: supervisor.id }), supervisor)).toBe('gone')
    expect(asked).toEqual([])
  })

  test.each(['administrator', 'auditor'] as const)(
    'reads nothing any more once they are %s',
    async (role) => {
      const id = caseWith({ holder: worker.id })
      await ours.glass.break(supervisor.id, id)
      expect(await read(id, { ...supervisor, role })).toBe('gone')
      expect(await read(caseWith({ holder: supervisor.id }), { ...supervisor, role })).toBe('gone')
    },
  )
})

describe('words that are fetched while the case goes', () => {
  test.each([
    ['is withdrawn', async (id: CaseId) => ours.cases.remove(id)],
    ['is laid away', async (id: CaseId) => ours.room.lays(id, worker.id)],
    ['is given back', async (id: CaseId) => ours.cases.release(id, worker.id)],
  ])('are not handed out when it %s meanwhile', async (_, goes) => {
    const id = caseWith({ holder: worker.id })
    const gate = Promise.withResolvers<void>()
    held = gate.promise
    const reading = ours.room.read(id, worker, 0)
    while (asked.length === 0) await moment()
    await goes(id)
    await moment()
    gate.resolve()
    expect(await reading).toBe('gone')
    expect((await ours.audited()).at(-1)).toBe(`${worker.id} case.open ${id} gone`)
  })

  test('are handed out when a colleague lays it away meanwhile, or they did before', async () => {
    const id = caseWith({ holder: worker.id })
    ours.room.lays(id, worker.id)
    const gate = Promise.withResolvers<void>()
    held = gate.promise
    const reading = ours.room.read(id, worker, 0)
    while (asked.length === 0) await moment()
    ours.room.lays(id, other.id)
    gate.resolve()
    expect(words(await reading)).toEqual(['one', 'two'])
  })
})

describe('whoever opens more cases than anybody answers', () => {
  test('is disabled, loses the cases, and it is told, logged and audited', async () => {
    const kept = ours.cases.add({ holder: worker.id })
    const offered = ours.cases.add({ holder: other.id, offeredTo: worker.id, state: 'offered' })
    const theirs = ours.cases.add({ holder: other.id })
    for (let n = 0; n < MOST_CASES_AN_HOUR; n += 1)
      expect(await read(String(20_000_000 + n) as CaseId, worker)).toBe('gone')
    await ours.audited()
    await ours.heard()
    expect(await read(kept, worker)).toBe('tripped')
    expect(asked).toEqual([])
    expect((await ours.accounts.account(worker.id))?.disabled).toBe(true)
    expect((await ours.heard()).slice(0, 2)).toEqual([
      { ended: worker.id, secret: undefined },
      { kind: 'tripwire', id: worker.id, name: 'Worker', roles: ['supervisor', 'administrator'] },
    ])
    expect(ours.logged().map(({ event }) => event)).toEqual(['desk.tripwire'])
    expect(await ours.audited()).toEqual([
      `${worker.id} tripwire ${worker.id} done`,
      `desk case.release ${kept} done`,
      `desk case.reject ${offered} done`,
    ])
    expect((await ours.cases.find(kept))?.holder).toBeUndefined()
    expect(await ours.cases.find(offered)).toMatchObject({ holder: other.id, offeredTo: undefined })
    expect((await ours.cases.find(theirs))?.holder).toBe(other.id)
  })
})
