import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { faultsOf, testsUnder } from './check-document.ts'

const TOP = join(import.meta.dirname, '../..')
const house = testsUnder(TOP)

it.each([
  ['docs/promises.md', { gaps: false }],
  ['docs/threat-model.md', { gaps: true }],
] as const)('every sentence of %s is held by a test that is there and runs', (path, allowed) => {
  expect(faultsOf(readFileSync(join(TOP, path), 'utf8'), house, allowed)).toEqual([])
})
