import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { hsdsPage, hsdsRecords } from '../../../../src/directory/export/hsds/page.ts'
import { hsdsPackage } from '../../../../src/directory/export/hsds/tables.ts'
import { readService } from '../../../../src/directory/pack/read-service.ts'
import type { Service } from '../../../../src/directory/service.ts'
import { foundIn, jsonFile, packageFolder, PACK, readForeign } from './foreign-files.ts'

/** HSDS 3 from others, and our own again. */
describe('a page of services', () => {
  const { format, records, findings } = readForeign(jsonFile('hsds-page.json'))

  test('is carried over to the columns of the template', () => {
    expect(format).toBe('HSDS 3, as JSON')
    expect(records[0]).toEqual({
      row: 1,
      cells: {
        service_id: '6b1f6a0e-0d3b-4c8e-9f57-0d6a4d1c2a11',
        name_en: 'Harbour Legal Aid',
        description_en: 'Free advice & letters. You need no papers.',
        categories: 'legal',
        org: 'Harbour Lawyers',
        org_id: 'o1',
        status: 'active',
        visibility: 'public',
        country: 'XV',
        adm1_pcode: 'XV01',
        address_public: 'yes',
        address: '3 Harbour Road, Portavel',
        lat: '-38.2',
        lon: '72.4',
        coverage: 'site',
        phone: '+999 000 0041',
        whatsapp: '+999 000 0042',
        email: 'desk@legal.example.org',
        website: 'https://legal.example.org',
        hours: 'Th,Fr 09:00-17:00; Sa[1] 10:00-12:00',
        languages: 'en',
        interpretation: 'on_request',
        serves: 'women;refugees',
        min_age: '16',
        conditions_en: 'Women and refugees',
        cost: 'free',
        verified_on: '2026-09-15',
        verified_by: 'publisher of the HSDS file',
        verified_method: 'partner',
        review_by: '2027-03-01',
      },
    })
  })

  test('says what could not be carried over, without quoting it', () => {
    expect(foundIn(findings, 1).toSorted()).toEqual(
      [
        'note address_public',
        'note alert',
        'note application_process',
        'note phone',
        'quarantined contacts',
      ].toSorted(),
    )
    expect(JSON.stringify(findings)).not.toMatch(/Somebody|Mira|Hidden|Call first|fair/u)
  })

  test("has neither door nor words of a women's centre", () => {
    expect(records[1]?.cells).toMatchObject({
      visibility: 'on_request',
      phone: '+999 000 0044',
      description_en: "Women's Center of the Hills",
    })
    expect(JSON.stringify(records[1])).not.toMatch(/Hidden|yellow|Mira|37\.75|73\.3/u)
    expect(foundIn(findings, 2)).toContain('quarantined address')
  })

  test('refuses what has no name', () => {
    expect(records).toHaveLength(2)
    expect(foundIn(findings, 3)).toEqual(['refused '])
  })
})

describe('a package of tables', () => {
  const { format, records, findings } = readForeign(packageFolder('hsds-package'))

  test('is put together over its ids, "null" being nothing', () => {
    expect(format).toBe('HSDS 3, as a package of tables')
    expect(records[0]?.cells).toEqual({
      service_id: 's-1',
      name_en: 'Bay Clinic',
      description_en: 'Care for everybody, every day',
      categories: 'other',
      org: 'Bay Health',
      org_id: 'o1',
      status: 'temporarily_closed',
      visibility: 'public',
      country: 'XV',
      adm1_pcode: 'XV02',
      address_public: 'yes',
      address: '8 Bay Road, Almar',
      lat: '-38.65',
      lon: '73.08',
      coverage: 'site',
      phone: '+999 000 0051',
      hours: 'Mo-We 09:00-12:30,13:30-24:00',
      verified_on: '2026-08-01',
      verified_by: 'publisher of the HSDS file',
      verified_method: 'partner',
      review_by: '2026-10-30',
    })
  })

  test('has no hours where a week of the month stands among those of every week', () => {
    expect(records[1]?.cells).toMatchObject({ service_id: 's-2', phone: '+999 000 0052', min_age: '0' })
    expect(records[1]?.cells['hours']).toBeUndefined()
    expect(foundIn(findings, 2)).toContain('note hours')
  })

  test('is known by the names of its files where it does not describe itself', () => {
    const { files } = packageFolder('hsds-package')
    const bare = new Map(
      [...files]
        .filter(([path]) => path !== 'datapackage.json')
        .map(([path, text]) => [path.replace('orgs', 'organizations'), text]),
    )
    expect(readForeign({ kind: 'package', files: bare }).records).toEqual(records)
  })
})

describe('our own export', () => {
  const out = hsdsRecords({ pack: PACK, language: 'en', now: Date.UTC(2026, 9, 1) })
  const asJson = readForeign({ kind: 'json', value: JSON.parse(JSON.stringify(hsdsPage(out))) })

  test('comes in as the same services, apart from what HSDS cannot say', () => {
    const known = (service: Service) => ({
      name: service.name,
      summary: service.summary,
      categories: service.categories,
      status: service.status,
      adm1: service.area.adm1,
      coverage: service.area.coverage,
      location: service.location,
      // HSDS has one line for where it is: the address and the name of the place behind it.
      where: [service.address?.['en'], service.area.place?.['en']]
        .filter((part) => part !== undefined)
        .join(', '),
      contacts: service.contacts,
      hours: service.hours?.osm,
      tz: service.hours?.tz,
      languages: service.languages,
      serves: service.serves,
      maxAge: service.maxAge,
      documents: service.documents,
      cost: service.cost,
      access: service.access,
      accessibility: service.accessibility,
      femaleStaff: service.femaleStaff,
      on: service.verified.on,
      reviewBy: service.reviewBy,
    })
    const back = asJson.records.map(({ row, cells }) => {
      const read = readService({ row, cells: new Map(Object.entries(cells)) }, PACK)
      if ('problems' in read) throw new Error(JSON.stringify([cells['name_en'], read.problems]))
      return known(read.service)
    })
    const names = new Set(out.map(({ name }) => name))
    expect(back).toEqual(PACK.services.filter(({ name }) => names.has(name['en'])).map(known))
  })

  test('is the same as a package', () => {
    const files = Object.entries(unzipSync(hsdsPackage(out, 'demo'))).map(
      ([path, bytes]) => [path, strFromU8(bytes)] as const,
    )
    const read = readForeign({ kind: 'package', files: new Map(files) })
    expect(read.records).toEqual(asJson.records)
    expect(read.findings).toEqual(asJson.findings)
  })

  test('is one service, or one organisation with its services, too', () => {
    const [first] = out
    const { organization, ...service } = first ?? {}
    const one = readForeign({ kind: 'json', value: first }).records
    const owner = { ...(organization as object), services: [service] }
    expect(one).toEqual(asJson.records.slice(0, 1))
    expect(readForeign({ kind: 'json', value: owner }).records).toEqual(one)
    expect(readForeign({ kind: 'json', value: [first] }).records).toEqual(one)
  })
})
