import { describe, expect, test } from 'vitest'
import { exitCode } from '../../../src/cli/services/import.ts'
import { jsonOf, reportLines } from '../../../src/cli/services/import/report-table.ts'
import { importSheet } from '../../../src/directory/import/import-sheet.ts'
import { EXAMPLE, TODAY } from './example-pack.ts'
import { GOOD, imported, said, sheetOf } from './import-files.ts'

/** A row that shows a place, and whose words may say that people hide there. */
const SHOWN = { ...GOOD, address: '9 Hidden Street', address_public: 'yes' }

describe('a place that its words call a shelter and its category does not is held, never shown', () => {
  test.each([
    ['English', { description_en: 'A shelter for women and their children.' }],
    ['its name', { name_en: 'Safe House East' }],
    ['a point', { description_en: 'Women’s refuge.', address: '', lat: '12.3', lon: '45.6' }],
    ['a town', { description_en: 'Safe houses for girls.', address: '', place: 'Exampletown' }],
    ['words to search by', { keywords_en: 'sleep, safe home' }],
    ['French', { description_fr: 'Un foyer pour femmes.' }],
    ['Spanish', { description_es: 'Casa de acogida para mujeres.' }],
    ['Arabic', { description_ar: 'ندير بيوت آمنة للنساء.' }],
    ['Arabic with an article', { name_ar: 'المأوى' }],
    ['Ukrainian', { description_uk: 'Тут працює притулок для жінок.' }],
    ['Russian', { description_ru: 'Кризисный центр и приют.' }],
    ['Azerbaijani', { description_az: 'Qadınlar üçün sığınacağımız var.' }],
    ['Bangla', { description_bn: 'নারীদের আশ্রয়কেন্দ্র।' }],
    ['the name of its organisation', { org: 'Exampletown Women Shelter' }],
    ['a crisis centre', { name_en: 'Crisis centre for women' }],
    ['a transit house', { name_en: 'Transit house' }],
    ['people who sleep there', { description_en: 'Women can sleep here for up to 30 days.' }],
    ['accommodation', { description_en: 'Emergency accommodation, 24 beds.' }],
    ['a word for the category, in Ukrainian', { description_uk: 'Тимчасове житло для постраждалих.' }],
    ['that word in another case', { description_uk: 'Забезпечуємо тимчасовим житлом.' }],
    ['a word for the category, in French', { description_fr: 'Hébergement pour femmes.' }],
    ['a word for the category, in Spanish', { description_es: 'Alojamiento para mujeres.' }],
    ['a word for the category, in Arabic', { description_ar: 'السكن الآمن للنساء' }],
  ])('in %s', async (_, cells) => {
    const report = await imported(sheetOf({ ...SHOWN, ...cells }))
    expect(report.services).toEqual([])
    expect(report.findings.filter(({ kind }) => kind === 'held')).toHaveLength(1)
    expect(JSON.stringify(report)).not.toMatch(/Hidden|45\.6/u)
    expect(exitCode(report)).toBe(1)
  })

  test.each([
    ['is a shelter and gives no place', { categories: 'shelter', address: '' }],
    ['gives no place', { address: '' }],
    ['is for staff only', { visibility: 'staff_only' }],
  ])('but not one that %s', async (_, cells) => {
    const report = await imported(sheetOf({ ...SHOWN, description_en: 'A shelter.', ...cells }))
    expect(report.services).toHaveLength(1)
    expect(said(report).filter((line) => line.includes('held'))).toEqual([])
  })

  test.each([
    ['refugees', { description_en: 'Help for refugees and displaced people.' }],
    ['people who ask for asylum', { description_uk: 'Допомога шукачам притулку.' }],
    ['today, in Spanish', { description_es: 'Abierto hoy.' }],
  ])('nor one that speaks of %s', async (_, cells) => {
    expect((await imported(sheetOf({ ...SHOWN, ...cells }))).services).toHaveLength(1)
  })
})

