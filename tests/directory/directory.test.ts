import { describe, expect, it } from 'vitest'
import { NEEDS } from '../../flows/context.ts'
import { FILTERS } from '../../flows/filters.ts'
import { checkPack } from '../../src/directory/checks/check-pack.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { distanceKm } from '../../src/directory/search/distance.ts'
import type { Service } from '../../src/directory/service.ts'
import { demoDirectory, demoPack } from './demo.ts'

const NOW = Date.UTC(2026, 2, 2, 10)
const directory = await demoDirectory()
const pack = demoPack()

function withService(id: string, change: Partial<Service>) {
  const services = pack.services.map((service) => (service.id === id ? { ...service, ...change } : service))
  return createDirectory([{ ...pack, services }])
}

describe('the demo pack', () => {
  it('has what a newcomer needs to see: 25 services and more, in four areas, of every kind', () => {
    expect(pack.services.length).toBeGreaterThanOrEqual(25)
    expect(pack.areas).toHaveLength(4)
    for (const area of directory.areas('demo'))
      for (const need of NEEDS)
        if (
          !['police', 'trafficking'].includes(need) ||
          directory.search({ pack: 'demo', need }, NOW).length === 0
        )
          expect(
            directory.search({ pack: 'demo', need, area }, NOW).length,
            `${need} in ${area}`,
          ).toBeGreaterThan(0)
  })

  it('has no number that can be dialled by mistake, and nothing for its keeper to mend', () => {
    for (const { contacts } of pack.services)
      for (const { value } of contacts) expect(value).toMatch(/^\+999 /u)
    expect(checkPack(pack, NOW)).toEqual([])
  })
})

describe('finding', () => {
  it('puts the same area first, and country-wide lines last', () => {
    const found = directory.search({ pack: 'demo', need: 'health', area: 'XV02' }, NOW)
    expect(found[0]).toBe('almar-clinic')
    const legal = directory.search({ pack: 'demo', need: 'legal', area: 'XV04' }, NOW)
    expect(legal.at(-1)).toBe('law-by-phone')
  })

  it('puts the nearest first for a shared place', () => {
    const found = directory.search({ pack: 'demo', need: 'health', near: { lat: -37.75, lon: 73.3 } }, NOW)
    const open = found.filter((id) => directory.card('demo', id, 'en', NOW)?.opening.kind !== 'closed')
    expect(open[0]).toBe('serrin-clinic')
  })

  it('shows the police and the complaint channel only to who asks for them', () => {
    for (const need of NEEDS) {
      const found = directory.search({ pack: 'demo', need }, NOW)
      if (need !== 'police') expect(found).not.toContain('portavel-officers')
      if (need !== 'aidConduct') expect(found).not.toContain('tell-us')
    }
    expect(directory.search({ pack: 'demo', need: 'aidConduct' }, NOW)).toEqual(['tell-us'])
  })

  it('says of nothing that it is open on a holiday of the pack, unless it is day and night or speaks of holidays', () => {
    const holiday = Date.parse('2026-05-01T07:00Z')
    const open = NEEDS.flatMap((need) =>
      directory.search({ pack: 'demo', need, filters: ['open'] }, holiday),
    ).map((id) => pack.services.find((one) => one.id === id)?.hours?.osm)
    expect(open.length).toBeGreaterThan(0)
    for (const osm of open) expect(osm).toMatch(/^24\/7$|PH \d/u)
    expect(directory.card('demo', 'luma-clinic', 'en', holiday)).toMatchObject({
      opening: { kind: 'unknown', holiday: true },
      hoursText: expect.stringMatching(/\d/u),
    })
  })

  it('withholds what is overdue, closed or ended', () => {
    const all = NEEDS.flatMap((need) => directory.search({ pack: 'demo', need }, NOW))
    for (const id of ['old-clinic', 'moving-clinic', 'ended-project']) {
      expect(all).not.toContain(id)
      expect(directory.card('demo', id, 'en', NOW)).toBeUndefined()
    }
  })

  it("withholds a number from the minute on which its review date has passed in the pack's own calendar", () => {
    const stale = withService('portavel-clinic', { reviewBy: '2026-03-02' })
    const midnight = Date.parse('2026-03-02T21:00Z')
    expect(stale.search({ pack: 'demo', need: 'health' }, midnight - 60_000)).toContain('portavel-clinic')
    expect(stale.search({ pack: 'demo', need: 'health' }, midnight)).not.toContain('portavel-clinic')
    expect(stale.search({ pack: 'demo', need: 'health' }, midnight - 60_000)).toContain('portavel-clinic')
  })

  it('shows a place that is secret by its phone only', () => {
    const card = directory.card('demo', 'house-of-rest', 'en', NOW)
    expect(card).toMatchObject({ address: '', areaName: '' })
    expect(card?.phones).toHaveLength(1)
  })

  it('shows no website and no mailbox of a secret place, which may tell where it is', () => {
    const contacts: Service['contacts'] = [
      { kind: 'phone', value: '+999 000 0013' },
      { kind: 'whatsapp', value: '+999 000 0013' },
      { kind: 'web', value: 'https://example.org/where' },
      { kind: 'email', value: 'house@example.org' },
    ]
    const card = withService('house-of-rest', { contacts }).card('demo', 'house-of-rest', 'en', NOW)
    expect(card).toMatchObject({ phones: ['+999 000 0013'], websites: [], emails: [] })
    expect(
      withService('portavel-clinic', { contacts }).card('demo', 'portavel-clinic', 'en', NOW),
    ).toMatchObject({
      websites: ['https://example.org/where'],
      emails: ['house@example.org'],
    })
  })

  it('gives out nothing that only staff may see, by no way', () => {
    const hidden = {
      visibility: 'staff_only',
      area: { country: 'XV', adm1: 'XV02', coverage: 'site', place: { en: 'Quietwater' } },
    } as const
    const change: Partial<Service> = { ...hidden, serves: ['everyone'] }
    const found = withService('portavel-clinic', change)
    for (const need of NEEDS)
      for (const filter of FILTERS)
        for (const young of [false, true]) {
          const query = { pack: 'demo', need, filters: [filter], language: 'en', young }
          expect(found.search(query, NOW)).not.toContain('portavel-clinic')
        }
    expect(found.card('demo', 'portavel-clinic', 'en', NOW)).toBeUndefined()
    expect(found.reasons('demo', 'portavel-clinic', {}, NOW)).toEqual([])
    expect(found.titles('demo', 'en', NOW).map(({ id }) => id)).not.toContain('portavel-clinic')
    expect(found.areaNamed('demo', 'Quietwater')).toBeUndefined()
    const line = withService('hotline-women', { visibility: 'staff_only' })
    expect(line.hotlines('demo', 'en', NOW).map(({ id }) => id)).not.toContain('hotline-women')
  })

  it('lets the order tell nothing of where a secret place is', () => {
    const local = pack.services.find(({ id }) => id === 'house-of-rest')
    if (local === undefined) throw new Error('no shelter in the pack')
    const there = { ...local, area: { ...local.area, coverage: 'adm1' as const } }
    const other = { ...there, id: 'other-house', area: { ...there.area, adm1: 'XV02' } }
    const houses = createDirectory([
      { ...pack, services: [...pack.services.filter((one) => one !== local), there, other] },
    ])
    const inOrder = directory
      .areas('demo')
      .map((area) => houses.search({ pack: 'demo', need: 'shelter', area }, NOW))
    expect(new Set(inOrder.map(String)).size).toBe(1)
    expect(inOrder[0]).toContain('other-house')
  })

  it('does not count a line of the police as the hotline that a pack needs', () => {
    const services = pack.services.map((one) =>
      one.categories.includes('hotline')
        ? { ...one, categories: [...one.categories, 'police' as const] }
        : one,
    )
    const policed = createDirectory([{ ...pack, services }])
    expect(policed.hotlines('demo', 'en', NOW)).toEqual([])
    expect(policed.live(NOW)).toEqual([])
  })

  it('gives at most two lines, the fitting one first', () => {
    const ids = (wish?: { young?: boolean; trafficking?: boolean }) =>
      directory.hotlines('demo', 'en', NOW, wish).map(({ id }) => id)
    expect(ids()).toHaveLength(2)
    expect(ids({ young: true })[0]).toBe('hotline-children')
    expect(ids({ trafficking: true })[0]).toBe('hotline-work')
  })

  it('answers nothing for a pack that it does not know', () => {
    expect(directory.areas('')).toEqual([])
    expect(directory.search({ pack: 'nowhere', need: 'health' }, NOW)).toEqual([])
    expect(directory.hotlines('nowhere', 'en', NOW)).toEqual([])
    expect(directory.emergency('nowhere', 'en')).toBeUndefined()
  })
})

