import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { reportLines } from '../../../src/cli/services/import/report-table.ts'
import { EXAMPLE, packOf, TODAY } from './example-pack.ts'
import { fixture, GOOD, imported, said, sheetOf } from './import-files.ts'

const names = (services: readonly { id: string }[]) => services.map(({ id }) => id)
const withoutSource = (service: object) => ({ ...service, source: undefined })
const TEMPLATE = ['zz-hotline-1', 'zz-clinic-1', 'zz-shelter-1', 'zz-legal-1', 'zz-psea-1']

describe('the template that organisations fill in', () => {
  test('comes in whole, and the shelter without a place', async () => {
    const report = await imported(fixture('template.csv'))
    expect(said(report)).toEqual(['categories mended holds another word for mhpss, and was read as that'])
    expect(names(report.services)).toEqual(TEMPLATE)
    expect(report).toMatchObject({ format: 'CSV', rows: 5 })
    expect(report.services[2]).toMatchObject({
      visibility: 'on_request',
      contacts: [{ value: '+000 0000 0003' }],
    })
    expect(report.services[2]).not.toHaveProperty('address')
    expect(report.services[2]).not.toHaveProperty('location')
  })

  test('with its row of HXL tags gives the same services, whatever the heading says', async () => {
    const plain = await imported(fixture('template.csv'))
    const twin = fixture('template.hxl.csv').toString()
    const renamed = twin.replace(/^[^\n]*/u, (heading) => heading.replaceAll(/[a-z_0-9]+/gu, 'column'))
    for (const text of [twin, renamed]) {
      const report = await imported(text)
      expect(report.format).toBe('CSV with HXL')
      expect(report.services.map(withoutSource)).toEqual(plain.services.map(withoutSource))
      expect(report.services[0]?.source).toEqual({ file: 'list.csv', row: 3 })
    }
  })

  test('as a workbook with a title, a merged organisation and a sheet of notes beside it', async () => {
    const rows = (await imported(fixture('template.csv'))).services.slice(0, 2)
    expect(rows).toHaveLength(2)
    const table = fixture('template.csv')
      .toString()
      .trim()
      .split(/\r?\n/u)
      .slice(0, 2)
      .map((line) => line.split(','))
    const [head = [], hotline = []] = table
    const org = head.indexOf('org')
    const second = hotline.map((cell, at) => (at === 0 ? 'zz-hotline-2' : at === org ? null : cell))
    const third = hotline.map((cell, at) => (at === 0 ? 'zz-hotline-3' : cell))
    const list = [
      [{ value: 'Services of the region', columnSpan: 3 }],
      head.map((value) => ({ value })),
      hotline.map((value, at) => (at === org ? { value, rowSpan: 2 } : { value })),
      second.map((value) => (value === null ? null : { value })),
      third.map((value, at) =>
        head[at] === 'verified_on'
          ? { value: new Date('2026-10-01'), type: Date, format: 'yyyy-mm-dd' }
          : { value },
      ),
    ]
    const workbook = await writeWorkbook([
      { data: [[{ value: 'How this list is made' }]], sheet: 'Read me' },
      { data: list, sheet: 'Services' },
    ]).toBuffer()
    const report = await imported(workbook)
    expect(said(report).filter((line) => !line.includes('another word'))).toEqual([
      'note Of 2 sheets, sheet 2 ("Services") was read as the list',
      'mended A cell of the sheet is merged with the one above and was read as saying the same',
    ])
    expect(report.services.map(({ id, orgName, verified }) => [id, orgName, verified.on])).toEqual([
      ['zz-hotline-1', 'Example NGO', '2026-10-01'],
      ['zz-hotline-2', 'Example NGO', '2026-10-01'],
      ['zz-hotline-3', 'Example NGO', '2026-10-01'],
    ])
    expect(report.services[0]?.source.row).toBe(3)
  })
})

