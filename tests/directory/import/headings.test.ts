import { describe, expect, test } from 'vitest'
import { hxlColumn } from '../../../src/directory/import/columns/hxl.ts'
import { readHeading } from '../../../src/directory/import/columns/heading.ts'
import { HEADINGS, type HeadingLanguage } from '../../../src/directory/import/words/headings.ts'
import { templateColumns } from '../../../src/directory/export/template-columns.ts'
import { isServiceColumn, TEXT_COLUMNS, textColumn } from '../../../src/directory/pack/service-columns.ts'
import { fixture, GOOD, imported, said, sheetOf } from './import-files.ts'
import { packOf } from './example-pack.ts'

/** Every column of the template, and every name that a sheet may give it. */
const COLUMNS = templateColumns(['en', 'ar', 'ku-Latn'])
const TEXTS = new Set(Object.values(TEXT_COLUMNS))
const stemOf = (column: string) => textColumn(column)?.stem ?? column
const STEMS = [...new Set(COLUMNS.map(({ column }) => stemOf(column)))]
const LANGUAGES = Object.keys(HEADINGS) as HeadingLanguage[]

describe('a heading of any column is known', () => {
  test.each(LANGUAGES.flatMap((language) => STEMS.map((column) => [column, language] as const)))(
    '%s in %s',
    (column, language) => {
      const names = (HEADINGS[language][column] ?? '').split('|').filter((name) => name !== '')
      expect(names).not.toEqual([])
      // One word may mean two columns in one language, and the other keeps it; each has a name of its own.
      const own = names.filter((name) => readHeading(name, language)?.column === column)
      expect(own).not.toEqual([])
    },
  )

  test.each(COLUMNS.map(({ column, hxl }) => [column, hxl] as const))('%s by %s', (column, hxl) => {
    const found = hxlColumn(hxl)
    const isText = TEXTS.has(stemOf(column))
    expect(found?.column).toBe(isText ? stemOf(column) : column)
    if (column.includes('_ku-latn')) expect(found?.tag).toBe('ku-latn')
  })

  test('no word list has a column that the template does not have', () => {
    for (const words of Object.values(HEADINGS))
      for (const column of Object.keys(words))
        expect(isServiceColumn(column) || TEXTS.has(column) || column === 'geopoint', column).toBe(true)
  })

  test('the tags that the twin of the template has are those that are written', () => {
    const [heading = '', tags = ''] = fixture('template.hxl.csv').toString().split('\n')
    const written = new Map(templateColumns(['en', 'ar']).map(({ column, hxl }) => [column, hxl]))
    const columns = heading.trim().split(',')
    for (const [at, tag] of tags.trim().split(',').entries()) {
      const column = columns[at] ?? ''
      expect(hxlColumn(tag)?.column, column).toBe(hxlColumn(written.get(column) ?? '')?.column)
    }
  })
})

describe('a short word behind a name is no language', () => {
  test('ids under "Service ID" are ids, and one that stands twice is noticed', async () => {
    const { service_id: _, name_en: __, ...row } = GOOD
    const rows = ['KBL-001', 'KBL-002', 'KBL-002'].map((id, at) => ({
      'Service ID': id,
      'Service name': `Clinic ${at}`,
      ...row,
    }))
    const report = await imported(sheetOf(...rows))
    expect(report.services.map(({ id, name }) => [id, name])).toEqual([['kbl-001', { en: 'Clinic 0' }]])
    expect(said(report)).toContain('4 Service ID refused is the same as in row 3')
    expect(report.columns['Service ID']).toBe('service_id')
  })

  test.each([
    'Facility ID',
    'Service No',
    'Facility tel',
    'Site lat',
    'Camp No',
    'Ward nr',
    'Address new',
    'Service SMS',
    'Facility in',
  ])('%s', async (heading) => {
    const report = await imported(sheetOf({ ...GOOD, [heading]: 'KBL-001' }))
    expect(said(report)).toEqual([
      `${heading} quarantined is not a column that is known, so nothing of it was read`,
    ])
    expect(JSON.stringify(report.services)).not.toContain('KBL-001')
  })

  test.each([
    ['Address (ID)', 'address'],
    ['Description (new)', 'description'],
    ['Facility (tel)', 'name'],
  ])('%s', async (heading, column) => {
    const report = await imported(sheetOf({ ...GOOD, [heading]: 'KBL-001' }))
    expect(said(report)).toEqual([
      `${heading} quarantined may be ${column}, but what else its heading says is not known, so nothing of it was read`,
    ])
  })

  test.each([
    ['Name SO', 'name', 'so'],
    ['Name ara', 'name', 'ar'],
    ['Description ckb', 'description', 'ckb'],
    ['name_id', 'name', 'id'],
    ['Name (Indonesian)', 'name', 'id'],
    ['Service name FR', 'name', 'fr'],
  ])('%s names one', (heading, column, tag) => {
    expect(readHeading(heading)).toMatchObject({ column, tag })
  })
})

describe('where the numbers of a row were read', () => {
  const pack = packOf('UA', ['uk', 'en'], ['Київська'])
  const row = { ...GOOD, country: 'UA', adm1_pcode: 'UA01', phone: '044 123 45 67' }
  const sourced = (cells: Record<string, string>) => imported(sheetOf({ ...row, ...cells }), { pack })

  test('comes in by other names, with a month in words and another word for how sure it is', async () => {
    const report = await sourced({
      'Сторінка джерела': 'example.org/contacts',
      'Дата джерела': 'жовтень 2025',
      'Рівень впевненості': 'висока',
    })
    expect(report.services[0]?.evidence).toEqual({
      url: 'https://example.org/contacts',
      on: '2025-10',
      confidence: 'high',
    })
  })

  test('without how sure it is, it is not sure', async () => {
    const report = await sourced({ 'Lien de la source': 'https://example.org', 'Date de la source': '2025' })
    expect(report.services[0]?.evidence).toEqual({
      url: 'https://example.org',
      on: '2025',
      confidence: 'low',
    })
    expect(said(report)).toContain('confidence mended is not given for a source, and was read as low')
  })

  test('without its page nothing of it is kept, and the row goes in', async () => {
    const report = await sourced({ Confianza: 'alta', source_url: 'seen on a poster' })
    expect(report.services[0]).not.toHaveProperty('evidence')
    expect(said(report)).toEqual(
      expect.arrayContaining([
        '2 source_url quarantined is not the address of one page, so it was left out',
        '2 Confianza quarantined is said of a source whose page is not given, so it was left out',
      ]),
    )
  })

  test('a number for callers abroad gets the code of its country, and keeps what it is for', async () => {
    const report = await sourced({
      'Номер з-за кордону': '044 123 45 68',
      phone_abroad_note_uk: 'з-за кордону',
    })
    expect(report.services[0]?.contacts).toEqual([
      { kind: 'phone', value: '+380 44 123 4567' },
      { kind: 'phone', value: '+380 44 123 4568', label: { uk: 'з-за кордону' } },
    ])
  })

  test('a short number cannot be dialled from abroad', async () => {
    const report = await sourced({ phone_abroad: '116', phone_abroad_note_uk: 'з-за кордону' })
    expect(report.services).toEqual([])
    expect(said(report)).toContain(
      '2 phone_abroad refused is a short number, which cannot be dialled from another country',
    )
  })
})
