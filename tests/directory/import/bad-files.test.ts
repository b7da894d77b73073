import fc from 'fast-check'
import { zipSync } from 'fflate'
import writeWorkbook from 'write-excel-file/node'
import { describe, expect, test } from 'vitest'
import { importSheet } from '../../../src/directory/import/import-sheet.ts'
import { readDelimited } from '../../../src/directory/import/read/delimited.ts'
import { EXAMPLE, TODAY } from './example-pack.ts'
import { fixture, GOOD, imported, said, sheetOf } from './import-files.ts'
import { lyingZip, workbookOf } from './workbooks.ts'

const text = (content: string) => new TextEncoder().encode(content)
/** What is said of a file that does not go in at all. */
async function refusal(content: string | Uint8Array): Promise<string> {
  const report = await imported(content)
  expect(report).toMatchObject({ format: '', rows: 0, services: [] })
  expect(report.findings).toHaveLength(1)
  expect(report.findings[0]).toMatchObject({ kind: 'refused' })
  expect(report.findings[0]?.remedy).toMatch(/\.$/u)
  return report.findings[0]?.problem ?? ''
}

describe('encodings', () => {
  const row = { ...GOOD, name_fr: 'Santé à l’école', name_en: 'Care' }
  const sheet = sheetOf(row)
  const utf16 = (little: boolean, mark: boolean) => {
    const content = (mark ? '\uFEFF' : '') + sheet
    const bytes = new Uint8Array(content.length * 2)
    const view = new DataView(bytes.buffer)
    for (let at = 0; at < content.length; at += 1) view.setUint16(at * 2, content.charCodeAt(at), little)
    return bytes
  }
  test.each([
    ['UTF-8 with its mark', text(`\uFEFF${sheet}`)],
    ['UTF-16, small end first', utf16(true, true)],
    ['UTF-16, big end first', utf16(false, true)],
    ['UTF-16 without a mark', utf16(true, false)],
    ['UTF-16 without a mark, the other way', utf16(false, false)],
  ])('%s', async (_, bytes) => {
    const report = await imported(bytes)
    expect(said(report)).toEqual([])
    expect(report.services[0]?.name).toEqual({ en: 'Care', fr: 'Santé à l’école' })
  })

  /** By what the decoder itself says of every byte. */
  function inAlphabet(label: string, content: string): Uint8Array {
    const decoder = new TextDecoder(label)
    const bytes = new Map(
      Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
    )
    return Uint8Array.from(content, (letter) => bytes.get(letter) ?? 0x3f)
  }
  test.each([
    ['windows-1252', 'Windows-1252 (Western Europe)', 'fr', 'Santé à l’école. Été, forêt, garçon.'],
    ['windows-1251', 'Windows-1251 (Cyrillic)', 'uk', 'Безкоштовна допомога для всіх, хто її потребує.'],
    ['windows-1256', 'Windows-1256 (Arabic)', 'ar', 'مركز المثال يقدم دعما نفسيا مجانيا للنساء والفتيات'],
  ])('%s is guessed, and said', async (label, name, tag, words) => {
    const report = await imported(inAlphabet(label, sheetOf({ ...GOOD, [`description_${tag}`]: words })))
    expect(said(report)).toEqual([
      `mended The file is not in UTF-8; it was read as ${name}, which is a guess`,
    ])
    expect(report.services[0]?.summary[tag]).toBe(words)
  })
})

describe('tables', () => {
  test.each([',', ';', '\t', '|'])('separated by "%s"', async (separator) => {
    const cells = { ...GOOD, description_en: 'Care, day; night | and more' }
    const quoted = (one: string) => `"${one}"`
    const lines = [Object.keys(cells), Object.values(cells).map(quoted)].map((one) => one.join(separator))
    for (const end of ['\n', '\r\n'])
      expect((await imported(lines.join(end))).services[0]?.summary.en).toBe('Care, day; night | and more')
  })
  test('a quotation mark that never closes is named by its row', async () => {
    const report = await imported(`${sheetOf(GOOD, { ...GOOD, service_id: 'two' })}\n"three,Never closed`)
    expect(said(report)).toEqual(['4 refused The file cannot be read as a table from here on'])
  })
})

