import { describe, expect, test } from 'vitest'
import { parseHours } from '../../../src/directory/hours/opening-hours.ts'
import { dayOrder, readDate } from '../../../src/directory/import/cells/dates.ts'
import { readHours } from '../../../src/directory/import/cells/hours-in-words.ts'
import { languagesIn } from '../../../src/directory/import/cells/language-names.ts'
import { countryCode } from '../../../src/directory/import/cells/country-names.ts'
import { readPhones } from '../../../src/directory/import/cells/phones.ts'
import { point } from '../../../src/directory/import/cells/small-values.ts'
import { listIn } from '../../../src/directory/import/cells/vocabulary.ts'
import { readHeading } from '../../../src/directory/import/columns/heading.ts'
import { VOCABULARIES } from '../../../src/directory/import/words/vocabularies.ts'
import { HEADINGS } from '../../../src/directory/import/words/headings.ts'
import { isServiceColumn, TEXT_COLUMNS } from '../../../src/directory/pack/service-columns.ts'

describe('hours in words', () => {
  test.each([
    ['Mo-Fr 08:00-16:00; Sa 09:00-12:00; PH off', 'Mo-Fr 08:00-16:00; Sa 09:00-12:00; PH off'],
    ['24/7', '24/7'],
    ['Lunes a viernes 8am - 4pm', 'Mo-Fr 08:00-16:00'],
    ['De lunes a viernes de 8:00 a.m. a 12:00 m. y 2:00 p.m. a 5:00 p.m.', 'Mo-Fr 08:00-12:00,14:00-17:00'],
    ['Mon-Fri 9-5', 'Mo-Fr 09:00-17:00'],
    ['Sun-Thurs 09:00 - 13:00pm', 'Su-Th 09:00-13:00'],
    ['Mon-Thurs  and Sat 8:00-14:00', 'Mo-Th,Sa 08:00-14:00'],
    ['24 hours', '24/7'],
    ['24/24', '24/7'],
    ['24h/24 et 7j/7', '24/7'],
    ['toujours', '24/7'],
    ['Mon-Fri 24 hours', 'Mo-Fr 00:00-24:00'],
    ['8am to 12pm and 2pm to 5pm Mon-Fri', 'Mo-Fr 08:00-12:00,14:00-17:00'],
    ['Monday to Friday: 8:00-16:00, Saturday: closed', 'Mo-Fr 08:00-16:00; Sa off'],
    ['every day except Friday 8-4', 'Sa-Th 08:00-16:00'],
    ['Mon-Fri 9:00-17:00, closed on public holidays', 'Mo-Fr 09:00-17:00; PH off'],
    ['Du lundi au vendredi de 8h à 16h30', 'Mo-Fr 08:00-16:30'],
    ['Lundi, mercredi et vendredi: 9h-12h / 14h-17h', 'Mo,We,Fr 09:00-12:00,14:00-17:00'],
    ['من الأحد إلى الخميس من الساعة ٨ صباحا حتى ٤ مساء', 'Su-Th 08:00-16:00'],
    ['الاثنين والأربعاء 9:00-12:00', 'Mo,We 09:00-12:00'],
    ['على مدار الساعة', '24/7'],
    ['понеділок - п’ятниця з 9:00 до 18:00', 'Mo-Fr 09:00-18:00'],
    ['Пн-Пт: 09.00-18.00, Сб: 10.00-14.00, Нд: вихідний', 'Mo-Fr 09:00-18:00; Sa 10:00-14:00; Su off'],
    ['цілодобово', '24/7'],
    ['Mon-Fri 1-5pm', 'Mo-Fr 13:00-17:00'],
    ['Mon - Sun 20:00-02:00', 'Mo-Su 20:00-02:00'],
    ['Mon-Fri 0800-1630hrs', 'Mo-Fr 08:00-16:30'],
    ['Tue & Thu 10am-noon', 'Tu,Th 10:00-12:00'],
    ['Mon-Fri 8:00-16:00; Fri 8:00-16:00', 'Mo-Fr 08:00-16:00'],
    ['Mon-Fri 8-12, Mon 13-17', 'Mo 08:00-12:00,13:00-17:00; Tu-Fr 08:00-12:00'],
    ['Mon 8-12, 12-16', 'Mo 08:00-12:00,12:00-16:00'],
    ['• Mon–Fri: 9.00 — 17.00 (Sat. "10:00-12:00")', 'Mo-Fr 09:00-17:00; Sa 10:00-12:00'],
    ['* Mon-Fri = [9h00 → 17h00]'.replace('→', 'à'), 'Mo-Fr 09:00-17:00'],
  ])('"%s" is %s', (text, osm) => {
    expect(readHours(text)).toEqual({ osm })
    expect(parseHours(osm)).toHaveProperty('hours')
  })

  test.each([
    'By appointment',
    'Mon-Fri',
    'first Monday of month 9-12',
    'Mon-Fri 8-10pm',
    'Mon-Fri 9h-5h',
    'Mon 8:00-8:00',
    'Mon-Fri 8-16?',
    'Mon-Fri 8:00-16:00 (Ramadan 9-13)',
    'Mon-Fri 13:00am-14:00',
    'Mon-Fri 8-16, Mon closed',
    'Mon-Fri 8:00-16:00, Fri 8:00-12:00',
    'Du lundi au vendredi 8h-16h, vendredi 8h-12h',
    'Пн-Пт 8:00-16:00, Пт 8:00-12:00',
    'Mon-Sun 9-17, Sun 10-12',
    'Mon-Fri 9-17 / 10-16',
    'Mo-Fr 08:00-16:00,09:00-12:00',
    'Mon ✗, Tue 9-17',
    'Mon ❌ Tue 9-17',
    'Mon × Tue-Fri 9-17',
    'Mon-Fri 8:00-16:00 ✝',
    'Mon-Fri 9-17½',
    'Closed on Friday',
    '8-16 Mon 9-12',
    '25:00-26:00 Mon',
  ])('"%s" is not guessed', (text) => expect(readHours(text)).toEqual({ unsure: 'words' }))

  test('times without any day could be any days', () => {
    expect(readHours('9h-17h')).toEqual({ unsure: 'noDays' })
    expect(readHours('09:00-17:00')).toEqual({ unsure: 'noDays' })
  })
})

