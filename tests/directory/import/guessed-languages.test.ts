import { expect, test } from 'vitest'
import { packOf } from './example-pack.ts'
import { GOOD, imported, sheetOf } from './import-files.ts'

/** A text goes out to people in the language under which it was filed, so a guess is told to the officer. */
const { name_en: name = '', description_en: description = '', ...rest } = GOOD
const row = { ...rest, country: 'SO', adm1_pcode: 'SO01', phone: '061 5123456' }
const somalia = packOf('SO', ['so', 'en', 'ar'], ['Banadir'])
const guesses = (report: Awaited<ReturnType<typeof imported>>) =>
  report.findings.filter(({ problem }) => problem.startsWith('was taken as'))

test('English under English headings, in a country of another language', async () => {
  const sheet = {
    ...row,
    'Service name': name,
    'Description of services': description,
    'Opening hours': 'Mon-Fri 9:00-17:00 by appointment',
    Town: 'Mogadishu',
  }
  const report = await imported(sheetOf(sheet, { ...sheet, service_id: 'two' }), { pack: somalia })
  expect(guesses(report)).toEqual([
    {
      column: 'Service name',
      kind: 'note',
      problem: 'was taken as Somali',
      remedy: 'Name the column name_en if it is English.',
    },
    {
      column: 'Description of services',
      kind: 'note',
      problem: 'was taken as Somali',
      remedy: 'Name the column description_en if it is English.',
    },
    {
      column: 'Opening hours',
      kind: 'note',
      problem: 'was taken as Somali',
      remedy: 'Name the column hours_note_en if it is English.',
    },
  ])
  expect(report.services).toHaveLength(2)
})

test('letters that several languages of the country share', async () => {
  const pack = packOf('UA', ['uk', 'ru', 'en'], ['Київська'])
  const cells = { ...row, country: 'UA', adm1_pcode: 'UA01', phone: '044 123 45 67' }
  const report = await imported(sheetOf({ ...cells, Name: 'Центр', Опис: 'Допомога.' }), { pack })
  expect(guesses(report).map(({ column, remedy }) => [column, remedy])).toEqual([
    ['Name', 'Name the column name_ru if it is Russian.'],
  ])
})

test.each([
  ['the heading names the language', { name_en: name, 'Description (English)': description }, somalia],
  ['the heading is in it', { Nom: 'Centre', 'Description du service': 'Des soins.' }, somalia],
  [
    'the country has no other',
    { Name: name, Description: description },
    packOf('SO', ['en', 'ar'], ['Banadir']),
  ],
  ['nothing was made of the hours', { name_en: name, description_en: description, Hours: '24/7' }, somalia],
  ['no cell is filled', { name_en: name, description_en: description, Conditions: '' }, somalia],
])('nothing is said where %s', async (_, cells, pack) => {
  const report = await imported(sheetOf({ ...row, ...cells }), { pack })
  expect(guesses(report)).toEqual([])
  expect(report.services).toHaveLength(1)
})
