import { expect, test } from 'vitest'
import { exitCode } from '../../../src/cli/services/import.ts'
import { GOOD, imported, said, sheetOf } from './import-files.ts'

/** What stands among the rows of a list and is no service. */
test('a sum, a source, a title and a second heading are passed over, each with a word', async () => {
  const heading = Object.fromEntries(Object.keys(GOOD).map((column) => [column, column]))
  const report = await imported(
    sheetOf(
      { name_en: 'Health services' },
      GOOD,
      heading,
      { ...GOOD, service_id: 'two' },
      { service_id: 'Total: 2', phone: 'n/a' },
      { description_en: 'Source: mapping of the working group' },
    ),
  )
  expect(report.services.map(({ id }) => id)).toEqual(['one', 'two'])
  expect(report.rows).toBe(2)
  expect(said(report)).toEqual([
    '2 note The row holds a single cell, so it was taken for a remark and passed over',
    '4 note The row repeats the heading, so it was passed over',
    '6 note The row holds a single cell, so it was taken for a remark and passed over',
    '7 note The row holds a single cell, so it was taken for a remark and passed over',
  ])
  expect(exitCode(report)).toBe(0)
})

test('a row of two cells is a service of which nearly everything is missing', async () => {
  const report = await imported(sheetOf(GOOD, { service_id: 'two', name_en: 'Example two' }))
  expect([report.rows, report.services.length]).toEqual([2, 1])
  expect(report.findings.filter(({ row, kind }) => row === 3 && kind === 'refused').length).toBeGreaterThan(3)
})
