import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Happening } from '../../flows/events.ts'
import type { Facts } from '../../flows/facts.ts'
import { emptyContext } from '../../flows/context.ts'
import { FLOW_VERSION } from '../../flows/machine.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import { pages } from '../../src/conversation/pages.ts'
import { step } from '../../src/conversation/step.ts'
import { readName } from '../../src/statistics/counter-names.ts'

const SEPTEMBER = Date.UTC(2026, 8, 30, 23, 50)
const AREAS = ['XV01', 'XV02']

function world(more: Partial<Facts> = {}): Facts {
  return {
    now: SEPTEMBER,
    entrance: 'open',
    languages: ['en', 'es'],
    packs: ['demo'],
    desk: 'open',
    countsAreas: true,
    areas: () => AREAS,
    search: ({ need }) => (need === 'legal' ? [] : ['a', 'b']),
    heldBack: () => undefined,
    areaNear: () => 'XV01',
    states: () => false,
    newCase: '12345678',
    reply: '',
    ...more,
  }
}

const told = { ...emptyContext('telegram', 'es'), languageChosen: true, taught: true, pack: 'demo' }

/** Walks on from a page and says what was counted on the way. */
function counted(start: Partial<Conversation>, walk: readonly Happening[], facts: Facts = world()) {
  let conversation: Conversation = { flowVersion: FLOW_VERSION, state: 'menu.start', context: told, ...start }
  const names: string[] = []
  for (const happening of walk) {
    const stepped = step(conversation, happening, facts)
    names.push(...stepped.effects.flatMap((effect) => (effect.kind === 'count' ? [effect.name] : [])))
    conversation = stepped.conversation
  }
  return { names: names.filter((name) => name.startsWith('stat.')), conversation }
}

const go = (choice: string): Happening => ({ type: `choose.${choice}` })
const toRights: Happening = { type: 'earlier', page: 'menu.start', choice: 'rights' }