describe('sheets that organisations have', () => {
  test('a Kobo export: groups, answers of 0 and 1, a point, and none of what Kobo adds', async () => {
    const report = await imported(fixture('kobo.csv'))
    expect(said(report)).toEqual([
      'note 7 columns that Kobo adds of its own (who sent it, when, from which phone) were left out',
      '3 contact/hours mended was read as Su-Th 09:00-15:00',
    ])
    const [clinic, legal] = report.services
    expect(clinic).toMatchObject({
      categories: ['health', 'cmr'],
      serves: ['everyone'],
      location: { lat: 12.3456, lon: 45.6789 },
      languages: ['en', 'so'],
    })
    expect(legal).toMatchObject({ categories: ['legal'], serves: ['women', 'girls'] })
    expect(JSON.stringify(report)).not.toMatch(/sender-7|00000000-0000/u)
  })

  test('a French one with semicolons', async () => {
    const report = await imported(fixture('french.csv'), { pack: packOf('SN', ['fr'], ['Dakar']) })
    expect(report.services).toHaveLength(3)
    expect(report.services[0]).toMatchObject({
      name: { fr: 'Centre d’écoute exemple' },
      categories: ['mhpss', 'case_management'],
      area: { country: 'SN', adm1: 'SN01', coverage: 'adm1' },
      location: { lat: 14.6937, lon: -17.4441 },
      contacts: [
        { kind: 'phone', value: '+221 33 821 23 45' },
        { kind: 'tollfree', value: '800 805 805' },
      ],
      hours: { osm: 'Mo-Fr 09:00-17:00' },
      languages: ['fr', 'wo'],
      femaleStaff: true,
      verified: { on: '2026-03-01' },
      // Another date of this column has its day first.
      reviewBy: '2026-08-01',
    })
    expect(report.services[1]).toMatchObject({ minAge: 18, hours: { osm: null, text: { fr: '9h-17h' } } })
    expect(report.services[2]).toMatchObject({ categories: ['shelter'], visibility: 'on_request' })
    expect(said(report)[0]).toBe(
      'Remarques quarantined is not a column that is known, so nothing of it was read',
    )
  })

  test('an Arabic one with tabs, Arabic digits and no ids', async () => {
    const pack = packOf('IQ', ['ar', 'en'], ['بغداد'])
    const { services } = await imported(fixture('arabic.csv'), { pack })
    expect(services[0]).toMatchObject({
      name: { ar: 'مركز المثال', en: 'Example centre' },
      categories: ['mhpss', 'case_management'],
      contacts: [
        { kind: 'phone', value: '+964 770 123 4567' },
        { kind: 'whatsapp', value: '+964 770 123 4567' },
      ],
      hours: { osm: 'Su-Th 08:00-15:00' },
      languages: ['ar', 'en'],
      documents: 'none',
      verified: { on: '2026-03-01' },
    })
    expect(services[1]).toMatchObject({ contacts: [{ value: '199' }], hours: { osm: '24/7' } })
    const again = await imported(fixture('arabic.csv'), { pack })
    expect(names(again.services)).toEqual(names(services))
    expect(new Set(names(services)).size).toBe(2)
  })

  test('a Ukrainian one', async () => {
    const { services } = await imported(fixture('ukrainian.csv'), {
      pack: packOf('UA', ['uk'], ['Київська']),
    })
    expect(services[0]).toMatchObject({
      name: { uk: 'Приклад: правова допомога' },
      area: { country: 'UA', adm1: 'UA01', coverage: 'adm1' },
      contacts: [
        { kind: 'phone', value: '+380 44 123 4567' },
        { kind: 'phone', value: '+380 50 123 4567' },
        { kind: 'tollfree', value: '0 800 123 456' },
      ],
      hours: { osm: 'Mo-Fr 09:00-18:00; Sa 10:00-14:00; Su off' },
      serves: ['everyone'],
      cost: 'free',
      reviewBy: '2026-08-01',
    })
    expect(services[1]).toMatchObject({ categories: ['hotline'], contacts: [{ value: '1 999' }] })
  })

  test('a bad one: every row says what to mend, and nothing of it is quoted', async () => {
    const report = await imported(fixture('bad.csv'))
    const text = `${reportLines(report, EXAMPLE, Date.parse(`${TODAY}T12:00:00Z`)).join('\n')}\n`
    const golden = join(import.meta.dirname, 'fixtures/bad.report.txt')
    if (process.env['LANTERN_GOLDEN'] === 'write') writeFileSync(golden, text)
    expect(text).toBe(readFileSync(golden, 'utf8'))
    expect(JSON.stringify(report.findings)).not.toMatch(
      /Amina|first\.last|Secret|Quiet|private words|Klingon/u,
    )
    expect(names(report.services)).toEqual([])
  })
})

