import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FILTERS } from '../../../flows/filters.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { distanceKm } from '../../../src/directory/search/distance.ts'
import { placeNames } from '../../../src/directory/search/place-names.ts'
import { reasonsFor } from '../../../src/directory/search/reasons.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

const pack = demoPack()
const always = { kind: 'always' } as const

function demoService(id: string): Service {
  const found = pack.services.find((one) => one.id === id)
  if (found === undefined) throw new Error(`the demo pack has no ${id}`)
  return found
}
const clinic = demoService('portavel-clinic')
const whereabouts = (service: Service, near: { lat: number; lon: number }) =>
  reasonsFor(service, { near }, always).filter(({ kind }) => kind === 'near' || kind === 'about')

describe('a distance', () => {
  const places = fc.record({
    lat: fc.double({ min: -40, max: -36, noNaN: true }),
    lon: fc.double({ min: 71, max: 75, noNaN: true }),
  })

  it('is near, or about so many fives, tens or fifties, and about right', () => {
    fc.assert(
      fc.property(places, (near) => {
        const [reason] = whereabouts(clinic, near)
        const km = distanceKm(near, clinic.location ?? near)
        expect(reason?.kind).toBe(km < 3 ? 'near' : 'about')
        if (reason?.kind !== 'about') return
        const step = km < 20 ? 5 : km < 100 ? 10 : 50
        expect(reason.km % step).toBe(0)
        expect(reason.km).toBeGreaterThan(0)
        expect(Math.abs(reason.km - km)).toBeLessThanOrEqual(step / 2)
      }),
    )
  })

  it('is said of no secret place, no line, and no place that is not known to the street', () => {
    const near = { lat: -38.19, lon: 72.41 }
    expect(whereabouts(clinic, near)).toHaveLength(1)
    const { location = { lat: 0, lon: 0, precision: 'exact' as const } } = clinic
    const changes: Partial<Service>[] = [
      { visibility: 'on_request' },
      { visibility: 'staff_only' },
      { categories: ['shelter'] },
      { area: { ...clinic.area, coverage: 'country' } },
      { area: { ...clinic.area, coverage: 'online' } },
      { location: { ...location, precision: 'town' } },
      { location: { ...location, precision: 'adm2' } },
    ]
    for (const change of changes) expect(whereabouts({ ...clinic, ...change }, near)).toEqual([])
  })

  it('is not said without a place that was shared in this turn', () => {
    const kinds = reasonsFor(clinic, { filters: FILTERS, language: 'en' }, always).map(({ kind }) => kind)
    expect(kinds).not.toContain('near')
    expect(kinds).not.toContain('about')
  })
})

describe('why a service is shown', () => {
  it('says only what is known, and what was asked for before the rest', () => {
    const wished = { filters: ['noPapers', 'language'] as const, language: 'fr' }
    expect(reasonsFor(clinic, wished, always)).toEqual([
      { kind: 'opening', opening: always },
      { kind: 'is', fact: 'language' },
      { kind: 'is', fact: 'noPapers' },
      { kind: 'is', fact: 'free' },
    ])
  })

  it('names what is unsure as something to ask, and claims nothing that has changed since the search', () => {
    const hospital = demoService('portavel-hospital')
    const asked = reasonsFor(
      hospital,
      { filters: ['noPapers', 'language', 'lgbtiq'], language: 'bn' },
      always,
    )
    expect(asked.at(-1)).toEqual({ kind: 'ask', about: ['papers', 'interpreter', 'whom'] })
    const paid = { ...clinic, documents: 'some' as const, cost: 'paid' as const, femaleStaff: false }
    const wished = { filters: ['noPapers', 'free', 'femaleStaff', 'open'] as const }
    expect(reasonsFor(paid, wished, { kind: 'unknown' })).toEqual([
      { kind: 'opening', opening: { kind: 'unknown' } },
    ])
  })

  it('names a group only where the row names it', () => {
    const names = (id: string) =>
      reasonsFor(demoService(id), { filters: ['lgbtiq', 'women'] }, always).filter(
        ({ kind }) => kind === 'for',
      )
    expect(names('rainbow-room')).toEqual([{ kind: 'for', filter: 'lgbtiq' }])
    expect(names('portavel-clinic')).toEqual([])
  })

  it('says the ages, but not those of the children of a nursery', () => {
    expect(reasonsFor(demoService('portavel-young'), {}, always)).toContainEqual({
      kind: 'ages',
      from: 12,
      to: 24,
    })
    const nursery = { ...demoService('portavel-children'), minAge: 1, maxAge: 6 }
    expect(reasonsFor(nursery, {}, always).some(({ kind }) => kind === 'ages')).toBe(false)
  })
})

describe('a typed place of a service', () => {
  const directory = createDirectory([pack])

  it.each([
    ['Millford', 'XV03'],
    ['milford', 'XV03'],
    ['i live in Pebble Bay', 'XV02'],
    ['peble bay', 'XV02'],
    ['customs quarter', 'XV01'],
  ])('"%s" is %s', (text, area) => {
    expect(directory.areaNamed('demo', text)).toBe(area)
  })

  const elsewhere = (change: Partial<Service>, place = 'Quietwater') => {
    const service = { ...clinic, id: 'elsewhere', area: { ...clinic.area, place: { en: place } }, ...change }
    return createDirectory([{ ...pack, services: [...pack.services, service] }])
  }

  it('is unknown where the place is secret, not checked, abroad or of no area', () => {
    const area = { ...clinic.area, place: { en: 'Quietwater' } }
    expect(elsewhere({}).areaNamed('demo', 'Quietwater')).toBe('XV01')
    const changes: Partial<Service>[] = [
      { visibility: 'on_request' },
      { visibility: 'staff_only' },
      { categories: ['shelter'] },
      { status: 'draft' },
      { area: { ...area, country: 'XW', coverage: 'cross_border' } },
      { area: { ...area, adm1: 'XW99' } },
      { area: { ...area, coverage: 'country' } },
    ]
    for (const change of changes) {
      expect(elsewhere(change).areaNamed('demo', 'Quietwater'), JSON.stringify(change)).toBeUndefined()
      expect(elsewhere(change).areaNamed('demo', 'Quietwatr'), JSON.stringify(change)).toBeUndefined()
    }
  })

  it('is nowhere when two areas have it, and never takes the name of an area', () => {
    expect(elsewhere({}, 'Millford').areaNamed('demo', 'Millford')).toBeUndefined()
    expect(elsewhere({}, 'Almar').areaNamed('demo', 'Almar')).toBe('XV02')
    expect(elsewhere({}, 'Serrina').areaNamed('demo', 'Serrina')).toBe('XV01')
    expect(elsewhere({}, 'Market').areaNamed('demo', 'the market in Luma Camp')).toBe('XV04')
  })

  it('is not made of anything but the places that rows give', () => {
    expect(
      placeNames(pack).every(({ name }) => ['Pebble Bay', 'Millford', 'Customs Quarter'].includes(name)),
    ).toBe(true)
  })
})
