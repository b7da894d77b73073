import { describe, expect, it } from 'vitest'
import { createLiveDirectory } from '../../src/directory/live-directory.ts'
import type { Service } from '../../src/directory/service.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'
import { heardBy, type House, housesOfTests } from './house.ts'
import { TO_MENU } from './ways.ts'

const houses = housesOfTests()
const pack = demoPack()
const changed = (id: string, change: Partial<Service>) => ({
  ...pack,
  services: pack.services.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
const LINES = ['menu', 'find a place or a line', 'a phone line']

async function answer(house: House, ...texts: readonly string[]): Promise<string> {
  for (const text of texts) {
    await house.receive(text)
    await house.drain()
  }
  return heardBy(house).at(-1) ?? ''
}

/** Minutes from now to the end of the day by the pack's own clock. */
function minutesLeft(): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: pack.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(MONDAY)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return 24 * 60 - of('hour') * 60 - of('minute')
}

describe('a number in a conversation', () => {
  it('is withheld from the minute on at which it turns stale, in the middle of it', async () => {
    const directory = createLiveDirectory([changed('hotline-women', { reviewBy: '2026-03-02' })])
    const house = await houses.open({ engine: await englishEngine({ directory }) })
    house.clock.pass(minutesLeft() - 1)
    expect(await answer(house, ...TO_MENU, ...LINES)).toContain('+999 000 0001')
    house.clock.pass(1)
    const later = await answer(house, ...LINES)
    expect(later).not.toContain('+999 000 0001')
    expect(later).toContain('+999 000 0002')
  })

  it('is the new one from the next message on after it was published, and its check brings it back', async () => {
    const directory = createLiveDirectory([changed('hotline-women', { reviewBy: '2026-03-01' })])
    const house = await houses.open({ engine: await englishEngine({ directory }) })
    expect(await answer(house, ...TO_MENU, ...LINES)).not.toContain('+999 000 0001')
    directory.replace(pack)
    expect(await answer(house, ...LINES)).toContain('+999 000 0001')
    directory.replace(changed('hotline-women', { contacts: [{ kind: 'phone', value: '+999 000 0991' }] }))
    const last = await answer(house, ...LINES)
    expect(last).toContain('+999 000 0991')
    expect(last).not.toContain('+999 000 0001')
  })

  it('is found by its new name, and not by the old one', async () => {
    const directory = createLiveDirectory([pack])
    const house = await houses.open({ engine: await englishEngine({ directory }) })
    expect(await answer(house, ...TO_MENU, 'Portavel Counselling Rooms')).toMatch(/./u)
    const titles = () => directory.titles('demo', 'en', MONDAY).map(({ title }) => title)
    directory.replace(changed('portavel-talk', { name: { en: 'Quiet Corner' } }))
    expect(titles()).toContain('Quiet Corner')
    expect(titles()).not.toContain('Portavel Counselling Rooms')
  })
})

describe('when nothing is live any more', () => {
  it('whoever is in the middle of a search, a list or a card is answered all the same, and nobody new is lost', async () => {
    const directory = createLiveDirectory([pack])
    const house = await houses.open({ engine: await englishEngine({ directory }) })
    const clinics = await answer(house, ...TO_MENU, 'find a place or a line', 'clinic or hospital')
    expect(clinics).not.toBe('')
    directory.replace({ ...pack, services: [] })
    for (const text of [
      '1',
      '2',
      'Portavel',
      '1',
      'menu',
      'I need help now',
      'menu',
      'find a place or a line',
    ]) {
      const before = heardBy(house).length
      await answer(house, text)
      expect(heardBy(house).length, text).toBeGreaterThan(before)
    }
    expect(await answer(house, 'menu', 'I need help now')).toContain('I am here')
    expect(await answer(house, ...LINES)).not.toMatch(/\+999/u)
    await house.receive('hello', { person: 'ben' })
    await house.drain()
    expect(heardBy(house, 'ben').at(-1)).toContain('Is this a good moment')
  })
})
