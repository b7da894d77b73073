import { describe, expect, it } from 'vitest'
import { emptyContext, type Look } from '../../flows/context.ts'
import type { Filter } from '../../flows/filters.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import { pages } from '../../src/conversation/pages.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'

/** What holds on every page of the machine, on both channels. */
const engine = await englishEngine()
const moment = { now: MONDAY, desk: 'open' } as const
const looks: Look[] = ['whatsapp', 'telegram']
const everywhere = [...pages.keys()].flatMap((state) => looks.map((look) => [state, look] as const))

const SWITCHED_ON: Filter[] = ['stepFree', 'lgbtiq']

function on(state: string, look: Look): Conversation {
  const results = engineResults
  return {
    flowVersion: '1',
    state,
    context: {
      ...emptyContext(look, 'en'),
      taught: true,
      languageChosen: true,
      pack: 'demo',
      need: 'health',
      results,
      filters: SWITCHED_ON,
      service: results[0] ?? '',
      offers: ['health.safeNow'],
      lastMinute: MONDAY / 60_000,
    },
  }
}
const { demoDirectory } = await import('../directory/demo.ts')
const engineResults = [...(await demoDirectory()).search({ pack: 'demo', need: 'health' }, MONDAY)]

describe('from every page, on both channels', () => {
  it.each(everywhere)('%s (%s): exit leaves for the cover and forgets the place', (state, look) => {
    for (const happening of [
      engine.understand('exit', on(state, look), moment),
      engine.understand('EXIT!!', on(state, look), moment),
    ]) {
      if (happening.type === 'wordGiven') throw new Error('exit was taken for a word')
      const { conversation, page, effects } = engine.step(on(state, look), happening, moment)
      expect(page).toBe('cover.line')
      expect(effects).toContainEqual({ kind: 'leave' })
      expect(conversation.context).toMatchObject({
        trail: [],
        results: [],
        filters: [],
        service: '',
        area: '',
        need: '',
        topic: '',
      })
    }
  })

  it.each(everywhere)('%s (%s): the wipe word asks once and then wipes', (state, look) => {
    const asked = engine.step(on(state, look), { type: 'wipe', lang: 'en' }, moment)
    expect(asked.page).toBe('privacy.wipeConfirm')
    const done = engine.step(asked.conversation, { type: 'choose.yes' }, moment)
    expect(done.effects).toEqual([{ kind: 'wipe' }])
    expect(done.message).toBeUndefined()
  })

  it.each(everywhere)('%s (%s): danger words and the help words show the fast lines', (state, look) => {
    for (const text of ['he is going to kill me', 'blue cup']) {
      const happening = engine.understand(text, on(state, look), moment)
      if (happening.type === 'wordGiven') throw new Error(`"${text}" was taken for a word`)
      const { message } = engine.step(on(state, look), happening, moment)
      expect(message?.text).toContain('000')
    }
  })

  it.each(everywhere)('%s (%s): whatever cannot be read gets a calm page, never an error', (state, look) => {
    for (const type of ['unclear', 'unsupported', 'again', 'back', 'hello'] as const) {
      const { message } = engine.step(on(state, look), { type }, moment)
      expect(message?.text.length).toBeGreaterThan(0)
      expect(message?.text).not.toMatch(/error|invalid|wrong input|failed|undefined/iu)
    }
  })

  it.each(everywhere)('%s (%s): has a way on', (state, look) => {
    const here = engine.here(on(state, look), moment)
    expect(here.choices.length).toBeGreaterThan(0)
    const shown = engine.step(on(state, look), { type: 'again' }, moment).message?.text
    for (const { id } of here.choices) {
      const happening = engine.pressed(id, on(state, look), moment)
      const step = engine.step(on(state, look), happening, moment)
      const moved = step.conversation.state !== state || step.effects.length > 0
      const isSwitch = SWITCHING.has(state) && step.message?.text !== shown
      expect(moved || isSwitch || KEEPS_ITS_PLACE.has(id), `${id} leads nowhere`).toBe(true)
    }
  })

  it.each(everywhere)('%s (%s): after half an hour of silence it begins at the beginning', (state, look) => {
    const later = { ...moment, now: MONDAY + 31 * 60_000 }
    const step = engine.step(on(state, look), { type: 'menu' }, later)
    expect(step.page).toBe('welcome.safeNow')
    expect(step.conversation.context).toMatchObject({ trail: [], results: [], need: '' })
  })

  it('carries an exit button on every page that is sensitive', () => {
    for (const [path, meta] of pages)
      if (!/^(?:welcome\.(?:language|country|safeNow|heard|notNow)|settings\.)/u.test(path))
        expect(meta.choices, path).toContain('exit')
  })
})

/** Pages whose choices switch something on and off, and say what is on. */
const SWITCHING = new Set<string>(['services.narrow', 'services.forWhom'])

/** With one page of results there is nothing to lead to. */
const KEEPS_ITS_PLACE = new Set<string>([
  'services.results:more',
  'welcome.language:=en',
  'welcome.country:=demo',
])
