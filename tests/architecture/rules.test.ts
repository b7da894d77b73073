import { describe, expect, test } from 'vitest'
import {
  filesHaveKebabNames,
  importsGoOneWay,
  logLinesCarryNoText,
  noFileOnlyPassesOn,
  nothingImportsInCircles,
  onlyTheCommandLinePrints,
  onlyTheEdgesReadTheClock,
  onlyTheseReveal,
  thePurePartDoesNoIo,
} from './rules.ts'
import { readTree } from './tree.ts'

const treeOf = (files: Record<string, string>) => readTree(new Map(Object.entries(files)))

describe('a house that is not in order is found out', () => {
  test.each([
    ['turns use a channel', 'src/turns/handle.ts', `import { send } from '../channels/telegram/send.ts'`],
    [
      'turns use it later',
      'src/turns/handle.ts',
      `export const load = () => import('../channels/telegram/a.ts')`,
    ],
    ['flows use the conversation', 'flows/menu.ts', `export { step } from '../src/conversation/step.ts'`],
    ['the ground floor uses a turn', 'src/privacy/wipe.ts', `import type { T } from '../turns/handle.ts'`],
    ['a channel uses another', 'src/channels/telegram/a.ts', `import { b } from '../simulator/b.ts'`],
    ['the directory uses the main file', 'src/directory/a.ts', `import { main } from '../main.ts'`],
    ['the program uses a test', 'src/cli/talk.ts', `import { fake } from '../../tests/fakes/a.ts'`],
    ['a room without a floor', 'src/misc/a.ts', `export const a = 1`],
  ])('%s', (_, path, text) => {
    expect(importsGoOneWay(treeOf({ [path]: text }))).toHaveLength(1)
  })

  test('what goes the right way is not touched', () => {
    const tree = treeOf({
      'src/main.ts': `import { a } from './channels/telegram/a.ts'\nimport fastify from 'fastify'`,
      'src/turns/handle.ts': `import type { Channel } from '../channels/channel.ts'`,
      'src/conversation/step.ts': `import { machine } from '../../flows/machine.ts'`,
      'src/storage/a.ts': `import { b } from '../privacy/b.ts' // not from '../main.ts'`,
    })
    expect(importsGoOneWay(tree)).toEqual([])
  })

  test('the pure part reads a file through another module', () => {
    const tree = treeOf({
      'flows/menu.ts': `import { find } from '../src/directory/find.ts'`,
      'src/directory/find.ts': `import { readFileSync } from 'node:fs'\nexport const find = readFileSync`,
    })
    expect(thePurePartDoesNoIo(tree)).toEqual([expect.stringContaining('node:fs')])
  })

  test('the pure part may name a type of what does I/O', () => {
    expect(thePurePartDoesNoIo(treeOf({ 'flows/menu.ts': `import type { Stats } from 'node:fs'` }))).toEqual(
      [],
    )
    expect(thePurePartDoesNoIo(treeOf({ 'flows/menu.ts': `import 'undici'` }))).toHaveLength(1)
  })

  test('a circle', () => {
    const tree = treeOf({
      'src/turns/a.ts': `import { b } from './b.ts'`,
      'src/turns/b.ts': `import { c } from './c.ts'`,
      'src/turns/c.ts': `import { a } from './a.ts'`,
    })
    expect(nothingImportsInCircles(tree)).toEqual([
      'src/turns/a.ts -> src/turns/b.ts -> src/turns/c.ts -> src/turns/a.ts',
    ])
  })

  test('a file that only passes on', () => {
    expect(noFileOnlyPassesOn(treeOf({ 'src/turns/all.ts': `export { a } from './a.ts'` }))).toHaveLength(1)
    expect(noFileOnlyPassesOn(treeOf({ 'src/turns/index.ts': `export const a = 1` }))).toHaveLength(1)
    expect(
      noFileOnlyPassesOn(treeOf({ 'src/turns/b.ts': `export { a } from './a.ts'\nexport const b = 1` })),
    ).toEqual([])
  })

  test.each(['src/turns/HandleTurn.ts', 'src/turns/handle_turn.ts', 'src/Turns/handle.ts'])('%s', (path) => {
    expect(filesHaveKebabNames(treeOf({ [path]: '' }))).toHaveLength(1)
  })

  test('a file that reveals without being listed, and one that is listed for nothing', () => {
    const tree = treeOf({ 'src/turns/a.ts': `export const f = (x: S) => x.reveal()` })
    expect(onlyTheseReveal(tree, [])).toHaveLength(1)
    expect(onlyTheseReveal(tree, ['src/turns/a.ts'])).toEqual([])
    expect(onlyTheseReveal(treeOf({ 'src/turns/a.ts': '// x.reveal()' }), ['src/turns/a.ts'])).toHaveLength(1)
  })

  test("a file that reads the machine's time", () => {
    expect(
      onlyTheEdgesReadTheClock(treeOf({ 'src/turns/a.ts': 'export const a = new Date()' })),
    ).toHaveLength(1)
    expect(onlyTheEdgesReadTheClock(treeOf({ 'src/turns/a.ts': 'export const a = new Date(0)' }))).toEqual([])
    expect(onlyTheEdgesReadTheClock(treeOf({ 'src/main.ts': 'export const a = new Date()' }))).toEqual([])
  })

  test.each([
    'console.log(1)',
    'const c = console\nc.log(1)',
    'process.stderr.write("x")',
    'process["stdout"].write("x")',
    'const { stderr } = process\nstderr.write("x")',
    `import { stderr } from 'node:process'`,
  ])('a file that prints: %s', (text) => {
    expect(onlyTheCommandLinePrints(treeOf({ 'src/turns/a.ts': text }))).toHaveLength(1)
    expect(onlyTheCommandLinePrints(treeOf({ 'src/cli/a.ts': text }))).toEqual([])
  })

  test('a file that reads the process without printing', () => {
    const text = 'process.once("exit", f)\nconst { env } = process // console.log\nconst a = { console: 1 }'
    expect(onlyTheCommandLinePrints(treeOf({ 'src/turns/a.ts': text }))).toEqual([])
  })

  test.each([
    'log.event(`turn.${why}`)',
    'log.event("turn." + why)',
    'parts.log.event("turn.failed", { error: `${error}` })',
    'log?.event("turn.failed", { why: String(error) })',
    'log.event("turn.failed", { why: error.message as ClosedWord })',
    'log.event("turn.failed", { error: shapeOf(new Error("a" + text)) })',
    'log.event(codeOf(error))',
  ])('a log line that could carry text: %s', (text) => {
    expect(logLinesCarryNoText(treeOf({ 'src/turns/a.ts': text }))).toHaveLength(1)
  })

  test('a log line of words of the catalogue', () => {
    const text = `log.event(done ? 'wipe.done' : 'wipe.failed', { channel, error: shapeOf(error), n: 1 })
      log.event(why === 'failing' ? A : B)
      on.event(\`\${anything}\`)`
    expect(logLinesCarryNoText(treeOf({ 'src/turns/a.ts': text }))).toEqual([])
  })

  test('a second way to pino', () => {
    const text = `import pino from 'pino'`
    expect(logLinesCarryNoText(treeOf({ 'src/turns/a.ts': text }))).toHaveLength(1)
    expect(logLinesCarryNoText(treeOf({ 'src/operations/log.ts': text }))).toEqual([])
  })
})