describe('phones', () => {
  const read = (cell: string, country: string, international = false) =>
    readPhones(cell, { country, fictional: false, international })
  test.each([
    ['044 123 45 67', 'UA', ['+380 44 123 4567']],
    ['(044) 123-45-67, 050 123 45 67', 'UA', ['+380 44 123 4567', '+380 50 123 4567']],
    ['00380441234567', 'UA', ['+380 44 123 4567']],
    ['0 800 123 456', 'UA', ['0 800 123 456']],
    ['712345678', 'KE', ['+254 712 345678']],
    ['712345678.0', 'KE', ['+254 712 345678']],
    ['0712 345 678 or 0712 345 679', 'KE', ['+254 712 345678', '+254 712 345679']],
    ['+254712345678 / 0712345679', 'KE', ['+254 712 345678', '+254 712 345679']],
    ['٠٧٧٠١٢٣٤٥٦٧', 'IQ', ['+964 770 123 4567']],
    ['199', 'IQ', ['199']],
    ['Hotline: 1195 (24/7)', 'KE', ['1195']],
    ['*123#', 'CO', ['*123#']],
    ['044/123 45 67', 'UA', ['+380 44 123 4567']],
  ])('"%s" of %s', (cell, country, numbers) =>
    expect(read(cell, country)).toMatchObject({ numbers, faults: [] }),
  )

  test.each([
    ['Amina 0712345678', 'KE', 'words'],
    ['7.12345E+11', 'KE', 'exponent'],
    ['071234567/8', 'KE', 'notANumber'],
    ['1195 (8-16)', 'KE', 'notANumber'],
    ['9999999999999999', 'UA', 'notANumber'],
    ['12', 'CO', 'tooShort'],
    ['0000000000', 'CO', 'notInPlan'],
  ])('"%s" of %s is no number: %s', (cell, country, fault) =>
    expect(read(cell, country)).toMatchObject({ numbers: [], faults: [fault] }),
  )

  test.each([
    ['tel 044 123 45 67; fax 044 123 45 68'],
    ['044 123 45 67, 044 123 45 68 (fax)'],
    ['044 123 45 67 fax: 044 123 45 68'],
    ['(044) 123-45-67 / факс (044) 123-45-68'],
    ['тел. 044 123 45 67; телефакс 044 123 45 68'],
    ['هاتف 044 123 45 67؛ فاكس 044 123 45 68'],
    ['Main office 044 123 45 67; office fax number 044 123 45 68'],
  ])('the fax of "%s" is left out, and the line is not', (cell) =>
    expect(read(cell, 'UA')).toMatchObject({ numbers: ['+380 44 123 4567'], faults: ['fax'] }),
  )
  test('a line that is a fax too, and one number that nobody can part, are no fax', () => {
    for (const cell of [
      'tel/fax 044 123 45 67',
      'Tel / Fax: 044 123 45 67',
      'Tel.-fax: 044 123 45 67',
      'тел./факс 044 123 45 67',
    ])
      expect(read(cell, 'UA')).toMatchObject({ numbers: ['+380 44 123 4567'], faults: [] })
    expect(read('fax 044 123 45 68 tel 044 123 45 67', 'UA')).toMatchObject({ faults: ['notANumber'] })
  })

  test('a short code cannot be written to, and an extension is said', () => {
    expect(read('1195', 'KE', true).faults).toEqual(['needsCode'])
    expect(read('0 800 123 456', 'UA', true).numbers).toEqual(['+380 800 123 456'])
    expect(read('044 123 45 67 ext. 12', 'UA')).toMatchObject({
      numbers: ['+380 44 123 4567'],
      extension: true,
    })
  })
})