describe('what is no list is refused in one sentence that says what to do', () => {
  test.each([
    ['nothing', text(''), 'The file is empty'],
    ['blanks', text(' \n\n '), 'The file is empty'],
    ['a PDF', text('%PDF-1.7 ...'), 'The file is a document, not a table'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2), 'The file is a picture'],
    ['a web page', text('<!doctype html><p>'), 'The file is a web page or XML'],
    [
      'an old Excel file',
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1),
      'The file is an old Excel file, or one with a password',
    ],
    ['bytes', Uint8Array.of(1, 0, 2, 0, 0, 3), 'The file is neither a table nor a workbook'],
    [
      'a letter',
      text('Dear all,\nplease find the list below.'),
      'No row names the columns in a way that is known',
    ],
    ['broken JSON', text('{"a": [1, 2'), 'The file begins like JSON but is none'],
    ['unknown JSON', text('{"a": 1}'), 'The file is of a system that is not known here'],
    [
      'deep JSON',
      text('['.repeat(100_000)),
      'The JSON is nested more than 60 levels deep, which no list of services is',
    ],
    ['wide JSON', text(`[${'{},'.repeat(1_000_000)}{}]`), 'The JSON has more than 1,000,000 parts'],
    [
      'a Word document',
      zipSync({ 'word/document.xml': text('<w/>') }),
      'The file is a document, not a table',
    ],
    ['an empty package', zipSync({ 'readme.txt': text('hello') }), 'The package holds no table and no JSON'],
    [
      'half a zip',
      zipSync({ 'xl/workbook.xml': new Uint8Array(50_000).map((_, at) => at % 251) }).slice(0, 300),
      'The file is damaged or has a password, so it cannot be unpacked',
    ],
    [
      'a workbook of nothing',
      zipSync({ 'xl/workbook.xml': text('<workbook/>') }),
      'The workbook cannot be read',
    ],
  ])('%s', async (_, bytes, problem) => expect(await refusal(bytes)).toBe(problem))
})

describe('what is too large is refused before it is read', () => {
  const heading = Object.keys(GOOD).join(',')
  test.each([
    [
      'a large file',
      new Uint8Array(25 * 1024 * 1024).fill(0x61),
      'The file has more than 16 MB, which no list of services needs',
    ],
    ['a million rows', text(`${heading}\n${'a\n'.repeat(1_000_000)}`), 'The list has more than 11,000 rows'],
    [
      'five thousand columns',
      text(`${heading}${',more'.repeat(5000)}\n`),
      'The list has more than 500 columns',
    ],
    [
      'twenty million cells',
      text(`${heading}\n${`${','.repeat(400)}\n`.repeat(11_000)}`),
      'The list has more than 800,000 cells',
    ],
  ])('%s', async (_, bytes, problem) => expect(await refusal(bytes)).toBe(problem))

  test('a cell that swallowed half of the file', async () => {
    const report = await imported(
      sheetOf({ ...GOOD, description_en: 'a'.repeat(1_000_000) }, { ...GOOD, service_id: 'two' }),
    )
    expect(said(report)[0]).toBe('2 description_en refused has more than 10,000 characters')
    expect(report.services.map(({ id }) => id)).toEqual(['two'])
  })
  test('empty columns to the right are no columns', async () => {
    const report = await imported(`${heading}${','.repeat(600)}\n${Object.values(GOOD).join(',')}\n`)
    expect(report.services).toHaveLength(1)
  })
})

