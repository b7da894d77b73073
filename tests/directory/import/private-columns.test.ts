import { describe, expect, test } from 'vitest'
import { GOOD, imported, said, sheetOf } from './import-files.ts'

/** Nobody must find in the answer to a stranger what a sheet keeps beside it for its own people. */
const PRIVATE = {
  number: '+000 0000 0099',
  mailbox: 'help@quiet.example.org',
  text: 'Quiet words.',
  point: '45.6789',
}
const cellOf = (heading: string) =>
  /mail|courriel|correo/iu.test(heading)
    ? PRIVATE.mailbox
    : /description|name|address|remarks/iu.test(heading)
      ? PRIVATE.text
      : /latitude|longitude/iu.test(heading)
        ? PRIVATE.point
        : PRIVATE.number

const doubt = (column: string, where = 'heading') =>
  `quarantined may be ${column}, but what else its ${where} says is not known, so nothing of it was read`

async function leftOut(heading: string, column: string) {
  const report = await imported(sheetOf({ ...GOOD, address_public: 'yes', [heading]: cellOf(heading) }))
  expect(said(report)).toEqual([`${heading} ${doubt(column)}`])
  expect(report.findings[0]?.remedy).toBe(
    `If anybody may see it, name it ${column}. If not, leave it as it is.`,
  )
  expect(report.services).toHaveLength(1)
  for (const value of Object.values(PRIVATE)) expect(JSON.stringify(report)).not.toContain(value)
  expect(report.columns[heading]).toBe('')
}

describe('a column that says more than its name', () => {
  test.each([
    ['Phone (private)', 'phone'],
    ['Phone [internal]', 'phone'],
    ['Mobile (Amina, manager)', 'phone'],
    ['WhatsApp (staff only)', 'whatsapp'],
    ['Email (personal)', 'email'],
    ['Phone (old, disconnected)', 'phone'],
    ['Phone (not public)', 'phone'],
    ['Phone (public) (focal point)', 'phone'],
    ['Address (confidential, do not share)', 'address'],
    ['Description (do not publish)', 'description'],
    ['Description (private) (Arabic)', 'description_ar'],
    ['Téléphone (privé)', 'phone'],
    ['Teléfono (de la coordinadora)', 'phone'],
    ['رقم الهاتف (خاص)', 'phone'],
    ['Телефон (особистий)', 'phone'],
    ['focal_point/phone', 'phone'],
    ['respondent/contact/whatsapp', 'whatsapp'],
    ['Contact person / Mobile', 'phone'],
    ['Phone (landline/private/mobile)', 'phone'],
    ['_home_of_the_manager_latitude', 'lat'],
  ])('%s is left out, and the officer is told what to do', leftOut)

  test.each(['Focal point phone', 'Phone::Internal'])('%s is no name of a public number', async (heading) => {
    const report = await imported(sheetOf({ ...GOOD, [heading]: PRIVATE.number }))
    expect(said(report)).toEqual([
      `${heading} quarantined is not a column that is known, so nothing of it was read`,
    ])
    expect(JSON.stringify(report)).not.toContain(PRIVATE.number)
  })

  test('without a cell that holds anything needs no word', async () => {
    expect(said(await imported(sheetOf({ ...GOOD, 'Phone (private)': '' })))).toEqual([])
  })

  test.each([
    ['Phone (2)', 'phone'],
    ['Phone number(s)', 'phone'],
    ['Phone (public)', 'phone'],
    ['Phone (with country code)', 'phone'],
    ['Phone (Arabic)', 'phone'],
    ['Mobile (optional) *', 'phone'],
    ['Téléphone (fixe/mobile)', 'phone'],
    ['Teléfono (opcional)', 'phone'],
    ['رقم الهاتف (إن وجد)', 'phone'],
    ['Телефон (за наявності)', 'phone'],
    ['contact/phone', 'phone'],
    ['Section B: contact information / Phone', 'phone'],
    ['group_ab1cd23/phone', 'phone'],
    ["Coordonnées de l'organisation/Téléphone", 'phone'],
    ['Phone::English (en)', 'phone'],
    ['WhatsApp [number]', 'whatsapp'],
  ])('%s is read all the same', async (heading, kind) => {
    const { phone: _, ...row } = GOOD
    const report = await imported(sheetOf({ ...row, [heading]: PRIVATE.number }))
    expect(report.services[0]?.contacts).toEqual([{ kind, value: PRIVATE.number }])
  })

  test('words that belong to the column itself change nothing', async () => {
    const { adm1_pcode = '', verified_on = '', status = '', review_by = '', ...row } = GOOD
    const report = await imported(
      sheetOf({
        ...row,
        'Admin 1 (Province)': adm1_pcode,
        'Date verified (dd/mm/yyyy)': verified_on,
        'Status (active / closed)': status,
        'Review date (YYYY-MM-DD)': review_by,
        'Minimum age (years)': '18',
        'Name (main) (Arabic)': 'مركز المثال',
        'Opening hours (optional)': '24/7',
      }),
    )
    expect(said(report)).toEqual([])
    expect(report.services[0]).toMatchObject({
      area: { adm1: 'ZZ01' },
      verified: { on: '2026-10-01' },
      minAge: 18,
      name: { en: 'Example one', ar: 'مركز المثال' },
    })
  })
})

