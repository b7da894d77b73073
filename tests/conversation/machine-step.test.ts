import fc from 'fast-check'
import { transition } from 'xstate'
import { describe, expect, it } from 'vitest'
import { emptyContext } from '../../flows/context.ts'
import type { ConversationEvent, Happening } from '../../flows/events.ts'
import type { Facts } from '../../flows/facts.ts'
import { machine } from '../../flows/machine.ts'
import { move } from '../../src/conversation/machine-step.ts'
import { pages } from '../../src/conversation/pages.ts'
import { pathOf, valueOf } from '../../src/conversation/state-path.ts'

const facts: Facts = {
  now: 0,
  entrance: 'open',
  languages: ['en', 'es'],
  packs: ['demo'],
  desk: 'open',
  areas: () => ['XV01', 'XV02'],
  search: ({ need, filters = [] }) => (need === 'legal' || filters.length > 2 ? [] : ['a', 'b', 'c', 'd']),
  heldBack: (service) => (service === 'station' ? 'police' : undefined),
  areaNear: (_pack, { lat }) => (lat > 0 ? 'XV01' : undefined),
  states: () => false,
  newCase: '',
  reply: '',
}

const plain: Happening[] = [
  { type: 'hello' },
  { type: 'exit', lang: 'en' },
  { type: 'wipe', lang: 'en' },
  { type: 'comeBack' },
  { type: 'menu' },
  { type: 'language' },
  { type: 'help' },
  { type: 'talk' },
  { type: 'danger', topic: 'suicide', lang: 'en' },
  { type: 'danger', topic: 'danger', lang: 'en' },
  { type: 'disclosure', tier: 2, topic: 'sexual', lang: 'en', aboutOther: false, negated: false },
  { type: 'disclosure', tier: 3, topic: 'control', lang: 'en', aboutOther: true, negated: true },
  { type: 'place', place: { lat: 1, lon: 1 } },
  { type: 'place', place: { lat: -1, lon: 1 } },
  { type: 'area', area: 'XV02' },
  { type: 'elapsed', hours: 72 },
  { type: 'secret', secret: { salt: 'a', hash: 'b' } },
  { type: 'found', offers: ['health.safeNow'] },
  { type: 'unclear' },
  { type: 'unsupported' },
  { type: 'returned' },
  { type: 'blocked' },
  { type: 'picked', item: 'XV01' },
  { type: 'picked', item: 'station' },
]
const choices = [...pages.values()].flatMap((meta) =>
  meta.choices.map((choice): Happening => ({ type: `choose.${choice}` })),
)

describe('the reused scope', () => {
  it("moves exactly as XState's own pure transition does, over random walks", () => {
    const happenings = fc.array(fc.constantFrom(...plain, ...choices), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(fc.constantFrom(...pages.keys(), 'cover'), happenings, (start, walk) => {
        let path = start
        let context = emptyContext('whatsapp', 'en')
        for (const happening of walk) {
          const event: ConversationEvent = { ...happening, facts }
          const [expected, actions] = transition(
            machine,
            machine.resolveState({ value: valueOf(path), context }),
            event,
          )
          const moved = move(path, context, event)
          expect(moved.path).toBe(pathOf(expected.value))
          expect(moved.context).toEqual(expected.context)
          const wants = actions.flatMap(({ type, params }) =>
            type === 'want' ? [(params as { want: string }).want] : [],
          )
          expect(moved.wants).toEqual(wants)
          path = moved.path === 'erased' ? start : moved.path
          context = moved.context
        }
      }),
      { numRuns: 300 },
    )
  })

  it('leaves the context that it was given untouched', () => {
    const context = Object.freeze(emptyContext('telegram', 'en'))
    move('services.need', context, { type: 'choose.legal', facts })
    expect(context.need).toBe('')
  })
})