describe('workbooks that are made to harm', () => {
  test('one that becomes a hundred times larger, whatever it says of its size', async () => {
    for (const zip of [lyingZip(40), zipSync({ 'xl/workbook.xml': new Uint8Array(40 * 1024 * 1024) })]) {
      expect(zip.length).toBeLessThan(1024 * 1024)
      expect(await refusal(zip)).toBe('What is packed in the file has more than 12 MB')
    }
  })
  test.each([
    [
      'a cell in the last corner',
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
      'The list has more than 11,000 rows',
    ],
    [
      'a cell far to the right',
      '<row r="1"><c r="XFD1"><v>1</v></c></row>',
      'The list has more than 500 columns',
    ],
    [
      'cells whose place cannot be read',
      '<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>',
      'The workbook is written in an unusual way',
    ],
    [
      'a row beyond all rows',
      '<row r="99999999"><c r="A1"><v>1</v></c></row>',
      'The workbook is written in an unusual way',
    ],
    [
      'cells out of order',
      '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>',
      'The workbook cannot be read',
    ],
  ])('%s', async (_, rows, problem) => expect(await refusal(workbookOf(rows))).toBe(problem))

  test('formulas are the text that was last shown; none is run', async () => {
    const cells = Object.entries({
      ...GOOD,
      description_en: '=1+1',
      org: '=HYPERLINK("https://example.org")',
    })
    const workbook = await writeWorkbook([
      cells.map(([value]) => ({ value })),
      cells.map(([, value]) => ({ value, type: String })),
    ]).toBuffer()
    const report = await imported(workbook)
    expect(said(report)).toEqual([
      '2 description_en note begins with =, so it was taken as plain text and nothing was calculated',
    ])
    expect(report.services[0]?.summary).toEqual({ en: '=1+1' })
  })
})

describe('nothing that is in a file stops it', () => {
  const never = async (bytes: Uint8Array) => {
    const report = await importSheet({ name: 'any', bytes }, EXAMPLE, { today: TODAY })
    for (const { problem, remedy } of report.findings) expect(`${problem}${remedy}`).not.toBe('')
    expect(report.services.length).toBeLessThanOrEqual(report.rows)
  }
  test('any bytes', () =>
    fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), never), { numRuns: 200 }))
  test('any bytes behind the mark of a known kind', () => {
    const marks = fc.constantFrom<number[]>(
      [0x50, 0x4b, 3, 4],
      [0xff, 0xfe],
      [0xfe, 0xff],
      [0x7b],
      [0xef, 0xbb, 0xbf],
    )
    const bytes = fc
      .tuple(marks, fc.uint8Array({ maxLength: 500 }))
      .map(([mark, rest]) => Uint8Array.from([...mark, ...rest]))
    return fc.assert(fc.asyncProperty(bytes, never), { numRuns: 200 })
  })
  test('a workbook with any bytes otherwise', async () => {
    const workbook = await writeWorkbook([Object.keys(GOOD).map((value) => ({ value }))]).toBuffer()
    const changed = fc.array(fc.tuple(fc.nat(workbook.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(changed, async (changes) => {
        const bytes = Uint8Array.from(workbook)
        for (const [at, byte] of changes) bytes[at] = byte
        await never(bytes)
      }),
      { numRuns: 100 },
    )
  })
  test('any table under the headings of the template', () => {
    const [heading = ''] = fixture('template.csv').toString().split(/\r?\n/u, 1)
    const columns = heading.split(',')
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...Object.values(GOOD), 'NULL', '03/04/2026', '24/7', 'Mon-Fri 9-5', '=1', '-', 'x;y'),
    )
    const rows = fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length + 1 }), {
      maxLength: 4,
    })
    return fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const quoted = cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
        await never(text([heading, ...quoted].join('\n')))
      }),
      { numRuns: 60 },
    )
  })
  test('any text as a table keeps its rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.stringMatching(/^[a-z0-9 ]{1,8}[a-z]$/u), { minLength: 2, maxLength: 5 }), {
          minLength: 1,
          maxLength: 6,
        }),
        (rows) => {
          const grid = readDelimited(rows.map((row) => row.map((one) => `"${one}"`).join(';')).join('\n'))
          expect('rows' in grid && grid.rows).toEqual(rows)
        },
      ),
    )
  })
})
