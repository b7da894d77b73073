import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { zipSync } from 'fflate'
import { GOOD } from '../directory/import/import-files.ts'
import { lyingZip, workbookOf } from '../directory/import/workbooks.ts'

/** Files that take as much memory as a file can take, each written to a path. */
const MB = 1024 * 1024
const COLUMNS = Object.keys(GOOD)
const HEADING = COLUMNS.join(',')

/** A list as long as an import takes, every row of it new and in order. */
function* rows(count: number, phone = '+999 000 00', more: object = {}): Generator<string> {
  yield HEADING
  for (let at = 0; at < count; at += 1)
    yield Object.values({
      ...GOOD,
      service_id: `service-${at}`,
      name_en: `Example ${at}`,
      description_en: `Care number ${at}: ${'they listen and tell you what help there is. '.repeat(5)}`,
      country: 'XV',
      adm1_pcode: 'XV01',
      phone: `${phone}${String(at).padStart(5, '0')}`,
      ...more,
    }).join(',')
}

function streamed(path: string, lines: Iterable<string>): void {
  const file = openSync(path, 'w')
  for (const line of lines) writeSync(file, `${line}\n`)
  closeSync(file)
}

function worksheet(rowCount: number, columnCount: number): Uint8Array {
  const letters = Array.from(
    { length: columnCount },
    (_, at) =>
      `${at < 26 ? '' : String.fromCharCode(64 + Math.floor(at / 26))}${String.fromCharCode(65 + (at % 26))}`,
  )
  const parts: string[] = []
  for (let row = 1; row <= rowCount; row += 1)
    parts.push(
      `<row r="${row}">${letters.map((letter) => `<c r="${letter}${row}" t="inlineStr"><is><t>ü${row}</t></is></c>`).join('')}</row>`,
    )
  return workbookOf(parts.join(''))
}

export const HARMFUL_FILES = {
  'a file of 200 MB': (path: string) => {
    writeFileSync(path, HEADING)
    truncateSync(path, 200 * MB)
  },
  'a million rows': (path: string) => writeFileSync(path, `${HEADING}\n${'a\n'.repeat(1_000_000)}`),
  'five thousand columns': (path: string) =>
    writeFileSync(path, `${HEADING}${',more'.repeat(5_000)}\n`.repeat(500)),
  'a cell of 15 MB': (path: string) => writeFileSync(path, `${HEADING}\n"${'ü'.repeat(7 * MB)}",b\n`),
  'a cell of 50 MB': (path: string) => writeFileSync(path, `${HEADING}\n"${'a'.repeat(50 * MB)}",b\n`),
  'a workbook with a cell of 10 MB': (path: string) =>
    writeFileSync(
      path,
      workbookOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'ü'.repeat(5 * MB)}</t></is></c></row>`),
    ),
  'a workbook as large as it may be': (path: string) => writeFileSync(path, worksheet(10_900, 19)),
  'a workbook of empty rows to the very end': (path: string) =>
    writeFileSync(
      path,
      workbookOf('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'),
    ),
  'a zip that unpacks to 256 MB': (path: string) => writeFileSync(path, lyingZip(256)),
  'JSON as deep as it is long': (path: string) => writeFileSync(path, '['.repeat(15 * MB)),
  'JSON of nothing but empty objects': (path: string) => writeFileSync(path, `[${'{},'.repeat(999_000)}{}]`),
  'a package of JSON': (path: string) =>
    writeFileSync(
      path,
      zipSync(
        Object.fromEntries(
          Array.from({ length: 10 }, (_, at) => [`${at}.json`, Buffer.from(`[${'{},'.repeat(500_000)}{}]`)]),
        ),
      ),
    ),
  'two million empty cells': (path: string) =>
    writeFileSync(path, `${HEADING}\n${`${','.repeat(98)}\n`.repeat(10_900)}`),
  'the longest list that goes in': (path: string) => streamed(path, rows(10_900)),
  'the longest list, all of it refused': (path: string) => streamed(path, rows(10_900, 'x')),
  'the longest list, with many things to say of each row': (path: string) =>
    streamed(
      path,
      rows(10_900, '+999 000 00', {
        org: 'Example NGO or 050 123 45 67',
        status: 'open; perhaps',
        languages: 'English and whatever',
        verified_on: '1.10.2026 or so',
        review_by: '2099-01-01',
      }),
    ),
} as const
