import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NEEDS } from '../../../flows/context.ts'
import { type Filter, FILTERS } from '../../../flows/filters.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import type { Opening } from '../../../src/directory/directory.ts'
import { doubtsAbout, fitOf, fitsUnder18 } from '../../../src/directory/search/narrowing.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

const NOW = Date.UTC(2026, 2, 2, 10)
const pack = demoPack()

function demoService(id: string): Service {
  const found = pack.services.find((one) => one.id === id)
  if (found === undefined) throw new Error(`the demo pack has no ${id}`)
  return found
}

/** A door of which nothing is known but that it is there. */
const silent: Service = {
  ...demoService('portavel-clinic'),
  id: 'silent',
  languages: [],
  serves: [],
  documents: 'unknown',
  cost: 'unknown',
  access: ['walk_in'],
  accessibility: [],
}
delete silent.femaleStaff
delete silent.childrenWelcome
delete silent.interpretation

const open: Opening = { kind: 'open', until: '17:00' }
const closed: Opening = { kind: 'closed', opensDay: 0, opensAt: '08:00', today: false, tomorrow: true }
const fit = (filter: Filter, change: Partial<Service> = {}, opening: Opening = open, language = 'uk') =>
  fitOf({ ...silent, ...change }, filter, { language, opening: () => opening })

describe('what is not known', () => {
  it.each(['noPapers', 'free', 'women', 'girls', 'disabilities', 'older', 'children'] as const)(
    'is kept and ranked behind for %s',
    (filter) => {
      expect(fit(filter)).toBe('unsure')
    },
  )

  it.each(['language', 'stepFree', 'femaleStaff', 'men', 'boys', 'lgbtiq'] as const)(
    'is left out for %s',
    (filter) => {
      expect(fit(filter)).toBe('no')
    },
  )

  it('is never taken for open', () => {
    expect(fit('open', {}, { kind: 'unknown' })).toBe('no')
    expect(fit('open', {}, closed)).toBe('no')
    expect(fit('open', {}, open)).toBe('sure')
    expect(fit('open', {}, { kind: 'always' })).toBe('sure')
  })
})

describe('what is known', () => {
  it.each<[Filter, Partial<Service>, string]>([
    ['noPapers', { documents: 'none' }, 'sure'],
    ['noPapers', { documents: 'some' }, 'no'],
    ['free', { cost: 'free' }, 'sure'],
    ['free', { cost: 'paid' }, 'no'],
    ['free', { cost: 'means_tested' }, 'unsure'],
    ['femaleStaff', { femaleStaff: true }, 'sure'],
    ['femaleStaff', { femaleStaff: false }, 'no'],
    ['stepFree', { accessibility: ['step_free_entrance'] }, 'sure'],
    ['stepFree', { accessibility: ['lift'] }, 'no'],
    ['stepFree', { access: ['phone', 'whatsapp'] }, 'sure'],
    ['stepFree', { access: ['phone'], categories: ['shelter'] }, 'no'],
    ['language', { languages: ['en', 'uk'] }, 'sure'],
    ['language', { languages: ['uk-Latn'] }, 'sure'],
    ['language', { languages: ['en'] }, 'no'],
    ['language', { languages: ['en'], interpretation: 'phone' }, 'unsure'],
    ['language', { languages: ['en'], interpretation: 'none' }, 'no'],
    ['women', { serves: ['women'] }, 'sure'],
    ['women', { serves: ['everyone'] }, 'sure'],
    ['women', { serves: ['girls'] }, 'no'],
    ['women', { serves: ['migrants'] }, 'unsure'],
    ['girls', { serves: ['women'] }, 'no'],
    ['men', { serves: ['women', 'everyone'] }, 'sure'],
    ['men', { serves: ['women', 'girls'] }, 'no'],
    ['men', { serves: ['lgbtiq'] }, 'unsure'],
    ['boys', { serves: ['boys'] }, 'sure'],
    ['lgbtiq', { serves: ['lgbtiq', 'women'] }, 'sure'],
    ['lgbtiq', { categories: ['lgbtiq'] }, 'sure'],
    ['lgbtiq', { serves: ['everyone'] }, 'unsure'],
    ['lgbtiq', { serves: ['women'] }, 'no'],
    ['disabilities', { serves: ['people_with_disabilities'] }, 'sure'],
    ['disabilities', { serves: ['everyone'] }, 'unsure'],
    ['older', { serves: ['older_people'] }, 'sure'],
    ['older', { serves: ['everyone'], maxAge: 24 }, 'no'],
    ['children', { serves: ['children_with_mother'] }, 'sure'],
    ['children', { serves: ['everyone'] }, 'unsure'],
    ['children', { childrenWelcome: false, serves: ['children_with_mother'] }, 'no'],
    ['children', { childrenWelcome: true }, 'sure'],
  ])('decides %s with %j: %s', (filter, change, expected) => {
    expect(fit(filter, change)).toBe(expected)
  })
})