describe('dates of which the day may be the month', () => {
  const row = (verified_on: string, review_by: string) => ({ ...GOOD, verified_on, review_by })
  const dates = async (...rows: Record<string, string>[]) =>
    (await imported(sheetOf(...rows))).services.map(({ verified, reviewBy }) => [verified.on, reviewBy])

  test('are read as the other dates of the sheet are written', async () => {
    expect(await dates(row('03/10/2026', '15/01/2027'))).toEqual([['2026-10-03', '2027-01-15']])
    expect(await dates(row('10/03/2026', '01/15/2027'))).toEqual([['2026-10-03', '2027-01-15']])
  })

  test('are refused where nothing says it, or two columns say otherwise', async () => {
    expect(await dates(row('03/10/2026', '2027-01-15'))).toEqual([])
    const other = { ...row('03/10/2026', '01/15/2027'), ends_on: '20/12/2027' }
    expect(await dates(other)).toEqual([])
    expect(said(await imported(sheetOf(other)))).toContain('2 verified_on refused may be two different days')
  })
})

describe('a day by which nobody will call again', () => {
  const ofKenya = packOf('KE', ['en'], ['Nairobi'])
  const row = { ...GOOD, country: 'KE', adm1_pcode: 'KE01', phone: '1195', verified_on: '2026-10-01' }
  const read = async (review_by: string) =>
    said(await imported(sheetOf({ ...row, review_by }), { pack: ofKenya }))

  test.each(['2569-10-01', '2062-12-01', '2027-03-31', '31/10/2569'])('refuses the row: %s', async (day) =>
    expect(await read(day)).toContain('2 review_by refused is more than 180 days after verified_on'),
  )
  test('unless it is the last of 180 days, or the country is invented', async () => {
    expect(await read('2027-03-30')).toEqual([])
    expect(said(await imported(sheetOf({ ...GOOD, review_by: '2099-12-31' })))).toEqual([])
  })
  test('and what stands behind a date is not passed over', async () => {
    const report = await imported(sheetOf({ ...GOOD, verified_on: '2026-09-01 no answer, number dead' }))
    expect(said(report)).toEqual(['2 verified_on refused is not a date that is understood'])
  })
})

describe('ids', () => {
  test('are made of name and organisation where they are missing, and stay the same', async () => {
    const { service_id: _, ...row } = GOOD
    const first = await imported(sheetOf(row))
    const second = await imported(sheetOf({ ...row, name_en: 'Example two' }, { ...row, phone: '+000 9' }))
    expect(first.services[0]?.id).toMatch(/^example-one-[0-9a-f]{6}$/u)
    expect(names(second.services)).toContain(first.services[0]?.id)
  })

  test('that stand twice keep both rows out, each naming the other', async () => {
    const report = await imported(sheetOf(GOOD, { ...GOOD, service_id: 'two' }, GOOD))
    expect(names(report.services)).toEqual(['two'])
    expect(said(report)).toEqual([
      '2 service_id refused is the same as in row 4',
      '4 service_id refused is the same as in row 2',
    ])
  })
})