describe('dates', () => {
  test.each([
    ['2026-10-01', '2026-10-01'],
    ['2026/10/1', '2026-10-01'],
    ['2026-10-01T08:00:00.000+03:00', '2026-10-01'],
    ['2026-10-01 08:00', '2026-10-01'],
    ['2026-10-01 8:00:00 AM', '2026-10-01'],
    ['2026-10-01T08:00:00Z', '2026-10-01'],
    ['2026-10-01 08:00:00 UTC', '2026-10-01'],
    ['2026-10-01 08:00:00 +0300', '2026-10-01'],
    ['46296', '2026-10-01'],
    ['13/04/2026', '2026-04-13'],
    ['04/13/2026', '2026-04-13'],
    ['03.04.2026', '2026-04-03'],
    ['5/5/26', '2026-05-05'],
    ['1 mars 2026', '2026-03-01'],
    ['March 1st, 2026', '2026-03-01'],
    ['1 de marzo de 2026', '2026-03-01'],
    ['1 березня 2026 р.', '2026-03-01'],
    ['١ مارس ٢٠٢٦', '2026-03-01'],
    ['15 كانون الثاني 2026', '2026-01-15'],
  ])('"%s" is %s', (cell, date) => expect(readDate(cell, 'unknown')).toEqual({ date }))

  test.each([
    ['03/04/2026', 'ambiguous'],
    ['31/02/2026', 'notUnderstood'],
    ['soon', 'notUnderstood'],
    ['2026', 'notUnderstood'],
    ['2026-09-01 no answer, number dead', 'notUnderstood'],
    ['2026-12-31 or 2026-10-10', 'notUnderstood'],
    ['2026-12-31 (extended from 2026-10-01?)', 'notUnderstood'],
    ['2026-09-01 08:00 no answer', 'notUnderstood'],
    ['26/12/31', 'ambiguous'],
    ['13/04/26', 'ambiguous'],
  ])('"%s" is %s', (cell, problem) => expect(readDate(cell, 'unknown')).toEqual({ problem }))

  test('a month without its day says which month', () =>
    expect(readDate('March 2026', 'unknown')).toEqual({ problem: 'noDay', month: '2026-03' }))

  test('one date of the column may decide for all, two that differ decide nothing', () => {
    expect(readDate('03/04/2026', dayOrder(['03/04/2026', '13/04/2026']))).toEqual({ date: '2026-04-03' })
    expect(readDate('03/04/2026', dayOrder(['03/04/2026', '04/13/2026']))).toEqual({ date: '2026-03-04' })
    expect(dayOrder(['13/04/2026', '04/13/2026'])).toBe('unknown')
    // Whether the year stands first, two digits do not tell.
    expect(readDate('13/04/26', dayOrder(['13/04/26', '26/12/31']))).toEqual({ problem: 'ambiguous' })
    expect(readDate('13/04/26', dayOrder(['28/04/2026']))).toEqual({ date: '2026-04-13' })
    expect(readDate('04/03/26', dayOrder(['04/03/26', '30/04/26']))).toEqual({ problem: 'ambiguous' })
    expect(readDate('04/03/26', dayOrder(['04/30/26']))).toEqual({ date: '2026-04-03' })
    expect(readDate('01.03.26', 'unknown')).toEqual({ date: '2026-03-01' })
  })
})

