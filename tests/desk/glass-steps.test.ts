import { describe, expect, test } from 'vitest'
import { createGlass } from '../../src/desk/server/glass.ts'
import { createTripwire, MOST_CASES_AN_HOUR } from '../../src/desk/server/tripwire.ts'

/** For how long a broken glass stays open and for whom, and when opening cases is too much. */

const HALF_HOUR = 30 * 60_000
const HOUR = 60 * 60_000

function ours() {
  let time = 1_000_000
  const clock = { now: () => time }
  return {
    glass: createGlass(clock),
    tripwire: createTripwire(clock),
    now: clock.now,
    pass: (ms: number) => void (time += ms),
  }
}

describe('a broken glass', () => {
  test('opens this case to this account for half an hour to the millisecond', () => {
    const { glass, now, pass } = ours()
    expect(glass.isBroken('a', '1')).toBe(false)
    expect(glass.break('a', '1')).toBe(now() + HALF_HOUR)
    pass(HALF_HOUR - 1)
    expect(glass.isBroken('a', '1')).toBe(true)
    expect(glass.readers('1')).toEqual(['a'])
    pass(1)
    expect(glass.isBroken('a', '1')).toBe(false)
    expect(glass.readers('1')).toEqual([])
    expect(glass.of('a')).toEqual([])
  })

  test('opens no other case, and this one to nobody else', () => {
    const { glass, now } = ours()
    glass.break('a', '1')
    expect([glass.isBroken('a', '2'), glass.isBroken('b', '1')]).toEqual([false, false])
    expect([glass.readers('2'), glass.of('b')]).toEqual([[], []])
    expect(glass.of('a')).toEqual([{ id: '1', until: now() + HALF_HOUR }])
  })

  test('is told by case and by account, each with its own end', () => {
    const { glass, now, pass } = ours()
    const first = glass.break('a', '1')
    pass(60_000)
    glass.break('b', '1')
    glass.break('a', '2')
    expect(glass.readers('1')).toEqual(['a', 'b'])
    expect(glass.of('a')).toEqual([
      { id: '1', until: first },
      { id: '2', until: now() + HALF_HOUR },
    ])
    pass(HALF_HOUR - 60_000)
    expect(glass.readers('1')).toEqual(['b'])
    expect(glass.of('a')).toEqual([{ id: '2', until: first + 60_000 }])
  })

  test('that is broken again stays open for half an hour from then', () => {
    const { glass, pass } = ours()
    glass.break('a', '1')
    pass(60_000)
    const until = glass.break('a', '1')
    expect(glass.of('a')).toEqual([{ id: '1', until }])
    pass(HALF_HOUR - 1)
    expect(glass.isBroken('a', '1')).toBe(true)
  })

  test('closes for an account with every case of it, and stays open for others', () => {
    const { glass } = ours()
    glass.break('a', '1')
    glass.break('b', '1')
    glass.break('a', '2')
    glass.closeFor('a')
    expect([glass.of('a'), glass.isBroken('a', '1'), glass.isBroken('a', '2')]).toEqual([[], false, false])
    expect(glass.readers('1')).toEqual(['b'])
  })
})

describe('the tripwire', () => {
  const open = (wire: ReturnType<typeof ours>, account: string, from: number, count: number) =>
    Array.from({ length: count }, (_, n) => wire.tripwire.opens(account, `case ${from + n}`))

  test('lets thirty different cases pass in an hour, and trips at the next', () => {
    const wire = ours()
    expect(new Set(open(wire, 'a', 0, MOST_CASES_AN_HOUR))).toEqual(new Set(['first']))
    expect(MOST_CASES_AN_HOUR).toBe(30)
    expect(wire.tripwire.opens('a', 'one more')).toBe('tripped')
  })

  test('does not count a case twice that is opened again', () => {
    const wire = ours()
    open(wire, 'a', 0, MOST_CASES_AN_HOUR)
    expect(new Set(open(wire, 'a', 0, MOST_CASES_AN_HOUR))).toEqual(new Set(['known']))
    expect(wire.tripwire.opens('a', 'one more')).toBe('tripped')
  })

  test('forgets a case an hour after it was first opened, not before', () => {
    const wire = ours()
    expect(wire.tripwire.opens('a', 'case')).toBe('first')
    wire.pass(HOUR - 1)
    expect(wire.tripwire.opens('a', 'case')).toBe('known')
    wire.pass(1)
    expect(wire.tripwire.opens('a', 'case')).toBe('first')
  })

  test('forgets only those that were opened an hour ago', () => {
    const wire = ours()
    open(wire, 'a', 0, 20)
    wire.pass(HOUR - 1)
    open(wire, 'a', 20, 10)
    wire.pass(1)
    expect(new Set(open(wire, 'a', 30, 20))).toEqual(new Set(['first']))
    expect(wire.tripwire.opens('a', 'one more')).toBe('tripped')
  })

  test('counts each account by itself', () => {
    const wire = ours()
    open(wire, 'a', 0, MOST_CASES_AN_HOUR)
    expect(wire.tripwire.opens('b', 'case 0')).toBe('first')
    expect(wire.tripwire.opens('b', 'one more')).toBe('first')
  })

  test('begins anew once it has tripped', () => {
    const wire = ours()
    open(wire, 'a', 0, MOST_CASES_AN_HOUR + 1)
    expect(wire.tripwire.opens('a', 'case 0')).toBe('first')
  })
})
