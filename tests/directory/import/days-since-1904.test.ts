import { unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { GOOD, imported, said } from './import-files.ts'
import { workbookOf } from './workbooks.ts'

/** Days since 1904-01-01, as a workbook of an old Mac has them where a cell is not shown as a date. */
const serial = (date: string, from = Date.UTC(1904, 0, 1)) => (Date.parse(date) - from) / 86_400_000

function workbook(cells: Readonly<Record<string, string | number>>, base: string): Uint8Array {
  const row = (number: number, values: readonly (string | number)[]) => {
    const written = values.map((value, at) => {
      const place = `r="${String.fromCharCode(65 + at)}${number}"`
      return typeof value === 'number'
        ? `<c ${place}><v>${value}</v></c>`
        : `<c ${place} t="inlineStr"><is><t>${value}</t></is></c>`
    })
    return `<row r="${number}">${written.join('')}</row>`
  }
  const files = unzipSync(workbookOf(`${row(1, Object.keys(cells))}${row(2, Object.values(cells))}`))
  const about = new TextDecoder().decode(files['xl/workbook.xml'])
  const changed = about.replace('<sheets>', `<workbookPr ${base}/><sheets>`)
  return zipSync({ ...files, 'xl/workbook.xml': new TextEncoder().encode(changed) })
}

test.each(['date1904="1"', 'date1904="true"'])(
  'where %s, a bare number in a column of dates counts from 1904, and no other does',
  async (base) => {
    const dates = { verified_on: serial('2026-10-01'), review_by: serial('2027-01-01') }
    const report = await imported(workbook({ ...GOOD, ...dates, org: 44_444, min_age: 18 }, base))
    expect(report.services[0]).toMatchObject({
      verified: { on: '2026-10-01' },
      reviewBy: '2027-01-01',
      orgName: '44444',
      minAge: 18,
    })
  },
)

test('the heading may be in any language that is read', async () => {
  const { verified_on: _, ...good } = GOOD
  const report = await imported(workbook({ ...good, 'Vérifié le': serial('2026-10-01') }, 'date1904="1"'))
  expect(report.services[0]?.verified.on).toBe('2026-10-01')
})

test('elsewhere it counts from 1900, and a year stays a year', async () => {
  const from1900 = Date.UTC(1899, 11, 30)
  const dates = { verified_on: serial('2026-10-01', from1900), review_by: serial('2027-01-01', from1900) }
  for (const base of ['', 'date1904="0"']) {
    const report = await imported(workbook({ ...GOOD, ...dates }, base))
    expect(report.services[0]).toMatchObject({ verified: { on: '2026-10-01' }, reviewBy: '2027-01-01' })
  }
  const source = { source_url: 'https://example.org/line', source_on: 2026, confidence: 'high' }
  const report = await imported(workbook({ ...GOOD, ...source }, 'date1904="1"'))
  expect([said(report), report.services[0]?.evidence?.on]).toEqual([[], '2026'])
})