describe('a column whose tag says more than is known', () => {
  const cells = { ...GOOD, other: PRIVATE.number }
  const tags: Readonly<Record<string, string>> = {
    service_id: '#service+id',
    name_en: '#service+name+i_en',
    description_en: '#description+i_en',
    org: '#org+name',
    categories: '#service+type',
    status: '#status',
    country: '#country+code',
    adm1_pcode: '#adm1+code',
    coverage: '#service+coverage',
    phone: '#contact+phone',
    languages: '#access+languages',
    verified_on: '#date+verified',
    verified_by: '#meta+verified_by',
    review_by: '#date+review',
  }
  const tagged = (heading: string, tag: string) => {
    const columns = Object.keys(cells)
    const names = columns.map((column) => (column === 'other' ? heading : column))
    const row = columns.map((column) => tags[column] ?? tag)
    return imported([names, row, Object.values(cells)].map((one) => one.join(',')).join('\n'))
  }

  test.each([
    ['#contact+phone+private', 'phone'],
    ['#contact+phone+whatsapp+internal', 'whatsapp'],
    ['#contact+email+personal', 'email'],
    ['#loc+name+old', 'place'],
    ['#geo+lat+home', 'lat'],
    ['#description+internal+i_fr', 'description_fr'],
  ])('%s is left out, whatever its heading', async (tag, column) => {
    for (const heading of ['other', 'Phone']) {
      const report = await tagged(heading, tag)
      expect(said(report)).toEqual([`${heading} ${doubt(column, 'tag')}`])
      expect(JSON.stringify(report)).not.toContain(PRIVATE.number)
      expect(report.services).toHaveLength(1)
    }
  })

  test.each(['#contact+private', '#meta+internal'])('%s is not read by its heading', async (tag) => {
    const report = await tagged('Phone', tag)
    expect(said(report)).toEqual([`Phone ${doubt('phone', 'tag')}`])
    expect(JSON.stringify(report)).not.toContain(PRIVATE.number)
  })

  test.each(['#contact+phone+main', '#contact+phone+num', '#contact+phone+public+v_itu'])(
    '%s is read',
    async (tag) => {
      const report = await tagged('other', tag)
      expect(report.services[0]?.contacts).toHaveLength(2)
    },
  )
})

describe('a heading of two rows', () => {
  const { phone = '', ...row } = GOOD
  const heading = [...Object.keys(row), 'Phone', 'Email', 'Phone', 'Email', 'Latitude', 'Longitude']
  const cells = [
    ...Object.values(row),
    phone,
    'help@example.org',
    PRIVATE.number,
    PRIVATE.mailbox,
    '45.6',
    '12.3',
  ]
  const under = (service: string, others: string, before = '') => {
    const above = heading.map((_, at) => (at === 13 ? service : at === 15 ? others : at === 0 ? before : ''))
    return imported([above, heading, cells].map((one) => one.map((cell) => `"${cell}"`).join(',')).join('\n'))
  }

  test.each([
    ['Contact of the service', 'Focal point (internal)'],
    ['Public', 'Manager'],
    ['Coordonnées', 'Personne de contact'],
    ['جهات الاتصال', 'للموظفين فقط'],
  ])('keeps what stands under "%s" from what stands under "%s"', async (service, others) => {
    for (const before of ['', 'Service']) {
      const report = await under(service, others, before)
      expect(said(report)).toEqual(
        [
          ['Phone', 'phone'],
          ['Email', 'email'],
          ['Latitude', 'lat'],
          ['Longitude', 'lon'],
        ].map(
          ([name, column]) =>
            `${name} quarantined may be ${column}, but what the cell above its heading says is not known, so nothing of it was read`,
        ),
      )
      expect(report.services[0]?.contacts).toEqual([
        { kind: 'phone', value: phone },
        { kind: 'email', value: 'help@example.org' },
      ])
      expect(JSON.stringify(report)).not.toMatch(/0099|quiet|45\.6/u)
    }
  })

  test('of which a title says nothing is read', async () => {
    const report = await under('', '', 'List of services, 2026')
    expect(report.findings.filter(({ kind }) => kind === 'quarantined')).toEqual([])
  })
})