describe('what a conversation adds to the statistics', () => {
  it('is nothing in the opening, which everybody sees', () => {
    const fresh = { state: 'welcome.safeNow', context: emptyContext('telegram', 'en') }
    expect(counted(fresh, [{ type: 'hello' }, { type: 'picked', item: 'es' }]).names).toEqual([])
  })

  it('is one contact in its language, and one for each topic, however often she comes by', () => {
    const walk: Happening[] = [{ type: 'menu' }, toRights, { type: 'menu' }, toRights, { type: 'menu' }]
    expect(counted({}, walk).names).toEqual(['stat.contact.es.2026-09', 'stat.topic.rights.2026-09'])
  })

  it('stands under the area too, once she told it, with what she read before', () => {
    const walk: Happening[] = [toRights, { type: 'place', place: { lat: 1, lon: 1 } }, { type: 'menu' }]
    expect(counted({}, walk).names).toEqual([
      'stat.contact.es.2026-09',
      'stat.topic.rights.2026-09',
      'stat.topic.services.2026-09',
      'stat.contact.es.demo/XV01.2026-09',
      'stat.topic.services.demo/XV01.2026-09',
      'stat.topic.rights.demo/XV01.2026-09',
    ])
  })

  it('is counted in one language, and in no area of another', () => {
    const walk: Happening[] = [
      { type: 'menu' },
      { type: 'language' },
      { type: 'picked', item: 'en' },
      toRights,
      { type: 'place', place: { lat: 1, lon: 1 } },
      { type: 'menu' },
    ]
    const { names } = counted({}, walk)
    expect(names.filter((name) => name.startsWith('stat.contact'))).toEqual(['stat.contact.es.2026-09'])
    expect(names).toContain('stat.topic.rights.demo/XV01.2026-09')
  })

  it('has no area where statistics are not kept by area', () => {
    const context = { ...told, need: 'legal', area: 'XV02' } as const
    const { names } = counted(
      { state: 'services.need', context },
      [go('legal')],
      world({ countsAreas: false }),
    )
    expect(names).toContain('stat.gap.legal.2026-09')
    expect(names.filter((name) => name.includes('XV'))).toEqual([])
  })

  it('is a gap, by need and area, for a search that found nothing and for no other', () => {
    const context = { ...told, area: 'XV02' }
    const gaps = (choice: string) =>
      counted({ state: 'services.need', context }, [go(choice), go('need'), go(choice)]).names.filter(
        (name) => name.startsWith('stat.gap'),
      )
    expect(gaps('legal')).toEqual(['stat.gap.legal.2026-09', 'stat.gap.legal.demo/XV02.2026-09'])
    expect(gaps('shelter')).toEqual([])
  })

  it('never says where, of what is about the conduct of aid workers', () => {
    const context = { ...told, area: 'XV02', need: 'aidConduct' } as const
    const none = world({ search: () => [] })
    const walk: Happening[] = [
      { type: 'area', area: 'XV02' },
      { type: 'earlier', page: 'menu.start', choice: 'aidworkers' },
    ]
    const { names } = counted({ state: 'services.area', context }, walk, none)
    expect(names).toContain('stat.gap.aidConduct.2026-09')
    expect(names.filter((name) => name.includes('aid') && name.includes('XV'))).toEqual([])
  })

  it('begins anew with the month', () => {
    const { conversation } = counted({}, [{ type: 'menu' }, toRights])
    const october = world({ now: SEPTEMBER + 15 * 60_000 })
    expect(counted(conversation, [{ type: 'menu' }, toRights], october).names).toEqual([
      'stat.contact.es.2026-10',
      'stat.topic.rights.2026-10',
    ])
  })

  it('is over with an exit, and what is remembered then tells nothing of what she read', () => {
    const { conversation } = counted({}, [{ type: 'menu' }, toRights, { type: 'exit', lang: 'es' }])
    const other = counted({}, [{ type: 'menu' }, { type: 'exit', lang: 'es' }]).conversation
    expect(conversation.context.counted).toEqual(other.context.counted)
    const back: Happening[] = [{ type: 'comeBack' }, go('yes'), { type: 'menu' }, { type: 'help' }]
    expect(counted(conversation, back)).toMatchObject({ names: [], conversation: { state: 'danger.start' } })
  })

  it('is how long she waited for a caseworker, once, under the area that she told the desk', () => {
    const waiting = { ...told, case: '12345678', caseState: 'waiting' } as const
    const claimed: Happening = { type: 'caseClaimed', waited: 61, area: 'XV02' }
    const left = counted({ context: waiting }, [{ type: 'exit', lang: 'es' }])
    const { names } = counted(left.conversation, [claimed, claimed])
    expect(names).toEqual(['stat.answered.4h.2026-09', 'stat.answered.4h.demo/XV02.2026-09'])
    expect(counted({ context: waiting }, [{ type: 'caseClaimed' }]).names).toEqual([])
  })

  it('is at most one to each number in a month, and parts are never more than the whole, wherever she goes', () => {
    const choices = [...pages.values()].flatMap((meta) => meta.choices.map(go))
    const others: Happening[] = [
      { type: 'menu' },
      { type: 'help' },
      { type: 'back' },
      { type: 'returned' },
      { type: 'picked', item: 'XV01' },
      { type: 'picked', item: 'XV02' },
      { type: 'place', place: { lat: 1, lon: 1 } },
      { type: 'exit', lang: 'en' },
      { type: 'comeBack' },
      { type: 'danger', topic: 'danger', lang: 'en' },
      { type: 'caseClaimed', waited: 3, area: 'XV01' },
    ]
    const walks = fc.array(fc.constantFrom(...others, ...choices), { maxLength: 40 })
    fc.assert(
      fc.property(fc.constantFrom(...pages.keys()), walks, (state, walk) => {
        const { names } = counted({ state }, walk)
        expect(new Set(names).size).toBe(names.length)
        for (const name of names) {
          const read = readName(name)
          expect(read).toBeDefined()
          if (read?.area !== undefined) expect(names).toContain(name.replace(`.${read.area}`, ''))
        }
      }),
      { numRuns: 300 },
    )
  })
})
