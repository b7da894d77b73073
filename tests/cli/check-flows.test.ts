import { describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { machine } from '../../flows/machine.ts'
import { checkFlows, type StateNode } from '../../src/cli/check/flows.ts'
import { loadFlows } from '../../src/cli/check/load-flows.ts'

/** Small machines, each with one thing wrong. */
interface Broken {
  on?: Record<string, string>
  choices?: string[]
  key?: string
  always?: { target: string; guard?: string }[]
  showIf?: Record<string, string>
  list?: string
}

function rootOf(states: Record<string, Broken>): StateNode {
  const inner = Object.fromEntries(
    Object.entries(states).map(([name, { on = {}, choices, key, always, showIf = {}, list }]) => [
      name,
      {
        on,
        ...(always === undefined
          ? {
              meta: {
                key: key ?? `a.${name}`,
                choices: choices ?? Object.keys(on).map((event) => event.slice(7)),
                showIf,
                list,
              },
            }
          : { always }),
      },
    ]),
  )
  const config = {
    id: 'test',
    initial: 'a',
    states: { a: { id: 'a', initial: Object.keys(states)[0], states: inner } },
  }
  return createMachine(config as never).root as unknown as StateNode
}

function problemsIn(states: Record<string, Broken>): string[] {
  return checkFlows(rootOf(states)).map(({ key, problem }) => `${key} ${problem}`)
}

const page = (target: string): Broken => ({ on: { 'choose.go': target } })

describe('the flows', () => {
  test('lead somewhere from everywhere, and to every page', () => {
    expect(checkFlows(machine.root as unknown as StateNode)).toEqual([])
  })
})

describe('a flow that is broken is found out', () => {
  test('a machine in order has no problem', () => {
    expect(problemsIn({ one: page('two'), two: page('one') })).toEqual([])
  })

  test('a target that is not there', async () => {
    const broken = async () => ({ root: rootOf({ one: page('three') }), pages: new Map() })
    expect(await loadFlows(broken)).toMatchObject({
      file: 'flows/a.ts',
      key: 'a.one',
      problem: 'leads to three, which does not exist',
    })
    const far = async () => ({ root: rootOf({ one: page('#gone') }), pages: new Map() })
    expect(await loadFlows(far)).toMatchObject({ problem: 'leads to #gone, which does not exist' })
  })

  test('a page that nothing leads to', () => {
    expect(problemsIn({ one: page('one'), two: page('one') })).toEqual([
      'a.two is a page that nothing leads to',
    ])
  })

  test('a page without a way on', () => {
    expect(problemsIn({ one: { choices: ['exit'] } })).toEqual(['a.one has no way on besides leaving'])
  })

  test('a junction that can get stuck', () => {
    expect(problemsIn({ one: { always: [{ target: 'two', guard: 'sure' }] }, two: page('two') })).toEqual([
      'a.one goes on only under a condition',
    ])
  })

  test('a state that shows the words of another page', () => {
    expect(problemsIn({ one: { ...page('one'), key: 'a.other' } })).toEqual([
      'a.one shows the words of a.other',
    ])
  })

  test('a choice that would leave the chat', () => {
    expect(problemsIn({ one: { on: { 'choose.exit': 'one', 'choose.go': 'one' } } })[0]).toContain(
      'named exit',
    )
  })

  test('a choice whose id is too long for the wire', () => {
    expect(problemsIn({ one: { on: { [`choose.${'x'.repeat(60)}`]: 'one' } } })[0]).toContain('has 66 bytes')
  })

  test('a hidden choice that the page does not have', () => {
    expect(problemsIn({ one: { ...page('one'), showIf: { gone: 'young' } } })[0]).toContain(
      'hides a choice gone',
    )
  })

  test('more choices than a list can show', () => {
    const on = Object.fromEntries('abcdefghijk'.split('').map((id) => [`choose.${id}`, 'one']))
    expect(problemsIn({ one: { on } })).toEqual(['a.one has 11 choices'])
    expect(
      problemsIn({
        one: { on: { ...on, 'choose.k': 'one' }, choices: 'abcdefgh'.split(''), list: 'areas' },
      })[0],
    ).toContain('leaves room for 2 items')
  })
})
