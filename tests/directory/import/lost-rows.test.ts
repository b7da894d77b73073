import { describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { GOOD, imported, said } from './import-files.ts'

/** A row of the file comes in as it stands, or is named: it is never lost in another. */
const { description_en: description = '', ...rest } = GOOD
const LAST = { ...rest, description_en: description }
const line = (id: string, cells: Readonly<Record<string, string>> = {}) =>
  Object.values({ ...LAST, service_id: id, name_en: `Clinic ${id}`, ...cells }).join(',')
const HEADING = Object.keys(LAST).join(',')
const sheet = (...lines: string[]) => [HEADING, ...lines].join('\n')
const SWALLOWED =
  'refused The row runs over several lines and seems to hold other rows, so none of it was read'

describe('a quotation mark that closes only in a row below', () => {
  test.each([
    [
      'at the end of that row',
      [line('a', { description_en: '"Call any time' }), line('b', { description_en: 'For women"' })],
    ],
    [
      'at the end of the same column of that row',
      [line('a', { name_en: '"Hope' }), line('b', { name_en: 'Clinic b"' })],
    ],
    [
      'near the end of the row',
      [line('a', { review_by: '"2027-01-01' }), line('b', { review_by: '2027-01-01"' })],
    ],
    [
      'several rows below',
      [
        line('a', { description_en: '"Call' }),
        line('b'),
        line('c'),
        line('e', { description_en: 'For women"' }),
      ],
    ],
    ['in the midst of both rows', [line('a', { adm1_pcode: '"ZZ01' }), line('b', { adm1_pcode: 'ZZ01"' })]],
  ])('%s', async (_, lines) => {
    const report = await imported(sheet(...lines, line('d')))
    expect(said(report)).toEqual([`2 ${SWALLOWED}`])
    expect(report.findings[0]?.remedy).toContain('import the file again')
    expect(report.services.map(({ id }) => id)).toEqual(['d'])
    expect(report.rows).toBe(2)
  })

  test('in the heading keeps the whole file out', async () => {
    const report = await imported(`${HEADING},"Remarks\n${line('a')},x\n${line('b')},y"\n${line('d')},z`)
    expect(report).toMatchObject({ format: '', services: [] })
    expect(said(report)).toEqual([`1 ${SWALLOWED}`])
  })
})

test('a text of several lines is no row, and comes in', async () => {
  const words =
    'Care for women, girls, boys, and men.\nFood, cash, clothes, beds, advice, lawyers, and doctors, day and night.'
  for (const text of [words, words.replaceAll('\n', '\r\n'), 'A "safe" place.\nFree, quiet.']) {
    const report = await imported(sheet(line('a', { description_en: `"${text.replaceAll('"', '""')}"` })))
    expect(said(report)).toEqual([])
    expect(report.services[0]?.summary.en).toBe(text.replaceAll(/\s+/gu, ' '))
  }
  const quoted = await imported(sheet(line('a', { name_en: 'The "Hope" Clinic' }), line('b')))
  expect(said(quoted)).toEqual([])
  expect(quoted.services.map(({ name }) => name['en'])).toEqual(['The "Hope" Clinic', 'Clinic b'])
})

test.each([
  ['\r\n', '\n', '\n'],
  ['\n', '\r\n', '\r\n'],
  ['\n', '\n', '\r'],
  ['\r', '\r', '\r'],
  ['\r\r\n', '\r\r\n', '\r\r\n'],
])('lines that end differently are lines all the same (%j, %j, %j)', async (...ends) => {
  const lines = [HEADING, line('a'), line('b'), line('c')]
  const report = await imported(lines.map((one, at) => one + (ends[at] ?? '')).join(''))
  expect(said(report)).toEqual([])
  expect(report.services.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('rows above the heading are counted, titles are not', async () => {
  const report = await imported(['Our services', line('z'), line('y'), HEADING, line('a')].join('\n'))
  expect(said(report)).toEqual(['note 2 rows above the heading were passed over'])
  expect(report.services.map(({ id }) => id)).toEqual(['a'])
  expect(said(await imported(['Our services', 'Made in May,,2026', HEADING, line('a')].join('\n')))).toEqual(
    [],
  )
})

test('a second list in the workbook is named', async () => {
  const list = (id: string) => [HEADING, line(id)].map((one) => one.split(',').map((value) => ({ value })))
  const workbook = await writeWorkbook([
    { data: [...list('a'), ...list('b').slice(1)], sheet: 'East' },
    { data: list('c'), sheet: 'West' },
    { data: [[{ value: 'How this list is made' }]], sheet: 'Read me' },
  ]).toBuffer()
  const report = await imported(workbook)
  expect(said(report)).toEqual([
    'note Of 3 sheets, sheet 1 ("East") was read as the list',
    'note Sheet "West" looks like a list too, and nothing of it was read',
  ])
  expect(report.services.map(({ id }) => id)).toEqual(['a', 'b'])
})
