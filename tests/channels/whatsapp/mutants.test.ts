import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { fixture } from './fixtures.ts'
import { faultOf, mutateFixture, readMutatedFixtures } from './mutants.ts'

test('no strange version of a webhook call is thrown at or reads slowly', () => {
  expect(readMutatedFixtures(2_000)).toEqual([])
}, 60_000)

test('nor does any that chance finds', () => {
  assert(
    property(integer(), (seed) => faultOf(seed) === undefined),
    { numRuns: 300 },
  )
}, 60_000)

test('the same seed makes the same mutant, and mutants differ', () => {
  const made = (seed: number) => JSON.stringify(mutateFixture(seed, fixture('two-numbers')))
  expect(made(7)).toBe(made(7))
  expect(new Set(Array.from({ length: 50 }, (_, seed) => made(seed))).size).toBeGreaterThan(30)
})