describe('a pack', () => {
  it('is served only with a fresh health service and a fresh hotline', () => {
    expect(directory.live(NOW)).toEqual(['demo'])
    for (const kinds of [['health', 'cmr'], ['hotline']]) {
      const services = pack.services.filter(
        ({ categories }) => !categories.some((one) => kinds.includes(one)),
      )
      expect(createDirectory([{ ...pack, services }]).live(NOW)).toEqual([])
      expect(checkPack({ ...pack, services }, NOW)).toHaveLength(1)
    }
    expect(directory.live(Date.UTC(2100, 5, 1))).toEqual([])
  })
})

describe('a typed place', () => {
  it.each([
    ['Portavel', 'XV01'],
    ['portavel', 'XV01'],
    ['PORT AVEL', 'XV01'],
    ['portavle', 'XV01'],
    ['i am in portavel', 'XV01'],
    ['almar', 'XV02'],
    ['Álmar Coast', 'XV02'],
    ['serin hills', 'XV03'],
    ['the camp', 'XV04'],
    ['xv04', 'XV04'],
  ])('"%s" is %s', (text, area) => {
    expect(directory.areaNamed('demo', text)).toBe(area)
  })

  it.each(['', '   ', 'Atlantis', 'x', '12345', '😀', 'a'.repeat(100_000)])(
    '"%s" is nobody knows where',
    (text) => {
      expect(directory.areaNamed('demo', text)).toBeUndefined()
    },
  )
})

describe('a shared place', () => {
  it('is in the nearest area, and outside all of them beyond 300 km', () => {
    expect(directory.areaNear('demo', { lat: -38.2, lon: 72.4 })).toBe('XV01')
    expect(directory.areaNear('demo', { lat: -38.1, lon: 74 })).toBe('XV04')
    expect(directory.areaNear('demo', { lat: 52, lon: 13 })).toBeUndefined()
    expect(directory.areaNear('demo', { lat: Number.NaN, lon: 1e9 })).toBeUndefined()
  })

  it('is measured on the sphere', () => {
    const nairobi = { lat: -1.2864, lon: 36.8172 }
    const mombasa = { lat: -4.0435, lon: 39.6682 }
    expect(distanceKm(nairobi, mombasa)).toBeGreaterThan(435)
    expect(distanceKm(nairobi, mombasa)).toBeLessThan(445)
  })
})
