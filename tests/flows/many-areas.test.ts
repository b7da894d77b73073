import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Look } from '../../flows/context.ts'
import type { Happening } from '../../flows/events.ts'
import { AREAS_AT_ONCE } from '../../flows/guards.ts'
import { HOUSE, languages } from '../../src/cli/house.ts'
import { createEngine } from '../../src/conversation/create-engine.ts'
import type { Step } from '../../src/conversation/engine.ts'
import { LIMITS } from '../../src/conversation/message.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { loadPack } from '../../src/directory/pack/load-pack.ts'
import type { Area, Pack } from '../../src/directory/pack/pack.ts'
import { keptLexicon } from '../../src/kept-lexicon.ts'
import { MONDAY } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'

/** A country with more areas than a list has rows: each is reached by a press, by its number and by its name. */
const demo = demoPack()
const locales = languages()
const lexicon = keptLexicon(locales)
const moment = { now: MONDAY, desk: 'open' } as const

function engineWith(areas: readonly Area[]) {
  const pack: Pack = { ...demo, areas: [...areas] }
  const directory = createDirectory([pack])
  const kept = { entrance: 'open', idleHours: 24, caseDays: 7 } as const
  return { pack, directory, engine: createEngine({ locales, lexicon, directory, ...kept }) }
}
type Served = ReturnType<typeof engineWith>

function areasOf(name: string): readonly Area[] {
  const loaded = loadPack(join(HOUSE, 'packs', name))
  if (!('pack' in loaded)) throw new Error(`${name} cannot be read`)
  return loaded.pack.areas
}
const COUNTRIES = ['colombia', 'moldova'].map((name) => engineWith(areasOf(name)))

/** Where somebody who looks for a lawyer is asked for her area. */
function asked({ engine }: Served, language = 'en', look: Look = 'whatsapp'): Step {
  const fresh = engine.fresh(look)
  const context = { ...fresh.context, language, languageChosen: true, taught: true, pack: 'demo' }
  const step = engine.step({ ...fresh, state: 'services.need', context }, { type: 'choose.legal' }, moment)
  expect(step.page).toBe('services.area')
  return step
}
function typed({ engine }: Served, text: string, from: Step): Happening {
  const happening = engine.understand(text, from.conversation, moment)
  if (happening.type === 'wordGiven') throw new Error('no word is asked for')
  return happening
}
const offered = (step: Step) =>
  (step.message?.choices ?? []).map(({ id }) => id.replace('services.area:', ''))
const items = (step: Step) => offered(step).flatMap((id) => (id.startsWith('=') ? [id.slice(1)] : []))

describe.each([...locales.keys()])('in %s', (language) => {
  it.each(['whatsapp', 'telegram'] as const)('every area is reached on %s', (look) => {
    for (const served of COUNTRIES) {
      const { pack, directory, engine } = served
      const first = asked(served, language, look)
      const seen: string[] = []
      let step = first
      for (let page = 0; page < Math.ceil(pack.areas.length / AREAS_AT_ONCE); page += 1) {
        expect(offered(step).length).toBeLessThanOrEqual(LIMITS.whatsapp.rows)
        for (const [at, area] of items(step).entries()) {
          for (const number of [at + 1, (at + 1).toLocaleString('ar-EG')])
            expect(engine.understand(String(number), step.conversation, moment)).toEqual({
              type: 'picked',
              item: area,
            })
          const reached = engine.step(step.conversation, { type: 'picked', item: area }, moment)
          expect(reached.conversation.context.area).toBe(area)
          expect(reached.page).not.toBe('services.area')
        }
        seen.push(...items(step))
        step = engine.step(step.conversation, { type: 'choose.more' }, moment)
      }
      expect(seen).toEqual(pack.areas.map(({ id }) => id))
      // Behind the last page stands the first again.
      expect(offered(step)).toEqual(offered(first))
      for (const { id } of pack.areas) {
        const name = directory.areaName('demo', id, language)
        const reached = engine.step(first.conversation, typed(served, name, first), moment)
        expect(reached.conversation.context.area, name).toBe(id)
      }
    }
  })
})

describe('the page of areas', () => {
  const [colombia] = COUNTRIES
  if (colombia === undefined) throw new Error('there is no country')

  it('is one page where all of them fit, and has another where they do not', () => {
    const eight = engineWith(areasOf('colombia').slice(0, AREAS_AT_ONCE + 1))
    expect([items(asked(eight)).length, offered(asked(eight))]).toEqual([
      8,
      expect.not.arrayContaining(['more']),
    ])
    const nine = engineWith(areasOf('colombia').slice(0, AREAS_AT_ONCE + 2))
    expect([items(asked(nine)).length, offered(asked(nine))]).toEqual([7, expect.arrayContaining(['more'])])
  })

  it('goes on from a name that nobody knows, and begins anew with another need', () => {
    const { engine } = colombia
    const first = asked(colombia)
    const unclear = engine.step(first.conversation, typed(colombia, 'Xyzzyqua', first), moment)
    expect(unclear.page).toBe('services.areaUnclear')
    const next = engine.step(unclear.conversation, { type: 'choose.more' }, moment)
    expect(items(next)).toEqual(colombia.pack.areas.slice(7, 14).map(({ id }) => id))
    const need = engine.step(
      { ...next.conversation, state: 'services.need' },
      { type: 'choose.legal' },
      moment,
    )
    expect(items(need)).toEqual(items(asked(colombia)))
  })

  it('keeps its buttons further up in the chat', () => {
    const { engine } = colombia
    const first = asked(colombia)
    const second = engine.step(first.conversation, { type: 'choose.more' }, moment)
    const [area = ''] = items(first)
    const earlier = { type: 'earlier', page: 'services.area', choice: `=${area}` } as const
    expect(engine.step(second.conversation, earlier, moment).conversation.context.area).toBe(area)
  })

  it('holds in a list that has become shorter', () => {
    const shorter = engineWith(areasOf('colombia').slice(0, 9))
    const { conversation } = asked(colombia)
    const context = { ...conversation.context, areasFrom: 28 }
    const step = shorter.engine.step({ ...conversation, context }, { type: 'unsupported' }, moment)
    const back = shorter.engine.step(step.conversation, { type: 'back' }, moment)
    expect(items(back).length).toBeGreaterThan(0)
  })
})
