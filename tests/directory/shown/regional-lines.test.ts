import { describe, expect, it } from 'vitest'
import { rowOf } from '../../../src/desk/server/directory/rows.ts'
import { factsOf } from '../../../src/desk/server/directory/service-facts.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import type { Service } from '../../../src/directory/service.ts'
import { MONDAY } from '../../conversation/english-engine.ts'
import { demoPack } from '../demo.ts'

const pack = demoPack()

function line(id: string, area: Service['area']): Service {
  const [first] = pack.services
  if (first === undefined) throw new Error('the demo pack is empty')
  return { ...first, id, name: { en: id }, area, contacts: [{ kind: 'phone', value: '000 1' }] }
}
const coast = line('coast', { country: 'XV', adm1: 'XV02', coverage: 'adm1' })
const hills = line('hills', { country: 'XV', adm1: 'XV03', coverage: 'adm1' })
const wide = line('wide', { country: 'XV', coverage: 'country' })

const directory = (...services: Service[]) => createDirectory([{ ...pack, services }])
const called = (services: Service[], area?: string) =>
  directory(...services)
    .hotlines('demo', 'en', MONDAY, area === undefined ? {} : { area })
    .map(({ name }) => name)

it("gives nobody the line of another region, and says which region one's own is for", () => {
  expect(called([hills, coast], 'XV02')).toEqual(['coast (Almar Coast)'])
  expect(called([hills, coast, wide], 'XV03')).toEqual(['hills (Serrin Hills)', 'wide'])
  expect(called([hills, coast], 'XV01')).toEqual([])
})

it('puts regional lines behind those of the whole country while the area is not known', () => {
  expect(called([hills, wide])).toEqual(['wide', 'hills (Serrin Hills)'])
  expect(called([hills, coast])).toEqual(['hills (Serrin Hills)', 'coast (Almar Coast)'])
})

it('finds them in their region only, unlike a place that can be travelled to', () => {
  const search = (area: string, ...services: Service[]) =>
    directory(...services).search({ pack: 'demo', need: 'hotline', area }, MONDAY)
  const place: Service = { ...hills, id: 'place', location: { lat: -37.7, lon: 73.3, precision: 'town' } }
  expect(search('XV02', hills, coast, wide, place)).toEqual(['coast', 'place', 'wide'])
  expect(search('', hills, coast).toSorted()).toEqual(['coast', 'hills'])
})

describe('the line of a secret place, which serves one region', () => {
  const quiet: Service = {
    ...coast,
    id: 'quiet',
    name: { en: 'quiet' },
    categories: ['shelter', 'hotline'],
    visibility: 'on_request',
  }
  const isShelter = ({ categories }: Service) => categories.includes('shelter')
  const areas = pack.areas.map(({ id }) => id)

  // She must find the house that serves her area; whoever looks for her must not learn the area by trying them all. So it
  // is given in every area alike, as a shelter without a line is, and whoever answers it knows a nearer one.
  it.each([
    [[quiet, hills, wide]],
    [[wide, { ...quiet, area: { ...quiet.area, adm2: 'XV02', coverage: 'adm2' as const } }]],
    [[{ ...quiet, visibility: 'public' as const }, wide, coast]],
    [[{ ...quiet, categories: ['hotline' as const] }, wide, hills]],
  ])('is found in every area, at the same place of the list', (services) => {
    for (const need of ['hotline', 'shelter'] as const) {
      const found = [...areas, ''].map((area) =>
        directory(...services)
          .search({ pack: 'demo', need, area }, MONDAY)
          .filter((id) => id === 'quiet' || id === 'wide'),
      )
      expect(found[0]?.includes('quiet')).toBe(need === 'hotline' || services.some(isShelter))
      expect(new Set(found.map(String)).size).toBe(1)
    }
  })

  it('is called in every area alike, behind the lines of the whole country, and nobody reads of which it is', () => {
    for (const area of [...areas, undefined]) expect(called([quiet, wide], area)).toEqual(['wide', 'quiet'])
    for (const area of areas) expect(called([quiet], area)).toEqual(['quiet'])
  })

  it('stands at the desk without where it is, in its row and in its facts', () => {
    const place = { ...quiet.area, adm2: 'XV02', place: { en: 'Quietwater' } }
    const told = {
      ...quiet,
      area: place,
      address: { en: '5 Hidden Street' },
      location: { lat: 1, lon: 2, precision: 'exact' },
    }
    const facts = factsOf(told as Service, 'en')
    expect(facts.filter(({ field }) => WHERE.has(field))).toEqual([])
    expect(facts.filter(({ field }) => ['visibility', 'phone', 'country'].includes(field))).toHaveLength(3)
    expect(
      JSON.stringify([facts, rowOf(told as Service, pack, { language: 'en', now: MONDAY })]),
    ).not.toMatch(/XV02|Almar|Quietwater|Hidden/u)
    expect(factsOf(coast, 'en')).toContainEqual({ field: 'adm1', value: 'XV02' })
  })
})

const WHERE = new Set<string>(['adm1', 'adm2', 'coverage', 'place', 'location', 'address'])
