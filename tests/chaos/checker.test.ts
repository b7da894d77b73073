import { describe, expect, it } from 'vitest'
import { check, VIOLATIONS } from './checker.ts'
import { type Event, historyIn, type Unclocked } from './history.ts'

/** The checker is shown histories that are bad in one way each, and finds that and nothing else. */
const ONE = 'p1'
const A = 'r1#1'
const B = 'r2#1'

let n = 0
let at = 0
const said = (text: string, more: Partial<Extract<Event, { kind: 'said' }>> = {}): Unclocked => {
  n += 1
  return { kind: 'said', person: ONE, n, text, reads: [`${text}!`], ...more }
}
const taken = (by = A): Unclocked => ({ kind: 'taken', person: ONE, n, by })
const shown = (text: string, by = A): Unclocked => ({ kind: 'shown', person: ONE, text: `${text}!`, by })
const turn = (text: string, by = A) => [said(text), taken(by), shown(text, by)]

/** Each event a second after the one before, unless it says when. */
function history(...events: (Unclocked | Unclocked[])[]): Event[] {
  return events.flat().map((event) => {
    at += 1_000
    return { at, ...event }
  })
}
const foundIn = (...events: (Unclocked | Unclocked[])[]) =>
  check(history(...events)).found.map(({ what }) => what)

describe('a history in which nothing went wrong', () => {
  it('has no violation, with kills, leaving, erasing and a case in it', () => {
    n = at = 0
    const { found, counts } = check(
      history(
        turn('hello'),
        { kind: 'killed', process: B },
        turn('rights'),
        said('talk', { asks: 'case' }),
        taken(),
        shown('talk'),
        said('exit', { asks: 'exit' }),
        taken(),
        shown('exit'),
        turn('blue cup'),
        { kind: 'case', person: ONE, case: '1' },
      ),
    )
    expect(found).toEqual([])
    expect(counts).toMatchObject({ messages: 5, turns: 5, kills: 1, exits: 1, cases: 1 })
  })

  it('may have a send twice across what kept its sender from writing it down, and says which', () => {
    const causes: Unclocked[] = [
      { kind: 'killed', process: A },
      { kind: 'paused', process: A, until: 1e6 },
      { kind: 'faulted', process: 'r1', line: 'platform', how: 'cut', until: 1e6 },
      { kind: 'faulted', process: '*', line: 'data', how: 'failover', until: 1e6 },
    ]
    const repeats = causes.map((cause) => check(history(turn('rights'), cause, shown('rights', B))))
    expect(repeats.flatMap(({ found }) => found)).toEqual([])
    expect(
      repeats.map(({ counts }) => Object.entries(counts.repeats).find(([, count]) => count > 0)),
    ).toEqual([
      ['kill', 1],
      ['pause', 1],
      ['answerLost', 1],
      ['storeAway', 1],
    ])
  })

  it('may lose what she had asked for when she left, and have one send under way then', () => {
    expect(foundIn(said('rights'), taken(), said('exit', { asks: 'exit' }), taken(), shown('exit'))).toEqual(
      [],
    )
    expect(
      foundIn(
        said('rights'),
        taken(),
        said('exit', { asks: 'exit' }),
        taken(),
        shown('exit'),
        shown('rights'),
      ),
    ).toEqual([])
  })

  it('reads the same from its lines', () => {
    const events = history(turn('hello'), { kind: 'ended', isWaiting: false })
    expect(historyIn(events.map((event) => `${JSON.stringify(event)}\n`).join(''))).toEqual(events)
  })
})

const FOUND: Record<(typeof VIOLATIONS)[number], () => (Unclocked | Unclocked[])[]> = {
  lost: () => [turn('hello'), said('rights'), taken(), turn('health')],
  neverTaken: () => [turn('hello'), said('rights')],
  reordered: () => {
    const first = [said('rights'), taken()]
    return [turn('hello'), first, turn('health'), shown('rights')]
  },
  repeated: () => [turn('hello'), shown('hello', B)],
  afterExit: () => {
    const first = [said('rights'), taken(), said('health'), taken()]
    const leaves = [said('exit', { asks: 'exit' }), taken(), shown('exit')]
    return [first, leaves, shown('rights'), shown('health')]
  },
  afterWipe: () => [
    said('rights'),
    taken(),
    said('yes', { asks: 'wipe' }),
    shown('yes'),
    taken(),
    shown('rights'),
  ],
  notErased: () => [
    said('yes', { asks: 'wipe' }),
    taken(),
    shown('yes'),
    { kind: 'remains', person: ONE, what: 'key' },
  ],
  casesTwice: () => [
    said('talk', { asks: 'case' }),
    taken(),
    shown('talk'),
    { kind: 'case', person: ONE, case: '1' },
    { kind: 'case', person: ONE, case: '2' },
  ],
  casesLost: () => [said('talk', { asks: 'case' }), taken(), shown('talk')],
  unexpected: () => [turn('hello'), shown('what nobody asked for')],
}

describe('a bad history', () => {
  it.each(VIOLATIONS)('%s is found, and nothing else', (what) => {
    expect(foundIn(...FOUND[what]())).toEqual([what])
  })

  it('is found where only one of many people is hurt, and says who and when', () => {
    const others = history(turn('hello'), turn('rights')).map(
      (event) => ({ ...event, person: 'p2' }) as Event,
    )
    const hers = history(said('rights'), taken())
    expect(check([...others, ...hers]).found).toEqual([
      { what: 'lost', person: ONE, at: hers[0]?.at, text: 'rights' },
    ])
  })

  it('has no excuse in the trouble of another process, nor in one that was over long before', () => {
    const killed: Unclocked = { kind: 'killed', process: B }
    expect(foundIn(turn('hello'), killed, shown('hello', B))).toEqual(['repeated'])
    const early: Unclocked = { kind: 'faulted', process: 'r1', line: 'platform', how: 'cut', until: 0 }
    expect(foundIn(early, turn('hello'), shown('hello', B))).toEqual(['repeated'])
  })

  it('finds a page of before that comes when she is back, and one long after she left', () => {
    const before = [said('rights'), taken()]
    const left = [said('exit', { asks: 'exit' }), taken(), shown('exit')]
    const events = history(before, left, turn('blue cup'), shown('rights'))
    const late = events.map((event, place) =>
      place === events.length - 1 ? { ...event, at: event.at + 60_000 } : event,
    )
    expect(check(late).found.map(({ what }) => what)).toEqual(['afterExit'])
  })

  it('finds a case that nobody asked for', () => {
    const case1: Unclocked = { kind: 'case', person: ONE, case: '1' }
    const asked = [said('talk', { asks: 'case' }), taken(), shown('talk')]
    expect(foundIn(asked, case1, { kind: 'strayCase', case: '7' })).toEqual(['casesTwice'])
  })

  it('counts a wipe whose line met a platform that was away, and no other reply', () => {
    const away: Unclocked = { kind: 'faulted', process: 'r1', line: 'platform', how: 'refused', until: 1e6 }
    const unsaid = check(history(away, said('yes', { asks: 'wipe' }), taken()))
    expect(unsaid).toMatchObject({ found: [], counts: { unsaid: 1 } })
    expect(foundIn(said('yes', { asks: 'wipe' }), taken())).toEqual(['lost'])
    expect(foundIn(away, said('rights'), taken())).toEqual(['lost'])
  })
})
