import { expect, test } from 'vitest'
import { tally } from '../tally.ts'

const file = (status: string, ...results: string[]) => ({
  status,
  assertionResults: results.map((result) => ({ status: result })),
})

test('a run is counted by its tests', () => {
  const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')] }
  expect(tally(report, false, 0)).toEqual({ passed: 3, failed: 1 })
})

test.each([
  ['a skipped test', { testResults: [file('passed', 'passed', 'pending')] }, true, 0],
  ['a file that could not be loaded', { testResults: [file('passed', 'passed'), file('failed')] }, false, 0],
  ['a failed check', { testResults: [file('passed', 'passed')] }, true, 1],
  ['an error outside every test', { testResults: [file('passed', 'passed')] }, false, 0],
])('%s counts as failed', (_, report, green, checks) => {
  expect(tally(report, green, checks)).toEqual({ passed: 1, failed: 1 })
})

test('a run without a report or without tests has failed', () => {
  expect(tally(undefined, false, 0)).toEqual({ passed: 0, failed: 1 })
  expect(tally({ testResults: [] }, true, 0)).toEqual({ passed: 0, failed: 1 })
})
