import { describe, expect, it } from 'vitest'
import { type Filter, FILTERS, switched } from '../../flows/filters.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import type { Service } from '../../src/directory/service.ts'
import { atMenu, type Chat, englishEngine } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'

/** Narrowing a list: never a dead end, left and erased from everywhere, and around no notice. */
const pack = demoPack()
const engine = await englishEngine()

function withServices(change: (service: Service) => Partial<Service>) {
  const services = pack.services.map((service) => ({ ...service, ...change(service) }))
  return englishEngine({ directory: createDirectory([{ ...pack, services }]) })
}

function atResults(from = engine, need = 'health'): Chat {
  const talk = atMenu(from)
  talk.presses('services')
  talk.presses(need)
  talk.presses('anywhere')
  return talk
}

const WHOM = new Set<Filter>(['women', 'girls', 'men', 'boys', 'lgbtiq', 'disabilities', 'older', 'children'])

function switches(talk: Chat, filter: Filter): void {
  if (!WHOM.has(filter)) return void talk.presses(filter)
  talk.presses('whom')
  talk.presses(filter)
  talk.presses('done')
}

const narrowed: [string, (talk: Chat) => void, string][] = [
  ['the choices', () => {}, 'services.narrow'],
  ['who it is for', (talk) => void talk.presses('whom'), 'services.forWhom'],
  [
    'nothing left',
    (talk) => {
      for (const filter of ['femaleStaff', 'stepFree', 'language', 'boys', 'lgbtiq'] as const)
        switches(talk, filter)
      talk.presses('results')
    },
    'services.nothingNarrowed',
  ],
]

