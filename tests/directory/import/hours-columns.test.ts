import { describe, expect, test } from 'vitest'
import { hoursColumns } from '../../../src/directory/import/columns/hours-columns.ts'
import { GOOD, imported, said, sheetOf } from './import-files.ts'

/** Sheets that have a column for each day, or for the two ends of one. */
async function hoursOf(cells: Record<string, string>, mapping = {}) {
  const report = await imported(sheetOf({ ...GOOD, ...cells }), { mapping })
  expect(report.services).toHaveLength(1)
  return { ...report.services[0]?.hours, said: said(report), columns: report.columns }
}
const across = (headings: readonly string[], cells: readonly string[]) =>
  Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? '']))

const NINE_TO_FIVE = ['9-17', '9-17', '9-17', '9-17', '9-12', 'closed', '']
const WEEKS: readonly (readonly [string, string])[] = [
  ['English', 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'],
  ['French', 'Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche'],
  ['Spanish', 'Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo'],
  ['Arabic', 'الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد'],
  ['Ukrainian', 'Понеділок|Вівторок|Середа|Четвер|П’ятниця|Субота|Неділя'],
  ['short English', 'Mon|Tue|Wed|Thu|Fri|Sat|Sun'],
  ['a form', 'hours/mon|hours/tue|hours/wed|hours/thu|hours/fri|hours/sat|hours/sun'],
  [
    'words around the day',
    'Monday opening hours|Tuesday hours|Hours Wednesday|Thursday|Friday|Saturday|Sunday',
  ],
]

describe('a column for each day becomes one line of hours', () => {
  test.each(WEEKS)('in %s', async (_, names) => {
    const { osm, said: told } = await hoursOf(across(names.split('|'), NINE_TO_FIVE))
    expect(osm).toBe('Mo-Th 09:00-17:00; Fr 09:00-12:00')
    expect(told).toEqual([
      `2 ${names.split('|')[0] ?? ''} mended and the other columns of hours were read as Mo-Th 09:00-17:00; Fr 09:00-12:00`,
    ])
  })

  const ENDS: readonly (readonly [string, string])[] = [
    ['mon_open|mon_close', '08:00:00.000+03:00|16:00:00.000+03:00'],
    ['Monday from|Monday to', '8am|4pm'],
    ['Lundi ouverture|Lundi fermeture', '8h|16h'],
    ['Lundi (heure d’ouverture)|Lundi (heure de fermeture)', '8h00|16h00'],
    ['Lunes apertura|Lunes cierre', '08:00|16:00'],
    ['الاثنين من|الاثنين إلى', '٨:٠٠|١٦:٠٠'],
    ['Понеділок з|Понеділок до', '08:00|16:00'],
    ['times/mon/open|times/mon/close', '08:00|16:00'],
  ]
  test.each(ENDS)('its two ends as %s', async (names, cells) => {
    const others = { Tuesday: 'closed', Wednesday: '', Thursday: '8-12, 14-18' }
    const { osm } = await hoursOf({ ...across(names.split('|'), cells.split('|')), ...others })
    expect(osm).toBe('Mo 08:00-16:00; Th 08:00-12:00,14:00-18:00')
  })

  test('two times on one day', async () => {
    const one = { mon_open_1: '8:00', mon_close_1: '12:00', mon_open_2: '14:00', mon_close_2: '18:00' }
    const { osm } = await hoursOf({ ...one, tue: 'closed', wed: 'closed' })
    expect(osm).toBe('Mo 08:00-12:00,14:00-18:00')
  })

  test('several days in one column, and a night', async () => {
    const { osm } = await hoursOf({ Weekdays: '9:00-17:00', Saturday: '20:00-02:00', Sunday: '24h' })
    expect(osm).toBe('Mo-Fr 09:00-17:00; Sa 20:00-02:00; Su 00:00-24:00')
  })

  test('days that are ticked, with the times of every day', async () => {
    const ticked = {
      open_days: 'mon tue wed',
      'open_days/mon': '1',
      'open_days/tue': '1',
      'open_days/wed': '1',
    }
    const times = { 'open_days/thu': '0', 'Opening time': '08:00', 'Closing time': '15:30' }
    expect((await hoursOf({ ...ticked, ...times })).osm).toBe('Mo-We 08:00-15:30')
  })

  test('days in one column and times in another', async () => {
    const { osm } = await hoursOf({ 'Working days': 'Sunday to Thursday', 'Working hours': '08:00-15:00' })
    expect(osm).toBe('Su-Th 08:00-15:00')
  })

  test('the columns that were read are no mapping, so that the same sheet comes in the same', async () => {
    const cells = across((WEEKS[0]?.[1] ?? '').split('|'), NINE_TO_FIVE)
    const first = await hoursOf(cells)
    expect((await hoursOf(cells, first.columns)).osm).toBe(first.osm)
  })
})

describe('what is not sure is shown in words and never as open', () => {
  const week = { Monday: '9-17', Tuesday: '9-17', Wednesday: '9-17' }
  test.each([
    ['a day that is not understood', { ...week, Tuesday: 'by appointment' }, 'Tuesday by appointment'],
    ['an end without its beginning', { ...week, thu_close: '16:00' }, 'Thursday 16:00'],
    ['times that may be in the night', { ...week, Thursday: '2-5' }, 'Thursday 2-5'],
    ['other days inside of a day', { ...week, Thursday: 'Mon-Fri 9-12' }, 'Mon-Fri 9-12'],
    ['two columns that say otherwise', { ...week, Hours: 'Mo-Fr 08:00-16:00' }, 'Mo-Fr 08:00-16:00'],
    ['ticked days without times', { Monday: 'yes', Tuesday: 'yes', Wednesday: 'no' }, 'Monday; Tuesday'],
    ['times without days', { 'Opening time': '08:00', 'Closing time': '16:00' }, '08:00 - 16:00'],
  ] as const)('%s', async (_, cells, note) => {
    const hours = await hoursOf({ ...cells })
    expect(hours.osm).toBeNull()
    expect(hours.text?.['en']).toContain(note)
    expect(hours.said.join()).toContain('are not surely understood, so it is shown as a note')
  })

  test('a name in a day is left out with the rest of it', async () => {
    const report = await imported(sheetOf({ ...GOOD, ...week, Thursday: 'ask for Amina' }))
    expect(report.services[0]?.hours).toBeUndefined()
    expect(JSON.stringify(report)).not.toContain('Amina')
  })

  test('a week that says nothing gives no hours', async () => {
    const { osm } = await hoursOf({ Monday: '', Tuesday: '-', Wednesday: 'n/a' })
    expect(osm).toBeUndefined()
  })
})

test('what is no day of the hours is none: the phone, outreach, the half of a day, one short word alone', () => {
  const none = ['Phone hours Monday', 'outreach/monday', 'Monday AM', 'Days closed', 'Opening hours', 'start']
  expect([...hoursColumns(none)]).toEqual([])
  expect([...hoursColumns(['Sun', 'Mar'])]).toEqual([])
})

test('a row in which one of the columns says it all is read as if it were the only one', async () => {
  const report = await imported(
    sheetOf(
      { ...GOOD, 'Working days': '24/7', 'Working hours': '' },
      { ...GOOD, service_id: 'two', 'Working days': 'Mon-Fri', 'Working hours': '8-16' },
      { ...GOOD, service_id: 'three', 'Working days': '-', 'Working hours': 'Mon-Fri 8-16' },
    ),
  )
  expect(report.services.map(({ hours }) => hours?.osm)).toEqual([
    '24/7',
    'Mo-Fr 08:00-16:00',
    'Mo-Fr 08:00-16:00',
  ])
  expect(said(report)).toEqual([
    '3 Working days mended and the other columns of hours were read as Mo-Fr 08:00-16:00',
    '4 Working hours mended was read as Mo-Fr 08:00-16:00',
  ])
})
