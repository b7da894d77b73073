import { expect, test } from 'vitest'
import { GOOD, imported, said } from './import-files.ts'
import { workbookOfSheets } from './workbooks.ts'

/** What a workbook holds and does not show goes in only after somebody has looked at it. */
const letters = (at: number) => String.fromCharCode(65 + at)
const rowOf = (number: number, cells: readonly string[], attributes = '') =>
  `<row r="${number}"${attributes}>${cells.map((cell, at) => `<c r="${letters(at)}${number}" t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`
const COLUMNS = Object.keys(GOOD)
const service = (id: string, cells = {}) => Object.values({ ...GOOD, service_id: id, ...cells })
const sheetOf = (rows: string, columns = '') => `<cols>${columns}</cols><sheetData>${rows}</sheetData>`

test.each([' hidden="1"', ' hidden="true"', ' ht="0" customHeight="1"'])(
  'a row with%s waits',
  async (how) => {
    const rows = [
      rowOf(1, COLUMNS),
      rowOf(2, service('one')),
      rowOf(3, service('closed'), how),
      rowOf(5, service('two')),
    ]
    const report = await imported(workbookOfSheets({ xml: sheetOf(rows.join('')) }))
    expect(said(report)).toEqual([
      '3 held The row is hidden in the sheet, so it waits for somebody to look at it',
    ])
    expect(report.services.map(({ id }) => id)).toEqual(['one', 'two'])
    expect(report.rows).toBe(3)
  },
)

test('a hidden row above the list keeps nothing out, and the heading may be one', async () => {
  const rows = [
    rowOf(1, ['Our list'], ' hidden="1"'),
    rowOf(2, COLUMNS, ' hidden="1"'),
    rowOf(3, service('one')),
  ]
  const report = await imported(workbookOfSheets({ xml: sheetOf(rows.join('')) }))
  expect(said(report)).toEqual([])
  expect(report.services).toHaveLength(1)
})

const phone = COLUMNS.indexOf('phone') + 1
test.each([
  `<col min="${phone}" max="${phone}" width="9" hidden="1"/>`,
  `<col min="1" max="${phone}" width="0" customWidth="1"/>`,
])('a column that is not shown is not published: %s', async (columns) => {
  const rows = [rowOf(1, [...COLUMNS, 'whatsapp']), rowOf(2, [...service('one'), '+000 0000 0002'])]
  const report = await imported(workbookOfSheets({ xml: sheetOf(rows.join(''), columns) }))
  expect(said(report)).toContain(
    'phone quarantined is a column that the sheet hides, so nothing of it was read',
  )
  expect(JSON.stringify(report)).not.toContain('0000 0001')
})

test('a column of which only a few words come in may be hidden', async () => {
  const columns = `<col min="1" max="1" hidden="1"/><col min="5" max="9" hidden="1"/>`
  const report = await imported(
    workbookOfSheets({ xml: sheetOf(rowOf(1, COLUMNS) + rowOf(2, service('one')), columns) }),
  )
  expect(said(report)).toEqual([])
  expect(report.services.map(({ id }) => id)).toEqual(['one'])
})

test.each(['hidden', 'veryHidden'])('a sheet that is %s is not the list, however long', async (state) => {
  const shown = rowOf(1, COLUMNS) + rowOf(2, service('one'))
  const old = shown + rowOf(3, service('two')) + rowOf(4, service('three'))
  const report = await imported(
    workbookOfSheets({ xml: sheetOf(old), state, name: 'Old' }, { xml: sheetOf(shown), name: 'List' }),
  )
  expect(said(report)).toEqual([
    'note Of 2 sheets, sheet 2 ("List") was read as the list',
    'note 1 sheet is hidden, so nothing of it was read',
  ])
  expect(report.services.map(({ id }) => id)).toEqual(['one'])
  const alone = await imported(workbookOfSheets({ xml: sheetOf(old), state }, { xml: sheetOf('') }))
  expect(said(alone)).toEqual([
    'refused The only list in the workbook is on a hidden sheet, so nothing of it was read',
  ])
})