describe('headings', () => {
  test.each([
    ['name_ar', 'name', 'ar'],
    ['Name (Arabic)', 'name', 'ar'],
    ['Nom (fr)', 'name', 'fr'],
    ['name::Arabic (ar)', 'name', 'ar'],
    ['الاسم بالعربية', 'name', 'ar'],
    ['Назва (англійською)', 'name', 'en'],
    ['Descripción en inglés', 'description', 'en'],
    ['Phone 2', 'phone', undefined],
    ['TELEPHONE NUMBER *', 'phone', undefined],
    ['N° de téléphone', 'phone', undefined],
    ['Latitude (°)', 'lat', undefined],
    ['Horario de atención', 'hours', undefined],
    ['Графік роботи', 'hours', undefined],
    ['ساعات العمل', 'hours', undefined],
  ])('"%s" is %s in %s', (heading, column, tag) =>
    expect(readHeading(heading)).toMatchObject({ column, ...(tag === undefined ? {} : { tag }) }),
  )
  test.each(['Focal point name', 'Remarks', 'Commentaires', 'ملاحظات', ''])('"%s" is none', (heading) =>
    expect(readHeading(heading)).toBeUndefined(),
  )
  test('every column of the word lists is one of the template', () => {
    const known = (column: string) => isServiceColumn(column) || Object.values(TEXT_COLUMNS).includes(column)
    for (const words of [VOCABULARIES, ...Object.values(HEADINGS)])
      expect(Object.keys(words).filter((column) => !known(column) && column !== 'geopoint')).toEqual([])
  })
})

test('languages, countries, lists and points are read by name', () => {
  expect(languagesIn('العربية والإنجليزية')).toEqual({ tags: ['ar', 'en'], unknown: false })
  expect(languagesIn('Dari; Pashto, українська')).toEqual({ tags: ['prs', 'ps', 'uk'], unknown: false })
  expect(languagesIn('English, Klingonish')).toMatchObject({ unknown: true })
  expect(['Ukraine', 'UKR', 'ua', 'Україна', 'العراق', 'Nowhere'].map(countryCode)).toEqual([
    'UA',
    'UA',
    'UA',
    'UA',
    'IQ',
    undefined,
  ])
  expect(listIn('categories', 'Safe house / психологічна допомога')).toEqual({
    values: ['shelter', 'mhpss'],
    unknown: false,
  })
  expect(point('12.3 45.6 0 0')).toEqual({ lat: '12.3', lon: '45.6' })
  expect(point('12,3; 45,6')).toEqual({ lat: '12.3', lon: '45.6' })
  expect(point('near the market')).toBeUndefined()
})
