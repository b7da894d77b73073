import { randomBytes } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createGlass } from '../../src/desk/server/glass.ts'
import { createTripwire, MOST_CASES_AN_HOUR } from '../../src/desk/server/tripwire.ts'
import type { AccountId, CaseId } from '../../src/storage/cases.ts'
import { memoryAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'

/** For how long a broken glass stays open and for whom, and when opening cases is too much. */

const HALF_HOUR = 30 * 60_000
const HOUR = 60 * 60_000

const newAccount = () => randomBytes(16).toString('base64url') as AccountId
const [A, B] = [newAccount(), newAccount()]
const [ONE, TWO] = ['10000001' as CaseId, '10000002' as CaseId]

function ours() {
  let time = 1_000_000
  const clock = { now: () => time }
  const accounts = memoryAccounts()
  onTestFinished(() => accounts.close())
  return {
    accounts,
    glass: createGlass(accounts, clock),
    again: () => createGlass(accounts, clock),
    tripwire: createTripwire(accounts, clock),
    clock,
    now: clock.now,
    pass: (ms: number) => void (time += ms),
  }
}

describe('a broken glass', () => {
  test('opens this case to this account for half an hour to the millisecond', async () => {
    const { glass, now, pass } = ours()
    expect(await glass.isBroken(A, ONE)).toBe(false)
    expect(await glass.break(A, ONE)).toBe(now() + HALF_HOUR)
    pass(HALF_HOUR - 1)
    expect(await glass.isBroken(A, ONE)).toBe(true)
    expect(await glass.readers(ONE)).toEqual([A])
    pass(1)
    expect(await glass.isBroken(A, ONE)).toBe(false)
    expect(await glass.readers(ONE)).toEqual([])
    expect(await glass.of(A)).toEqual([])
  })

  test('opens no other case, and this one to nobody else', async () => {
    const { glass, now } = ours()
    await glass.break(A, ONE)
    expect([await glass.isBroken(A, TWO), await glass.isBroken(B, ONE)]).toEqual([false, false])
    expect([await glass.readers(TWO), await glass.of(B)]).toEqual([[], []])
    expect(await glass.of(A)).toEqual([{ id: ONE, until: now() + HALF_HOUR }])
  })

  test('is told by case and by account, each with its own end', async () => {
    const { glass, now, pass } = ours()
    const first = await glass.break(A, ONE)
    pass(60_000)
    await glass.break(B, ONE)
    pass(1)
    await glass.break(A, TWO)
    expect(await glass.readers(ONE)).toEqual([A, B])
    expect(await glass.of(A)).toEqual([
      { id: ONE, until: first },
      { id: TWO, until: now() + HALF_HOUR },
    ])
    pass(HALF_HOUR - 60_000 - 1)
    expect(await glass.readers(ONE)).toEqual([B])
    expect(await glass.of(A)).toEqual([{ id: TWO, until: first + 60_001 }])
  })

  test('that is broken again stays open for half an hour from then', async () => {
    const { glass, pass } = ours()
    await glass.break(A, ONE)
    pass(60_000)
    const until = await glass.break(A, ONE)
    expect(await glass.of(A)).toEqual([{ id: ONE, until }])
    pass(HALF_HOUR - 1)
    expect(await glass.isBroken(A, ONE)).toBe(true)
  })

  test('holds in every process, and after a restart until its half hour is over', async () => {
    const { glass, again, pass } = ours()
    const until = await glass.break(A, ONE)
    expect(await again().of(A)).toEqual([{ id: ONE, until }])
    pass(HALF_HOUR)
    expect(await again().isBroken(A, ONE)).toBe(false)
  })

  test('is forgotten by the store with the next sweep, and by no sweep before its end', async () => {
    const { glass, accounts, now, pass } = ours()
    await glass.break(A, ONE)
    const sweep = () => accounts.prune({ idleBefore: 0, createdBefore: 0, now: now() })
    pass(HALF_HOUR - 1)
    await sweep()
    expect(await glass.isBroken(A, ONE)).toBe(true)
    pass(1)
    await sweep()
    expect(await accounts.glass(0)).toEqual([])
  })
})

describe('the tripwire', () => {
  const caseOf = (n: number) => String(20_000_000 + n) as CaseId
  async function open(
    { tripwire }: Pick<ReturnType<typeof ours>, 'tripwire'>,
    by: AccountId,
    first: number,
    count: number,
  ) {
    const heard: string[] = []
    for (let n = 0; n < count; n += 1) heard.push(await tripwire.opens(by, caseOf(first + n)))
    return new Set(heard)
  }
  const MORE = caseOf(1_000)

  test('lets thirty different cases pass in an hour, and trips at the next', async () => {
    const wire = ours()
    expect(await open(wire, A, 0, MOST_CASES_AN_HOUR)).toEqual(new Set(['first']))
    expect(MOST_CASES_AN_HOUR).toBe(30)
    expect(await wire.tripwire.opens(A, MORE)).toBe('tripped')
  })

  test('does not count a case twice that is opened again', async () => {
    const wire = ours()
    await open(wire, A, 0, MOST_CASES_AN_HOUR)
    expect(await open(wire, A, 0, MOST_CASES_AN_HOUR)).toEqual(new Set(['known']))
    expect(await wire.tripwire.opens(A, MORE)).toBe('tripped')
  })

  test('forgets a case an hour after it was first opened, not before', async () => {
    const wire = ours()
    expect(await wire.tripwire.opens(A, ONE)).toBe('first')
    wire.pass(HOUR - 1)
    expect(await wire.tripwire.opens(A, ONE)).toBe('known')
    wire.pass(1)
    expect(await wire.tripwire.opens(A, ONE)).toBe('first')
  })

  test('forgets only those that were opened an hour ago', async () => {
    const wire = ours()
    await open(wire, A, 0, 20)
    wire.pass(HOUR - 1)
    await open(wire, A, 20, 10)
    wire.pass(1)
    expect(await open(wire, A, 30, 20)).toEqual(new Set(['first']))
    expect(await wire.tripwire.opens(A, MORE)).toBe('tripped')
  })

  test('counts each account by itself', async () => {
    const wire = ours()
    await open(wire, A, 0, MOST_CASES_AN_HOUR)
    expect(await wire.tripwire.opens(B, caseOf(0))).toBe('first')
    expect(await wire.tripwire.opens(B, MORE)).toBe('first')
  })

  test('begins anew once it has tripped', async () => {
    const wire = ours()
    await open(wire, A, 0, MOST_CASES_AN_HOUR + 1)
    expect(await wire.tripwire.opens(A, caseOf(0))).toBe('first')
  })

  test('counts in all processes together', async () => {
    const wire = ours()
    const other = { tripwire: createTripwire(wire.accounts, wire.clock) }
    await open(wire, A, 0, MOST_CASES_AN_HOUR - 1)
    expect(await other.tripwire.opens(A, caseOf(0))).toBe('known')
    expect(await other.tripwire.opens(A, ONE)).toBe('first')
    expect(await wire.tripwire.opens(A, TWO)).toBe('tripped')
  })

  test('is not kept in the store beyond the sweep that comes after its hour', async () => {
    const wire = ours()
    await wire.tripwire.opens(A, ONE)
    const sweep = () => wire.accounts.prune({ idleBefore: 0, createdBefore: 0, now: wire.now() })
    /** As if the clock had gone back: what is there still is known then, whatever its time. */
    const isThere = async () =>
      (await wire.accounts.noteOpening({ account: A, id: ONE, until: 1 }, 0, 0)) === 'known'
    wire.pass(HOUR - 1)
    await sweep()
    expect(await isThere()).toBe(true)
    wire.pass(1)
    await sweep()
    expect(await isThere()).toBe(false)
  })
})