describe('a column that says which rows may be shown', () => {
  const UNCLEAR =
    'refused says which services may be shown, but not in words that are known, so no row goes in'

  test.each([
    ['Confidential', 'yes', 'no'],
    ['Is this service confidential?', 'Y', ''],
    ['Public (yes/no)', 'no', 'yes'],
    ['Do not publish', 'x', ''],
    ['meta/ok_to_share', '0', '1'],
    ['Confidentiel', 'oui', 'non'],
    ['¿Se puede publicar?', 'no', 'sí'],
    ['سري', 'نعم', 'لا'],
    ['Чи можна публікувати', 'ні', 'так'],
  ])('keeps all out until it is known what it means: %s', async (heading, first, second) => {
    const sheet = sheetOf({ ...GOOD, [heading]: first }, { ...GOOD, service_id: 'two', [heading]: second })
    const report = await imported(sheet)
    expect(said(report)).toEqual([`${heading} ${UNCLEAR}`])
    expect(report).toMatchObject({ rows: 2, services: [] })
    const looked = await imported(sheet, { mapping: { [heading]: '' } })
    expect(looked.services).toHaveLength(2)
  })

  test('keeps all out by its cells, whatever it is called', async () => {
    const report = await imported(
      sheetOf(
        { ...GOOD, 'Level of access': 'internal' },
        { ...GOOD, service_id: 'two', 'Level of access': 'public' },
      ),
    )
    expect(said(report)).toEqual([`Level of access ${UNCLEAR}`])
    expect(report.services).toEqual([])
  })

  test.each([
    [{ visibility: 'public', Confidentiality: 'staff_only' }, 'Confidentiality', 'visibility'],
    [{ 'Visibility (2024)': 'staff_only', visibility: 'public' }, 'visibility', 'visibility'],
    [{ address: 'Street 1', 'Address public (old)': 'yes' }, 'Address public (old)', 'address_public'],
    [
      { address: 'Street 1', address_public: 'yes', 'Can the address be shared': 'no' },
      'Can the address be shared',
      'address_public',
    ],
  ])('is not overruled by another: %j', async (cells, heading, column) => {
    const report = await imported(sheetOf({ ...GOOD, ...cells }))
    expect(said(report)).toContain(
      `${heading} refused may be ${column}, which says what may be shown, and is not surely understood, so no row goes in`,
    )
    expect(report.services).toEqual([])
  })

  test.each([
    ['Public/Private', 'Public'],
    ['Confidential notes', 'yes'],
    ['Private facility', 'yes'],
    ['Confidential', 'Ask at the gate.'],
    ['Public/Private', 'private'],
  ])('other columns are merely left out: %s, "%s"', async (heading, cell) => {
    const report = await imported(sheetOf({ ...GOOD, [heading]: cell }))
    expect(said(report)).toEqual([
      `${heading} quarantined is not a column that is known, so nothing of it was read`,
    ])
    expect(report.services).toHaveLength(1)
  })
})

test.each(['SubmissionDate', 'deviceid', 'meta-instanceID', '_uuid'])(
  'the number and the name of whoever filled in a form that has %s stay out',
  async (mark) => {
    const own = {
      [mark]: 'x',
      phonenumber: PRIVATE.number,
      username: PRIVATE.text,
      SubmitterName: PRIVATE.text,
    }
    const report = await imported(sheetOf({ ...own, ...GOOD }))
    expect(said(report)).toEqual([
      'note 4 columns that Kobo adds of its own (who sent it, when, from which phone) were left out',
    ])
    expect(report.services[0]?.contacts).toHaveLength(1)
    expect(JSON.stringify(report)).not.toMatch(/0099|Quiet/u)
  },
)
