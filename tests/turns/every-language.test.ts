import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadLocales } from '../../src/load-locales.ts'
import { englishEngine } from '../conversation/english-engine.ts'
import { type House, housesOfTests, kept } from './house.ts'

/**
 * In each language that is there, and with all of them served: from a first hello to a clinic's number, by nothing but
 * what is typed; then out with one word, back with the taught ones, and everything erased with another.
 */
const HOUSE = join(import.meta.dirname, '../..')
const { locales, faults } = loadLocales(join(HOUSE, 'locales'))
const engine = await englishEngine({ locales })
const { open } = housesOfTests()
const LOOKS = ['whatsapp', 'telegram'] as const

test('every folder of a language is served', () => {
  expect(faults).toEqual([])
  expect([...locales.keys()].toSorted()).toEqual(readdirSync(join(HOUSE, 'locales')).toSorted())
})

describe.each([...locales.values()])('in $name', ({ name, messages, words, cover }) => {
  const { pages } = messages
  const letters = /^[\p{L}\p{M}]+$/u
  const greeting = (words.hello ?? [])
    .flatMap((pattern) => pattern.split('|'))
    .find((one) => letters.test(one))
  const yes = (words.yes ?? []).flatMap((pattern) => pattern.split('|')).find((one) => letters.test(one))

  async function says(house: House, text = ''): Promise<string> {
    expect(text).not.toBe('')
    house.platform.sent.length = 0
    house.clock.pass(1)
    await house.receive(text)
    await house.drain()
    expect(house.platform.sent).toHaveLength(1)
    return house.platform.sent[0]?.message.text ?? ''
  }

  test.each(LOOKS)('she finds a clinic, leaves, comes back and erases, with %s’s look', async (look) => {
    const house = await open({ look, engine })
    const textOf = (texts: object) => {
      const of: Partial<Record<string, string>> = { ...texts }
      return of[`text_${look}`] ?? of['text'] ?? ''
    }

    await says(house, greeting)
    expect(await says(house, name)).toBe(textOf(pages.welcome.safeNow))
    expect(await says(house, yes)).toContain(words.taught.exit)
    await says(house, pages.welcome.leaving.choices.next)
    expect(await says(house, pages.menu.start.choices.health)).toBe(textOf(pages.health.safeNow))
    await says(house, yes)
    expect(await says(house, pages.health.howLong.choices.threeDays)).toBe(textOf(pages.health.within72h))
    expect(await says(house, pages.health.within72h.choices.findClinic)).toBe(textOf(pages.services.area))
    expect(await says(house, 'Portavel')).toContain('Portavel')
    const card = await says(house, '1')
    expect(card).toContain('+999')

    expect(cover.lines).toContain(await says(house, words.taught.exit))
    expect(cover.lines).toContain(await says(house, greeting))
    expect(await says(house, words.taught.comeBack)).toBe(textOf(pages.welcome.safeNow))

    expect(await says(house, words.taught.wipe)).toBe(textOf(pages.privacy.wipeConfirm))
    await says(house, pages.privacy.wipeConfirm.choices.yes)
    expect(await kept(house)).toBe(0)
    // Whoever writes next is somebody new.
    expect(await says(house, greeting)).not.toBe(textOf(pages.welcome.safeNow))
  })
})
