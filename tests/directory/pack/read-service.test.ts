import { describe, expect, it } from 'vitest'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { hoursShown } from '../../../src/directory/hours/hours-shown.ts'
import { readService } from '../../../src/directory/pack/read-service.ts'
import { readTable } from '../../../src/directory/pack/read-table.ts'
import { isServiceColumn, REQUIRED_COLUMNS } from '../../../src/directory/pack/service-columns.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

/** The heading of the template that organisations fill in, and rows as they fill it in. */
const HEADING =
  'service_id,name_en,name_ar,categories,description_en,description_ar,org,status,visibility,country,adm1_pcode,adm2_pcode,place,address,address_public,lat,lon,coverage,phone,phone_hours,whatsapp,sms,email,website,hours,hours_note_en,languages,interpretation,serves,min_age,max_age,documents,cost,how_to_access,accessibility,gbv_trained,verified_on,verified_by,review_by,safe_note_en'
const ROWS = [
  'line,Demo helpline,خط المساعدة,hotline;psychosocial,Free line.,خط هاتفي مجاني.,Demo Voices,active,public,XV,,,,,,,,country,000-1,24/7,,,,,24/7,,ar;en,,women;girls,,,,free,phone,,yes,2026-10-01,IM officer,2099-01-01,',
  'place,Demo centre,,health;cmr,Care.,,Demo Health,active,public,XV,XV01,XV0102,Exampletown,1 Example Street,yes,-38.1,72.3,adm1,+999 000 0002,,,,,,Mo-Fr 08:00-16:00; Sa 09:00-12:00,,en;so,,everyone,,,,free,walk_in;phone,step_free_entrance,yes,2026-09-15,GBV coordinator,2099-01-01,',
  'house,Demo house,,shelter,Rooms.,,Demo Garden,active,,XV,XV01,,,,no,,,country,+999 000 0003,,,,,,24/7,,en,,women,,,,free,phone,,yes,2026-10-10,GBV coordinator,2099-01-01,',
  'tell,Demo channel,,psea,Tell us.,,Demo Network,active,public,XV,,,,,,,,country,,,,,psea@example.org,https://example.org/,,,en,,everyone,,,,free,email,,yes,2026-10-20,PSEA focal point,2099-01-01,',
  'over,Demo over the border,,legal,Advice.,,Demo Lawyers,active,public,KE,,,Exampleton,,,,,cross_border,+999 000 0004,,,,,,,,en,,everyone,,,,free,phone,,yes,2026-10-20,Legal partner,2099-01-01,',
]

const pack = demoPack()

function services(rows: readonly string[] = ROWS): Service[] {
  const columns = { required: REQUIRED_COLUMNS, isKnown: isServiceColumn }
  const { table, problems } = readTable('services.csv', [HEADING, ...rows].join('\n'), columns)
  expect(problems).toEqual([])
  return table.rows.map((row) => {
    const read = readService(row, pack)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    return read.service
  })
}

describe('a row of the template', () => {
  it('becomes a service with every name of the schema', () => {
    const [line, place, house] = services()
    expect(line).toMatchObject({
      orgId: 'demo-voices',
      categories: ['hotline', 'mhpss'],
      name: { en: 'Demo helpline', ar: 'خط المساعدة' },
      contacts: [{ kind: 'phone', value: '000-1', hours: { osm: '24/7', tz: 'Africa/Nairobi' } }],
      documents: 'unknown',
      gbvTrained: 'yes',
      verified: { on: '2026-10-01', by: 'IM officer', method: 'unknown' },
      source: { file: 'services.csv', row: 2 },
    })
    expect(place).toMatchObject({
      area: { adm1: 'XV01', adm2: 'XV0102', place: { en: 'Exampletown' }, coverage: 'adm1' },
      address: { en: '1 Example Street' },
      location: { lat: -38.1, lon: 72.3, precision: 'exact' },
    })
    expect(house).toMatchObject({ visibility: 'on_request' })
    expect(house).not.toHaveProperty('address')
  })
})

describe('a card', () => {
  const directory = createDirectory([{ ...pack, services: services() }])
  const card = (id: string, language = 'en') =>
    directory.card('demo', id, language, Date.UTC(2026, 10, 2, 10))

  it('shows a short code with its country, in a card and among the lines', () => {
    expect(card('line')?.phones).toEqual(['000-1, Velmora (demo)'])
    expect(directory.hotlines('demo', 'en', Date.UTC(2026, 10, 2))[0]).toMatchObject({
      number: '000-1, Velmora (demo)',
      hours: '24/7',
    })
  })

  it('is in the language of the person where there is text in it, and in another rather than empty', () => {
    expect(card('line', 'ar')).toMatchObject({ name: 'خط المساعدة', summary: 'خط هاتفي مجاني.' })
    expect(card('place', 'ar')?.name).toBe('Demo centre')
  })

  it('names the country of a service across the border', () => {
    expect(card('over')?.areaName).toBe('Exampleton, Kenya')
    expect(card('place')?.areaName).toBe('Portavel')
  })

  it('carries the mailbox of a service that has no phone', () => {
    expect(card('tell')).toMatchObject({
      phones: [],
      emails: ['psea@example.org'],
      websites: ['https://example.org/'],
    })
  })
})

describe('hours for reading', () => {
  const hours = (osm: string | null, text?: Record<string, string>) => ({
    osm,
    tz: 'Africa/Nairobi',
    ...(text === undefined ? {} : { text }),
  })

  it.each([
    ['Mo-Fr 08:00-16:00; Sa 09:00-12:00; PH off', 'en', 'Mon-Fri 08:00-16:00; Sat 09:00-12:00'],
    ['Mo,We 08:00-12:00,13:00-17:00', 'es', 'lun 08:00-12:00, 13:00-17:00; mié 08:00-12:00, 13:00-17:00'],
    ['Mo-Su 20:00-02:00', 'en', '20:00-02:00'],
    ['24/7', 'ar', '24/7'],
    ['Mo[1] 09:00-12:00', 'en', ''],
    ['weekdays', 'en', ''],
  ])('%s in %s', (osm, language, expected) => {
    expect(hoursShown(hours(osm), language)).toBe(expected)
  })

  it('keeps times together in a language that is written from the right', () => {
    expect(hoursShown(hours('Mo-Su 08:00-20:00'), 'ar')).toBe('\u206608:00-20:00\u2069')
  })

  it("prefers its people's own words in this language, and has some rather than none", () => {
    expect(hoursShown(hours('Mo-Fr 08:00-16:00', { en: 'Weekdays' }), 'en')).toBe('Weekdays')
    expect(hoursShown(hours('Mo-Fr 08:00-16:00', { en: 'Weekdays' }), 'fr')).toBe('lun.-ven. 08:00-16:00')
    expect(hoursShown(hours(null, { en: 'Weekdays' }), 'fr')).toBe('Weekdays')
    expect(hoursShown(undefined, 'en')).toBe('')
  })
})

describe('rights', () => {
  it('are only given in the language in which they were written', () => {
    const directory = createDirectory([pack])
    expect(directory.rights('demo', 'work', 'en')).toContain('wages')
    expect(directory.rights('demo', 'work', 'fr')).toBeUndefined()
    expect(directory.rights('demo', 'toString', 'en')).toBeUndefined()
  })
})
