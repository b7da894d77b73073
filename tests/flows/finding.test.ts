import { describe, expect, it } from 'vitest'
import { restore } from '../../src/conversation/restore.ts'
import { atMenu, type Chat, englishEngine } from '../conversation/english-engine.ts'

/** A shared place is used for one answer; somebody under 18 is led to nothing for grown-ups only. */
const engine = await englishEngine()
const PLACE = { lat: -38.64, lon: 73.07 }

function looksFor(talk: Chat, need: string): Chat {
  talk.presses('services')
  talk.presses(need)
  return talk
}

describe('a shared place', () => {
  it('orders one answer, shows coarse distances in it, and is in no record afterwards', () => {
    for (const look of ['whatsapp', 'telegram'] as const) {
      const talk = looksFor(atMenu(engine, look), 'health')
      const step = talk.step({ type: 'place', place: PLACE })
      expect(talk.page).toBe('services.results')
      expect(talk.text).toMatch(/1\. Almar Clinic \(Almar Coast\)\nOpen now, until 16:00 · near · /u)
      expect(talk.text.match(/(?:about \d+ km|near)/gu)?.length).toBeGreaterThanOrEqual(2)
      for (const text of talk.text.match(/\d+ km/gu) ?? []) expect(Number.parseInt(text, 10) % 5).toBe(0)
      const kept = JSON.stringify([step.conversation, step.effects])
      expect(kept).not.toMatch(/38\.6|73\.0|lat|lon|near|\bkm\b/u)
      expect(talk.conversation.context.area).toBe('XV02')
    }
  })

  it('is not known any more for the next page, for more, or when the list is narrowed', () => {
    const talk = looksFor(atMenu(engine), 'health')
    talk.step({ type: 'place', place: PLACE })
    talk.presses('more')
    expect(talk.text).toContain('4. ')
    expect(talk.text).not.toMatch(/\bkm\b|· near/u)
    talk.presses('narrow')
    talk.presses('open')
    talk.presses('results')
    expect(talk.text).not.toMatch(/\bkm\b|· near/u)
    expect(talk.text).toContain('1. Almar Clinic (Almar Coast)')
  })

  it('says nothing of where a secret place is', () => {
    const talk = looksFor(atMenu(engine), 'shelter')
    talk.step({ type: 'place', place: { lat: -38.2, lon: 72.4 } })
    expect(talk.text).toContain('House of Rest\n')
    expect(talk.text).not.toMatch(/\bkm\b|· near|Portavel/u)
  })
})

describe('somebody who said that they are under 18', () => {
  function young(): Chat {
    const talk = atMenu(engine)
    talk.presses('more')
    talk.presses('young')
    return talk
  }

  it('finds no place for grown-ups only, and the ages of the others', () => {
    const talk = young()
    for (const choice of ['body', 'findClinic', '=XV02']) talk.presses(choice)
    const seen = [talk.text]
    while (talk.choices.includes('more')) seen.push(talk.presses('more').message?.text ?? '')
    expect(seen.join('\n')).toContain('Almar Clinic')
    expect(seen.join('\n')).toMatch(/Corner Clinic for the Young.*\n.*Ages: 12-24/u)
    expect(seen.join('\n')).not.toContain('Health Room')
  })

  it('is not led there by the search, an earlier button, an earlier list or the way back', () => {
    const before = atMenu(engine)
    before.says('womens health room midwife')
    expect(before.conversation.context.offers).toContain('service:almar-women')
    const talk = young()
    talk.says('womens health room midwife')
    expect(talk.conversation.context.offers).not.toContain('service:almar-women')
    for (const id of ['services.results:=almar-women', 'heard.offers:=service:almar-women']) {
      talk.step(engine.pressed(id, talk.conversation, talk.moment))
      expect(talk.text).not.toContain('Health Room')
      expect(talk.choices).toContain('menu')
    }
    const changed = looksFor(atMenu(engine), 'health')
    for (const choice of ['=XV02', '=almar-women', 'menu', 'more', 'young']) {
      if (choice === '=almar-women') while (!changed.choices.includes(choice)) changed.presses('more')
      changed.presses(choice)
    }
    for (let times = 0; times < 6; times += 1) {
      changed.step({ type: 'back' })
      expect(changed.text).not.toContain('Health Room')
      expect(changed.text.length).toBeGreaterThan(0)
    }
  })

  it('sees the line for children on every page of lines', () => {
    const talk = young()
    talk.presses('menu')
    talk.presses('services')
    talk.presses('hotline')
    expect(talk.text).toContain('Demo Line for Children')
  })
})

describe('a record of before lists could be narrowed', () => {
  it('is read with nothing switched on, and one with wishes of another version keeps those of today', () => {
    const talk = looksFor(atMenu(engine), 'health')
    const { filters: _, ...context } = talk.presses('anywhere').conversation.context
    const old = { ...talk.conversation, context: context as never }
    expect(restore(old).context.filters).toEqual([])
    const step = engine.step(old, { type: 'choose.narrow' }, talk.moment)
    expect(step.message?.text).toContain('Nothing is switched on.')
    const later = {
      ...step.conversation,
      context: { ...step.conversation.context, filters: ['free', 'gone'] as never },
    }
    const shown = engine.step(later, { type: 'choose.results' }, talk.moment)
    expect(shown.page).toBe('services.results')
    expect(shown.message?.text).toMatch(/^Switched on: Free of charge$/mu)
  })
})
