import { expect, test } from 'vitest'
import { rowsOf, tableOf } from '../faults/table.ts'

test('a test that failed outside of what it counted stands in the table all the same', () => {
  const measures = [{ measure: 'kills', runs: 12, failures: 0 }]
  expect(rowsOf({ name: 'x', passed: true, measures })).toEqual(measures)
  expect(rowsOf({ name: 'x', passed: false, measures }).map(({ failures }) => failures)).toEqual([0, 1])
  expect(rowsOf({ name: 'x', passed: false, measures: [] })).toEqual([{ measure: 'x', runs: 1, failures: 1 }])
  const counted = [{ measure: 'kills', runs: 12, failures: 2 }]
  expect(rowsOf({ name: 'x', passed: false, measures: counted })).toEqual(counted)
})

test('the table ends with the sum of it', () => {
  const lines = tableOf([
    { measure: 'kills', runs: 1_200, failures: 0 },
    { measure: 'cuts', runs: 3, failures: 1 },
  ]).split('\n')
  expect(lines.map((line) => line.trim().split(/ {2,}/u))).toEqual([
    ['measure', 'runs', 'failures'],
    [expect.stringMatching(/^-+$/u)],
    ['kills', '1,200', '0'],
    ['cuts', '3', '1'],
    ['all', '1,203', '1'],
  ])
})
