import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { faultsOf, testsUnder } from './check-document.ts'
import { titlesIn } from './test-titles.ts'

/** The check of the documents, before it is trusted: every way in which a promise can lose its test is found. */
const top = mkdtempSync(join(tmpdir(), 'lantern-promises-'))
afterAll(() => rmSync(top, { recursive: true }))
mkdirSync(join(top, 'tests'))
writeFileSync(
  join(top, 'tests/a.test.ts'),
  `import { contract } from './contract.ts'
   describe('a', () => {
     it('holds', () => {})
     it.each([1])('holds %s', () => {})
     // it('was taken out', () => {})
     it('is there twice', () => {})
     it('is there twice', () => {})
     it.skip('is passed by', () => {})
   })`,
)
writeFileSync(join(top, 'tests/contract.ts'), `export const contract = () => it('is agreed', () => {})`)
writeFileSync(join(top, 'tests/alone.ts'), `it('never runs', () => {})`)
const house = testsUnder(top)

const NOTE = '[^a]: `tests/a.test.ts` holds'
const faults = (body: string, notes = NOTE, gaps = false) =>
  faultsOf(`# Promises\n\nHow to read this. It needs no test.\n\n## What\n\n${body}\n\n${notes}\n`, house, {
    gaps,
  })

describe('a document in order', () => {
  it.each([
    ['a sentence', 'It holds.[^a]'],
    ['two sentences over two lines', 'It holds.[^a] And it\nholds again.[^a]'],
    ['a list', '- It holds.[^a]\n- It holds,\n  also here.[^a]'],
    ['a table, cell by cell', '| What | How |\n|---|---|\n| Exit | It holds.[^a] |'],
    ['a table of labels', '| What | How |\n|---|---|\n| `exit` | at once[^a] |'],
  ])('has no fault: %s', (_what, body) => expect(faults(body)).toEqual([]))

  it('may lean on rows of a table of tests, and on tests that a test file takes in', () => {
    const notes = '[^a]: `tests/a.test.ts` holds %s\n[^b]: `tests/contract.ts` is agreed'
    expect(faults('It holds.[^a][^b]', notes)).toEqual([])
  })

  it('may name a gap only where gaps are allowed', () => {
    expect(faults('It holds.[^a]', '[^a]: Gap: nobody can.', true)).toEqual([])
    expect(faults('It holds.[^a]', '[^a]: Gap: nobody can.')).toHaveLength(1)
  })
})

describe('a document that lost a test', () => {
  it.each([
    ['a sentence without one', 'It holds.[^a] This does not.'],
    ['the first of two', 'This does not. It holds.[^a]'],
    ['a cell without one', '| What | How |\n|---|---|\n| It holds.[^a] | This does not. |'],
    ['a row without one', 'It holds.[^a]\n\n| What | How |\n|---|---|\n| `exit` | at once |'],
    ['a line of a list', '- It holds.[^a]\n- This does not.'],
    ['a reference to nothing', 'It holds.[^a][^b]'],
  ])('is found: %s', (_what, body) => expect(faults(body)).toHaveLength(1))

  it.each([
    ['the file is gone', '[^a]: `tests/b.test.ts` holds', /no test file/u],
    ['the title is gone', '[^a]: `tests/a.test.ts` held', /no test "held"/u],
    ['it was commented out', '[^a]: `tests/a.test.ts` was taken out', /no test/u],
    ['it is skipped', '[^a]: `tests/a.test.ts` is passed by', /may be skipped/u],
    ['two have the name', '[^a]: `tests/a.test.ts` is there twice', /more than one/u],
    ['no test file takes it in', '[^a]: `tests/alone.ts` never runs', /no test file/u],
    ['the note is no note', '[^a]: see the tests', /names no test/u],
    ['a note is left over', `${NOTE}\n[^b]: \`tests/a.test.ts\` holds`, /not used/u],
    ['a note is there twice', `${NOTE}\n${NOTE}`, /there twice/u],
  ])('is found: %s', (_what, notes, fault) => {
    expect(faults('It holds.[^a]', notes)).toEqual([expect.stringMatching(fault)])
  })

  it('is found when nothing is left of it', () => {
    expect(faultsOf('# Promises\n', house, { gaps: false })).toEqual(['it promises nothing'])
  })
})

describe('a test that may be passed by', () => {
  it.each([
    `it.skip('a', () => {})`,
    `it.todo('a')`,
    `test.skipIf(x)('a', () => {})`,
    `it.runIf(x)('a', () => {})`,
    `describe.skip('b', () => { it('a', () => {}) })`,
    `describe('b', () => { describe.skipIf(x)('c', () => { it('a', () => {}) }) })`,
    `it('a', (context) => { context.skip() })`,
    `it('a', ({ skip }) => { if (x) skip() })`,
    `it('a', { skip: true }, () => {})`,
    `it.fails('a', () => {})`,
  ])('is known: %s', (text) => {
    expect(titlesIn('a.test.ts', text)).toEqual([{ title: 'a', mayBeSkipped: true }])
  })

  it('is none that only speaks of it', () => {
    const text = `it('a', () => { expect(skipped).toBe(0) }) // it.skip('b')`
    expect(titlesIn('a.test.ts', text)).toEqual([{ title: 'a', mayBeSkipped: false }])
  })
})