describe('what must stay secret is refused, never hidden', () => {
  test.each([
    ['a shelter with an address', { categories: 'shelter', address: '9 Hidden Street' }],
    ['a shelter in other words, with coordinates', { categories: 'Safe house', lat: '12.3', lon: '45.6' }],
    ['a place on request', { visibility: 'on_request', lat: '12.3', lon: '45.6' }],
    ['an address that is not public', { address_public: 'non', address: '9 Hidden Street' }],
    ['an address of which nothing is said', { address: '9 Hidden Street' }],
    ['a public shelter', { categories: 'маjо; shelter', visibility: 'public' }],
    ['a shelter whose point stands in one cell', { categories: 'refuge', coordinates: '12.3, 45.6' }],
  ])('%s', async (_, cells) => {
    const report = await imported(sheetOf({ ...GOOD, ...cells }))
    expect(report.services).toEqual([])
    expect(report.findings.some(({ kind }) => kind === 'refused')).toBe(true)
    expect(JSON.stringify(report)).not.toMatch(/Hidden|45\.6/u)
  })

  test.each(['unknown', 'TBD', 'n/a', '-', '?', 'not known', 'غير متوفر', 'немає', '#REF!'])(
    'a row whose visibility is "%s" says nothing of who may see it',
    async (visibility) => {
      const place = { categories: 'safe_space', address: '9 Hidden Street', address_public: 'yes' }
      const report = await imported(sheetOf({ ...GOOD, ...place, visibility }))
      expect(said(report)).toEqual(['2 visibility refused does not say who may see it'])
      expect(report.services).toEqual([])
    },
  )

  test.each(['unknown', 'TBD', '-'])('"%s" does not make an address public', async (answer) => {
    const place = { address: '9 Hidden Street', address_public: answer }
    const report = await imported(sheetOf({ ...GOOD, ...place }))
    expect(said(report)).toEqual([
      '2 address_public refused is not yes, but the row gives an address or coordinates',
    ])
    const without = await imported(sheetOf({ ...GOOD, address_public: answer }))
    expect(said(without)).toEqual([])
    expect(without.services).toHaveLength(1)
  })

  test('an empty visibility is public, as the template has it', async () => {
    const report = await imported(sheetOf({ ...GOOD, visibility: '' }))
    expect(said(report)).toEqual([])
    expect(report.services[0]?.visibility).toBe('public')
  })

  test.each([
    ['a mailbox', 'Write to first.last@example.org today.', 'an e-mail address'],
    ['a number', 'Call ٠٧٧٠١٢٣٤٥٦٧ at night.', 'a phone number'],
    ['a name', 'Speak to Amina at the gate.', "a person's name"],
    ['a name in French', 'Demandez Amina à l’accueil.', "a person's name"],
    ['a name in Spanish', 'Pregunte por Amina en la puerta.', "a person's name"],
    ['a name in Ukrainian', 'Запитайте Амiну біля входу.', "a person's name"],
    ['a name in Arabic', 'اسأل عن السيدة أمينة', "a person's name"],
  ])('%s in a free text is left out, and the rest goes in', async (_, safe_note_en, kind) => {
    const report = await imported(sheetOf({ ...GOOD, safe_note_en }))
    expect(said(report)).toEqual([`2 safe_note_en quarantined seems to hold ${kind}, so it was left out`])
    expect(report.services[0]).not.toHaveProperty('safetyNote')
    expect(JSON.stringify(report)).not.toMatch(/Amina|first\.last|Ам|أمينة/u)
  })

  test.each([
    ['Call 050–123–45–67 at night.', 'a phone number'],
    ['Call 050/123/45/67.', 'a phone number'],
    ['Write amina＠ngo.org', 'an e-mail address'],
    ['Contact: Amina Hassan (GBV officer).', "a person's name"],
    ['MR. AMINA HASSAN', "a person's name"],
  ])('however it is written: %s', async (safe_note_en, kind) => {
    const report = await imported(sheetOf({ ...GOOD, safe_note_en }))
    expect(said(report)).toEqual([`2 safe_note_en quarantined seems to hold ${kind}, so it was left out`])
  })

  test('a number or a mailbox in the name or the organisation refuses the row', async () => {
    const rows = [{ org: 'Example NGO 050 123 45 67' }, { name_en: 'Clinic ٠٥٠١٢٣٤٥٦٧' }]
    for (const [at, cells] of rows.entries()) {
      const report = await imported(sheetOf({ ...GOOD, ...cells }))
      expect(said(report)).toEqual([`2 ${at === 0 ? 'org' : 'name_en'} refused seems to hold a phone number`])
    }
  })

  test('a number that is written as a page is left out, and a page is not', async () => {
    const website = 'https://wa.me/380501234567; https://example.org/line/116123'
    const report = await imported(sheetOf({ ...GOOD, website }))
    expect(said(report)).toEqual(['2 website quarantined is a number written as a page, so it was left out'])
    expect(report.services[0]?.contacts).toContainEqual({
      kind: 'web',
      value: 'https://example.org/line/116123',
    })
  })

  test('the number of a fax is left out, and said', async () => {
    const report = await imported(sheetOf({ ...GOOD, phone: 'tel +000 0000 0001; fax +000 0000 0002' }))
    expect(report.services[0]?.contacts).toEqual([{ kind: 'phone', value: '+000 0000 0001' }])
    expect(said(report)).toEqual([
      '2 phone quarantined has the number of a fax, which nobody answers, so that number was left out',
    ])
  })

  test("a person's mailbox, and a number with a word beside it", async () => {
    const row = { ...GOOD, email: 'first.last@example.org', phone: '+000 0000 0001; Amina +000 0000 0002' }
    const report = await imported(sheetOf(row))
    expect(report.services[0]?.contacts).toEqual([{ kind: 'phone', value: '+000 0000 0001' }])
    expect(report.findings.map(({ column, kind }) => [column, kind])).toEqual([
      ['phone', 'quarantined'],
      ['email', 'quarantined'],
    ])
  })
})

