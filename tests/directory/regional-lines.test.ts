import { expect, it } from 'vitest'
import { createDirectory } from '../../src/directory/create-directory.ts'
import type { Service } from '../../src/directory/service.ts'
import { MONDAY } from '../conversation/english-engine.ts'
import { demoPack } from './demo.ts'

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