describe('from the pages that narrow a list', () => {
  it.each(narrowed)('%s: exit forgets what was switched on', async (_, go, page) => {
    const talk = atResults(page === 'services.nothingNarrowed' ? await nothingFits() : engine)
    talk.presses('narrow')
    talk.presses('open')
    go(talk)
    expect(talk.page).toBe(page)
    expect(talk.conversation.context.filters).not.toEqual([])
    const step = talk.says('exit')
    expect(talk.page).toBe('cover.line')
    expect(step.effects).toContainEqual({ kind: 'leave' })
    expect(JSON.stringify(talk.conversation)).not.toMatch(/open"|boys|stepFree|services/u)
  })

  it.each(narrowed)('%s: the wipe word asks once and erases', async (_, go, page) => {
    const talk = atResults(page === 'services.nothingNarrowed' ? await nothingFits() : engine)
    talk.presses('narrow')
    go(talk)
    talk.says('erase')
    expect(talk.page).toBe('privacy.wipeConfirm')
    expect(talk.presses('yes').effects).toEqual([{ kind: 'wipe' }])
  })

  it('a long silence forgets them too', () => {
    const talk = atResults()
    talk.presses('narrow')
    talk.presses('free')
    talk.waits(31)
    talk.says('menu')
    expect(talk.page).toBe('welcome.safeNow')
    expect(talk.conversation.context.filters).toEqual([])
  })
})

function nothingFits() {
  return withServices(() => ({ femaleStaff: false }))
}

describe('a list that is narrowed', () => {
  it('says what is on, and a second press switches it off', () => {
    const talk = atResults()
    const before = talk.text
    talk.presses('narrow')
    expect(talk.text).toContain('Nothing is switched on.')
    talk.presses('open')
    talk.presses('free')
    expect(talk.text).toContain('Switched on: Open now, Free of charge')
    talk.presses('open')
    expect(talk.text).toContain('Switched on: Free of charge')
    talk.presses('results')
    expect(talk.text).toMatch(/^Switched on: Free of charge$/mu)
    talk.presses('narrow')
    talk.presses('free')
    talk.presses('results')
    expect(talk.text).toBe(before)
  })

  it('is never a dead end, whatever is switched on together', async () => {
    const bare = await withServices(() => ({
      femaleStaff: false,
      accessibility: [],
      access: ['walk_in'],
      serves: ['girls'],
      childrenWelcome: false,
      documents: 'some',
      cost: 'paid',
      languages: ['xx'],
    }))
    for (const from of [engine, bare])
      for (const [at, first] of FILTERS.entries())
        for (const second of FILTERS.slice(at)) {
          const talk = atResults(from)
          talk.presses('narrow')
          switches(talk, first)
          if (second !== first) switches(talk, second)
          talk.presses('results')
          if (talk.page === 'services.results') {
            expect(
              talk.choices.some((choice) => choice.startsWith('=')),
              `${first} ${second}`,
            ).toBe(true)
            continue
          }
          expect(talk.page).toBe('services.nothingNarrowed')
          expect(talk.choices).toEqual(
            expect.arrayContaining(['drop', 'narrow', 'need', 'talk', 'menu', 'exit']),
          )
          expect(talk.text).toContain('+999 000 0001')
          talk.presses('drop')
          expect(talk.page).toBe('services.results')
          expect(talk.conversation.context.filters).toEqual([])
        }
  })

  it('is whole again when something else is looked for, and stays narrow for another area', () => {
    const talk = atResults()
    talk.presses('narrow')
    talk.presses('open')
    talk.presses('results')
    talk.presses('area')
    talk.presses('=XV02')
    expect(talk.conversation.context.filters).toEqual(['open'])
    talk.presses('need')
    talk.presses('legal')
    expect(talk.page).toBe('services.results')
    expect(talk.conversation.context.filters).toEqual([])
  })

  it('is for women, girls, men or boys, one of them at a time', () => {
    expect(switched(['women', 'lgbtiq'], 'men')).toEqual(['lgbtiq', 'men'])
    expect(switched(['men'], 'men')).toEqual([])
    expect(switched(['gone', 'open'], 'children')).toEqual(['open', 'children'])
  })

  it('takes its buttons from an earlier message as well, and asks for the need that it has no more', () => {
    const talk = atMenu(engine)
    talk.step(engine.pressed('services.narrow:open', talk.conversation, talk.moment))
    expect(talk.page).toBe('services.narrow')
    talk.presses('results')
    expect(talk.page).toBe('services.need')
  })
})

describe('the notice before the police', () => {
  const NOTICE = /no papers.*without giving your name/u
  const ways: [string, string][] = [
    ['a button of an earlier list', 'services.results:=portavel-officers'],
    ['an earlier offer of the search', 'heard.offers:=service:portavel-officers'],
  ]
  it.each(ways)('stands before %s', (_, id) => {
    const talk = atMenu(engine)
    talk.step(engine.pressed(id, talk.conversation, talk.moment))
    expect(talk.page).toBe('services.policeFirst')
    expect(talk.text).toMatch(NOTICE)
    expect(talk.text).not.toContain('+999 000 0018')
  })

  it('stands before every list with a station in it, with every filter, page and place', async () => {
    const also = await withServices(({ categories }) =>
      categories.includes('police')
        ? { categories: ['police', 'health', 'legal', 'mhpss', 'safe_space', 'hotline'], languages: ['en'] }
        : {},
    )
    for (const need of ['health', 'feelings', 'legal', 'safeSpace'])
      for (const filter of FILTERS) {
        const talk = atResults(also, need)
        talk.presses('narrow')
        switches(talk, filter)
        talk.presses('results')
        const seen = [...talk.conversation.context.results]
        talk.step({ type: 'place', place: { lat: -38.23, lon: 72.43 } })
        seen.push(...talk.conversation.context.results)
        expect(
          seen.filter((id) => id.endsWith('-officers')),
          `${need} ${filter}`,
        ).toEqual([])
        expect(talk.text).not.toMatch(/Station/u)
      }
    const typed = atMenu(also)
    typed.says('portavel station womens desk')
    expect(typed.conversation.context.offers.join()).not.toContain('officers')
  })
})
