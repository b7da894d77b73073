import { describe, expect, it } from 'vitest'
import { NEEDS } from '../../flows/context.ts'
import { FILTERS } from '../../flows/filters.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import type { Service } from '../../src/directory/service.ts'
import { atMenu, englishEngine } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'

/**
 * The line for worries about aid workers stands apart from everything else, even when the same organisation runs the
 * clinic, the hotline and the line: whoever asks for the clinic must not be led to it, and the other way round.
 */
const NOW = Date.UTC(2026, 2, 2, 10)
const pack = demoPack()
const line = pack.services.find(({ id }) => id === 'tell-us')
if (line === undefined) throw new Error('the demo pack has no tell-us')
const asEverything: Service = {
  ...line,
  categories: ['psea', 'hotline', 'health', 'mhpss', 'legal', 'child_protection'],
}
const services = [
  asEverything,
  ...pack.services
    .filter(({ id }) => id !== 'tell-us')
    .map((one) => ({ ...one, orgId: line.orgId, orgName: line.orgName })),
]
const directory = createDirectory([{ ...pack, services }])
const engine = await englishEngine({ directory })

describe('the line about the conduct of aid workers', () => {
  it('is listed under that need alone, and nothing of its organisation beside it', () => {
    for (const need of NEEDS)
      for (const area of ['', 'XV01', 'XV04'])
        for (const young of [false, true]) {
          const found = directory.search({ pack: 'demo', need, area, young }, NOW)
          if (need === 'aidConduct') expect(found).toEqual(['tell-us'])
          else expect(found, need).not.toContain('tell-us')
        }
    for (const filter of FILTERS)
      expect(
        directory.search({ pack: 'demo', need: 'health', filters: [filter], language: 'en' }, NOW),
      ).not.toContain('tell-us')
  })

  it('is no hotline and no title', () => {
    for (const wish of [{}, { young: true }, { trafficking: true }])
      expect(directory.hotlines('demo', 'en', NOW, wish).map(({ id }) => id)).not.toContain('tell-us')
    expect(directory.titles('demo', 'en', NOW).map(({ id }) => id)).not.toContain('tell-us')
  })

  it('has the notice about the duty to report before it, also by a button of an earlier message', () => {
    const talk = atMenu(engine)
    for (const id of ['services.results:=tell-us', 'heard.offers:=service:tell-us']) {
      talk.step(engine.pressed(id, talk.conversation, talk.moment))
      expect(talk.page).toBe('aidworkers.notice')
      expect(talk.text).toMatch(/cannot promise to keep it secret/u)
      talk.presses('menu')
    }
  })

  it('says who runs it, and lets her choose other lines, before and beside it', () => {
    const talk = atMenu(engine)
    for (const choice of ['more', 'aidworkers', 'notice', 'lines']) talk.presses(choice)
    expect(talk.page).toBe('services.lines')
    expect(talk.text).toContain('+999 000 0001')
    expect(talk.text).not.toContain('+999 000 0030')
    for (const choice of ['menu', 'more', 'aidworkers', 'notice', 'anonymous', 'anywhere'])
      talk.presses(choice)
    expect(talk.page).toBe('services.results')
    expect(talk.choices.filter((choice) => choice.startsWith('='))).toEqual(['=tell-us'])
    talk.presses('=tell-us')
    expect(talk.text).toContain(`Run by: ${line.orgName}`)
    talk.presses('results')
    talk.presses('lines')
    expect(talk.page).toBe('services.lines')
  })

  it('leaves the choice of other lines away where it is not about aid workers', () => {
    const talk = atMenu(engine)
    for (const choice of ['services', 'health', 'anywhere']) talk.presses(choice)
    expect(talk.choices).not.toContain('lines')
  })
})