describe('beds and nights', () => {
  const held = async (...rows: Record<string, string>[]) => {
    const sheet = sheetOf(...rows.map((cells, at) => ({ ...SHOWN, ...cells, service_id: `row-${at}` })))
    return (await imported(sheet)).findings.filter(({ kind }) => kind === 'held').length
  }
  const NIGHTS = [
    { description_en: 'A quiet house with 24 beds.' },
    { description_en: 'Women may stay overnight.' },
    { description_fr: 'Une maison calme, 24 lits.' },
    { description_es: 'Una casa tranquila con 24 camas.' },
    { description_ar: 'بيت هادئ فيه 24 سريرا' },
    { description_uk: 'Тихий будинок на 24 ліжка.' },
    { description_ru: 'Тихий дом на 24 койки.' },
  ]
  test.each(NIGHTS)('of a place that is no hospital hold it: %o', async (words) => {
    const kinds = ['case_management', 'safe_space;mhpss', 'anti_trafficking', 'food;nfi']
    expect(await held(...kinds.map((categories) => ({ ...words, categories })))).toBe(4)
  })
  test.each(NIGHTS)('of a hospital do not, nor of who hands them out: %o', async (words) => {
    const kinds = ['health', 'cmr;mhpss', 'case_management;health', 'nfi;dignity_kit']
    expect(await held(...kinds.map((categories) => ({ ...words, categories })))).toBe(0)
  })
  test.each([
    ['a hospital where women hide', { categories: 'health', description_en: 'A refuge with 24 beds.' }, 1],
    ['an office that is open at night', { categories: 'police', description_en: 'Open overnight.' }, 0],
    ['one bed', { categories: 'legal', description_en: 'Advice, a bed and a lawyer.' }, 0],
    ['an adjustment', { categories: 'legal', description_en: 'Ask for reasonable accommodation.' }, 0],
    ['help for bad nights', { categories: 'health', description_en: 'So that you can sleep.' }, 0],
    ['housing that is provided', { description_uk: 'Надання тимчасового житла.' }, 1],
    ['leave to stay, in Ukrainian', { description_uk: 'Посвідка на тимчасове проживання.' }, 0],
    ['a family, in Arabic', { categories: 'legal', description_ar: 'دعم لكل أسرة' }, 0],
    ['a house to meet in', { categories: 'safe_space', description_en: 'A house for women and girls.' }, 0],
  ])('%s', async (_, cells, times) => expect(await held(cells)).toBe(times))
})

describe('what is held', () => {
  const file = sheetOf({ ...SHOWN, description_en: 'Near the old shelter.' }, { ...GOOD, service_id: 'two' })
  const source = { name: 'list.csv', bytes: new TextEncoder().encode(file) }
  const wish = { today: TODAY }

  test('is told apart from what is refused, in the table and for a script', async () => {
    const report = await importSheet(source, EXAMPLE, wish)
    const lines = reportLines(report, EXAMPLE, Date.parse(TODAY))
    expect(lines.join('\n')).toMatch(/2 {2}description_en {2}HELD/u)
    expect(lines).toContain('CSV, 2 rows: 1 goes in, 0 are refused.')
    expect(lines).toContain('1 row waits for somebody to look at: see HELD above.')
    expect(jsonOf(report)).toMatchObject({ rows: 2, goIn: 1, refused: 0, held: 1 })
    expect(exitCode(report)).toBe(2)
  })

  test('goes in when somebody has looked at that very row', async () => {
    const other = await importSheet(source, EXAMPLE, { ...wish, notSecret: new Set(['two']) })
    expect(other.services.map(({ id }) => id)).toEqual(['two'])
    const report = await importSheet(source, EXAMPLE, { ...wish, notSecret: new Set(['one']) })
    expect(report.services.map(({ id }) => id)).toEqual(['one', 'two'])
    expect(said(report)).toEqual([
      '2 description_en note speaks of a place where people hide, and the row says where it is; somebody looked at it',
    ])
    expect(exitCode(report)).toBe(0)
  })
})