describe('columns', () => {
  test('that nobody knows are said once and never come in', async () => {
    const rows = ['one', 'two', 'three'].map((service_id) => ({
      ...GOOD,
      service_id,
      remarks: 'private words',
    }))
    const report = await imported(sheetOf(...rows))
    expect(said(report)).toEqual([
      'remarks quarantined is not a column that is known, so nothing of it was read',
    ])
    expect(JSON.stringify(report)).not.toContain('private words')
  })

  test('are what a mapping says, and what came of it can be kept', async () => {
    const { name_en: name = '', ...rest } = GOOD
    const text = sheetOf({ ...rest, 'Wie es heißt': name, Description_old: 'Old words.' })
    const mapping = { 'Wie es heißt': 'name_en', Description_old: '' }
    const report = await imported(text, { mapping })
    expect(said(report)).toEqual([])
    expect(report.services[0]?.name).toEqual({ en: 'Example one' })
    expect(report.columns).toMatchObject(mapping)
    expect((await imported(text, { mapping: report.columns })).services).toEqual(report.services)
  })

  test('of a Kobo export are kept so that the same export comes in the same', async () => {
    const first = await imported(fixture('kobo.csv'))
    const second = await imported(fixture('kobo.csv'), { mapping: first.columns })
    expect(second.services).toEqual(first.services)
  })

  test('that every service needs are asked for once, not in each row', async () => {
    const { review_by: _, ...row } = GOOD
    const report = await imported(sheetOf(row, { ...row, service_id: 'two' }))
    expect(report.services).toEqual([])
    expect(said(report)).toEqual([
      'review_by refused is a column that every service needs, and nothing in the file was read as it',
    ])
  })
})

describe('rows whose cells slid over', () => {
  const columns = Object.keys(GOOD)
  const cells = Object.values(GOOD)
  const sheet = (row: readonly string[]) => [columns, row].map((one) => one.join(',')).join('\n')
  test.each([
    ['right', [...cells.slice(0, 3), 'extra', ...cells.slice(3, -1)]],
    ['left', [...cells.slice(0, 3), ...cells.slice(4), '']],
  ])('to the %s are recognised', async (side, row) => {
    const report = await imported(sheet(row))
    expect(said(report)).toEqual([`2 refused The cells of this row seem to stand one column to the ${side}`])
  })
  test('a row that is merely full of mistakes is told each of them', async () => {
    const report = await imported(
      sheetOf({ ...GOOD, categories: 'x', status: 'y', coverage: 'z', languages: '12', review_by: 'soon' }),
    )
    expect(report.findings.filter(({ kind }) => kind === 'refused')).toHaveLength(5)
  })
})
