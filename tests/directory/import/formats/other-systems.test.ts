import { describe, expect, test } from 'vitest'
import { foundIn, jsonFile, PACK, readForeign } from './foreign-files.ts'

/** What Signpost and ActivityInfo give. */
describe('articles of Signpost', () => {
  const { format, records, findings } = readForeign(jsonFile('signpost.json'))

  test('are carried over in every language that they have', () => {
    expect(format).toBe('Signpost, as JSON')
    expect(records[0]?.cells).toEqual({
      service_id: 'signpost-4711',
      name_en: 'Community Legal Desk',
      description_en: 'Lawyers answer questions about papers.',
      name_ar: 'مكتب قانوني',
      description_ar: 'محامون يجيبون',
      name_uk: 'Юридична допомога',
      description_uk: 'Юридична допомога',
      categories: 'registration_asylum;legal',
      org: 'Desk of Lawyers',
      status: 'active',
      visibility: 'public',
      country: 'XV',
      adm1_pcode: 'XV01',
      address_public: 'yes',
      address: '5 Market Street',
      lat: '-38.21',
      lon: '72.41',
      coverage: 'site',
      phone: '+999 000 0061',
      whatsapp: '+999 000 0062',
      email: 'desk@example.org',
      hours: 'Mo,Tu 09:00-17:00; Fr 09:00-13:00',
      serves: 'refugees;women',
      accessibility: 'step_free_entrance;lift',
      verified_on: '2026-09-01',
      verified_by: 'Signpost team',
      verified_method: 'partner',
      review_by: '2026-11-30',
    })
    expect(foundIn(findings, 1)).toEqual(['note contactInfo'])
  })

  test('of a shelter have its number and nothing of where it is', () => {
    expect(records[1]?.cells).toMatchObject({
      visibility: 'on_request',
      phone: '+999 000 0063',
      description_en: 'Night Shelter',
    })
    expect(JSON.stringify([records[1], findings])).not.toMatch(/mill|38\.66|73\.09/iu)
    expect(foundIn(findings, 2)).toEqual(['quarantined address', 'note hours'])
  })
})

describe('features of ActivityInfo', () => {
  const { format, records, findings } = readForeign(jsonFile('activity-info.json'))

  test('are carried over with what is ticked, and without a comment', () => {
    expect(format).toBe('ActivityInfo or Services Advisor, as GeoJSON')
    expect(records[0]?.cells).toEqual({
      service_id: 'activityinfo-21001',
      name_en: 'Cash for rent, Portavel',
      description_en: 'Monthly help with rent',
      categories: 'cash',
      org: 'Example Aid',
      status: 'active',
      visibility: 'public',
      country: 'XV',
      adm1_pcode: 'XV01',
      address_public: 'yes',
      lat: '-38.19',
      lon: '72.4',
      place_en: 'Portavel',
      coverage: 'site',
      hours: 'Mo-Th,Sa 09:00-13:00',
      serves: 'women;older_people',
      conditions_en: 'Women at risk, Elderly',
      documents: 'some',
      documents_text_en: 'Registered',
      how_to_access: 'walk_in',
      ends_on: '2026-12-31',
    })
    expect(foundIn(findings, 1)).toEqual(['quarantined comments'])
  })

  test("of a women's safe space have neither coordinates nor words, and no hours of every second week", () => {
    expect(records[1]?.cells).toMatchObject({
      visibility: 'on_request',
      name_en: 'Women and girls safe space',
    })
    expect(JSON.stringify([records, findings])).not.toMatch(/bakery|73\.31|37\.76|@|0099/u)
    expect(records[1]?.cells['hours']).toBeUndefined()
    expect(foundIn(findings, 2)).toEqual(['quarantined comments', 'quarantined geometry', 'note hours'])
  })

  test('without a partner are refused', () => {
    expect(foundIn(findings, 3)).toEqual(['refused '])
  })
})

test('a country that is not known is left for the importer to refuse, and one that is named is known', () => {
  const inCountry = (country: string) => {
    const article = { id: 1, name: 'A', addHours: [], contactInfo: [], country }
    return readForeign({ kind: 'json', value: [article] }).records[0]?.cells['country']
  }
  expect([inCountry(''), inCountry('Kenya'), inCountry('KE'), inCountry('Velmoria')]).toEqual([
    PACK.country,
    'KE',
    'KE',
    'Velmoria',
  ])
})