describe('somebody under 18', () => {
  it.each<[Partial<Service>, string]>([
    [{ serves: ['everyone'] }, 'sure'],
    [{ serves: ['girls', 'women'] }, 'sure'],
    [{ serves: ['girls'], maxAge: 17 }, 'sure'],
    [{ serves: ['everyone'], minAge: 18 }, 'no'],
    [{ serves: ['everyone'], minAge: 17 }, 'unsure'],
    [{ serves: ['everyone'], minAge: 12, maxAge: 24 }, 'unsure'],
    [{ serves: ['everyone'], maxAge: 5 }, 'no'],
    [{ serves: ['women'] }, 'no'],
    [{ serves: ['women', 'migrants'] }, 'no'],
    [{ serves: ['women', 'children_with_mother'] }, 'no'],
    [{ serves: ['older_people'] }, 'no'],
    [{ serves: ['migrants'] }, 'unsure'],
    [{ serves: [] }, 'unsure'],
    [{ serves: ['everyone'], maxAge: 5, categories: ['childcare'] }, 'sure'],
  ])('finds %j %s', (change, expected) => {
    expect(fitsUnder18({ ...silent, ...change })).toBe(expected)
  })

  it('is led to nothing that leaves them out: no list, no line, no title, no card', () => {
    const services = pack.services.flatMap((service) => [
      service,
      { ...service, id: `${service.id}-18`, minAge: 18 },
      { ...service, id: `${service.id}-w`, serves: ['women' as const] },
    ])
    const directory = createDirectory([{ ...pack, services }])
    const grownUpOnly = (id: string) => /-(?:18|w)$/u.test(id)
    const forYoung = NEEDS.flatMap((need) => directory.search({ pack: 'demo', need, young: true }, NOW))
    expect(forYoung.length).toBeGreaterThan(10)
    expect(forYoung.filter(grownUpOnly)).toEqual([])
    expect(NEEDS.flatMap((need) => directory.search({ pack: 'demo', need }, NOW)).some(grownUpOnly)).toBe(
      true,
    )
    const lines = directory.hotlines('demo', 'en', NOW, { young: true }).map(({ id }) => id)
    expect(lines).toHaveLength(2)
    expect(lines.filter(grownUpOnly)).toEqual([])
    const titles = directory.titles('demo', 'en', NOW, true)
    expect(titles.map(({ id }) => id).filter(grownUpOnly)).toEqual([])
    expect(directory.titles('demo', 'en', NOW, true)).toBe(titles)
    const asker = { need: 'health', young: true } as const
    expect(directory.heldBack('demo', 'portavel-clinic-18', asker, NOW)).toBe('young')
    expect(directory.heldBack('demo', 'portavel-clinic', asker, NOW)).toBeUndefined()
  })
})

describe('a narrowed list', () => {
  const directory = createDirectory([pack])
  const someFilters = fc.subarray([...FILTERS])

  it('only ever holds what the wider list holds, and nothing that is a plain no', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NEEDS), someFilters, fc.boolean(), (need, filters, young) => {
        const language = 'en'
        const narrow = directory.search({ pack: 'demo', need, filters, language, young }, NOW)
        const doubts = narrow.map((id) => {
          const { kind } = directory.card('demo', id, 'en', NOW)?.opening ?? closed
          return doubtsAbout(demoService(id), { filters, language, young }, () =>
            kind === 'open' ? open : kind === 'always' ? { kind } : closed,
          )
        })
        expect(doubts).not.toContain(undefined)
        const wide = directory.search({ pack: 'demo', need }, NOW)
        if (wide.length < 12) expect(wide).toEqual(expect.arrayContaining([...narrow]))
      }),
    )
  })

  it('puts what is unsure behind what is known, however near it is', () => {
    const near = { lat: -38.17, lon: 72.37 }
    const papers = directory.search({ pack: 'demo', need: 'health', near, filters: ['noPapers'] }, NOW)
    expect(papers.at(-1)).toBe('portavel-hospital')
    expect(papers).not.toContain('serrin-clinic')
    expect(directory.search({ pack: 'demo', need: 'health', near }, NOW)[0]).toBe('portavel-hospital')
  })

  it('is the same list when nothing is switched on', () => {
    for (const need of NEEDS)
      expect(directory.search({ pack: 'demo', need, filters: [], language: 'en' }, NOW)).toEqual(
        directory.search({ pack: 'demo', need }, NOW),
      )
  })
})
