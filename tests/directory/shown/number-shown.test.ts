import { describe, expect, it, test } from 'vitest'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { numberShown } from '../../../src/directory/shown/number-shown.ts'
import type { Contact, Service } from '../../../src/directory/service.ts'
import { MONDAY } from '../../conversation/english-engine.ts'
import { demoPack } from '../demo.ts'
import { packOf } from '../import/example-pack.ts'
import { GOOD, imported, sheetOf } from '../import/import-files.ts'

/** A service that people of one country may use in another. */
const pack = demoPack()
const beyond = (contacts: Contact[]): Service => {
  const [first] = pack.services
  if (first === undefined) throw new Error('the demo pack is empty')
  const area: Service['area'] = { country: 'PL', coverage: 'cross_border' }
  return { ...first, id: 'beyond', categories: ['hotline', 'health'], area, contacts }
}
const short = beyond([
  { kind: 'phone', value: '116 111' },
  { kind: 'tollfree', value: '800 120 002' },
  { kind: 'sms', value: '7788' },
  { kind: 'phone', value: '+48 22 123 45 67' },
])
const directory = createDirectory([{ ...pack, services: [short] }])

describe('a number across the border names the country in which it is dialled', () => {
  test.each([
    ['en', 'Poland'],
    ['uk', 'Польща'],
    ['ar', 'بولندا'],
    ['es', 'Polonia'],
  ])('on a card in %s', (language, country) => {
    const card = directory.card('demo', 'beyond', language, MONDAY)
    // Beside words that are written from the right, the groups of a number would change places.
    const kept = (number: string) => (language === 'ar' ? `\u2066${number}\u2069` : number)
    expect(card?.phones).toEqual([
      `${kept('800 120 002')}, ${country}`,
      `${kept('116 111')}, ${country}`,
      '+48 22 123 45 67',
    ])
    expect(card?.sms).toEqual([`7788, ${country}`])
    expect(card?.areaName).toContain(country)
  })

  it('and keeps its order beside a note, too', () => {
    const label = { ar: 'من بلد آخر' }
    const abroad = beyond([{ kind: 'phone', value: '+48 22 123 45 67', label }])
    const phonesIn = (language: string) =>
      createDirectory([{ ...pack, services: [abroad] }]).card('demo', 'beyond', language, MONDAY)?.phones
    expect(phonesIn('ar')).toEqual(['\u2066+48 22 123 45 67\u2069 (من بلد آخر)'])
  })

  it('among the lines to call', () =>
    expect(directory.hotlines('demo', 'en', MONDAY, {})[0]?.number).toBe('800 120 002, Poland'))

  it("as the pack's own does in its country, where only a short code needs it", () => {
    const own = pack.names['en'] ?? ''
    expect(numberShown('116', pack, 'en')).toBe(`116, ${own}`)
    expect(numberShown('0 800 123 456', pack, 'en')).toBe('0 800 123 456')
    expect(numberShown('+999 1', pack, 'en', 'PL')).toBe('+999 1')
  })
})

it('a list keeps the short code and reads the other numbers by the plan of their own country', async () => {
  const row = {
    ...GOOD,
    country: 'Poland',
    coverage: 'cross-border',
    adm1_pcode: '',
    phone: '116 111; 22 123 45 67',
  }
  const report = await imported(sheetOf(row), { pack: packOf('UA', ['uk', 'en'], ['Київська']) })
  expect(report.services[0]).toMatchObject({
    area: { country: 'PL', coverage: 'cross_border' },
    contacts: [{ value: '116 111' }, { value: '+48 22 123 45 67' }],
  })
})
