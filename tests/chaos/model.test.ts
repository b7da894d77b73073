import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { check, makeSureOfSpin, MODEL } from './spin.ts'

/**
 * The model of turn, commit, lease, exit and wipe (docs/model/turns.pml), in every order of steps. What it says holds of the
 * model; that the program is built like it, the tests of the parts show.
 */
beforeAll(makeSureOfSpin)

const NO_TROUBLE = ['KILLS=0', 'STOPS=0']

describe.concurrent('the model of turns', () => {
  it.each([
    ['two messages, a kill, a stop', ['EVENTS=2', 'REPEATS=0']],
    ['two messages, a kill, an event given twice', ['EVENTS=2', 'STOPS=0']],
    ['two messages, a stop, an event given twice', ['EVENTS=2', 'KILLS=0']],
    ['three messages, an event given twice', ['EVENTS=3', ...NO_TROUBLE]],
    ['three messages, a kill', ['EVENTS=3', 'STOPS=0', 'REPEATS=0']],
    ['three messages, a stop', ['EVENTS=3', 'KILLS=0', 'REPEATS=0']],
  ])('keeps every promise in every order of steps: %s', async (_what, define) => {
    const { errors, states } = await check({ define, long: true })
    expect(errors).toBe(0)
    expect(states).toBeGreaterThan(50_000)
  })

  it.each(['acknowledgedIsCommitted', 'wipedStaysWiped', 'everythingIsAnswered'])(
    'keeps %s for ever, where whoever can go on does',
    async (formula) => {
      expect(await check({ define: ['STOPS=0', 'REPEATS=0'], formula })).toMatchObject({ errors: 0 })
    },
  )
})

/** What is taken out, the promise that breaks, and in how much trouble. */
const GUARDS: readonly [without: string, promise: number, trouble: readonly string[]][] = [
  ['COMMIT_FIRST', 1, NO_TROUBLE],
  ['SEEN', 2, NO_TROUBLE],
  ['LEASE', 2, NO_TROUBLE],
  ['FENCE', 2, ['KILLS=0', 'REPEATS=0']],
  ['FENCE', 10, ['EVENTS=3', ...NO_TROUBLE, 'REPEATS=0']],
  ['CLOCK', 2, ['KILLS=0', 'REPEATS=0']],
  ['CLOCK', 5, ['KILLS=0', 'REPEATS=0']],
  ['WAIT', 4, [...NO_TROUBLE, 'REPEATS=0']],
  ['WAIT', 5, [...NO_TROUBLE, 'REPEATS=0']],
  ['BAR', 5, ['EVENTS=3', ...NO_TROUBLE, 'REPEATS=0']],
  ['CANCEL', 10, [...NO_TROUBLE, 'REPEATS=0']],
  ['REVISION', 6, ['EVENTS=3', ...NO_TROUBLE, 'REPEATS=0']],
  ['KEY_FIRST', 6, [...NO_TROUBLE, 'REPEATS=0']],
  ['SECOND_BAR', 5, ['EVENTS=3', 'KILLS=0', 'REPEATS=0']],
  ['KEY_IN_ERASE', 7, ['EVENTS=3', ...NO_TROUBLE, 'REPEATS=0']],
  ['DEPARTURE', 9, ['STOPS=0']],
  ['SECOND_LOOK', 9, NO_TROUBLE],
  ['END', 8, ['STOPS=0', 'REPEATS=0']],
]

describe.concurrent('the model of turns without one of its guards', () => {
  it.each(GUARDS)('%s breaks promise %i', async (without, promise, trouble) => {
    const { errors, broken } = await check({
      define: [`WITHOUT_${without}`, `ONLY=${promise}`, ...trouble],
    })
    expect([errors, broken]).toEqual([1, promise])
  })

  it('has each of its guards taken out once', () => {
    const named = readFileSync(MODEL, 'utf8').matchAll(/(?:#ifn?def|defined) WITHOUT_(\w+)/gu)
    expect(new Set(GUARDS.map(([without]) => without))).toEqual(new Set([...named].map(([, name]) => name)))
  })

  it('never comes to an end for a person whose sender died, where leases do not end', async () => {
    const define = ['WITHOUT_END', 'STOPS=0', 'REPEATS=0']
    expect(await check({ define, formula: 'everythingIsAnswered' })).toMatchObject({ errors: 1 })
  })
})
