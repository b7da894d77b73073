import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HOUSE } from '../../../src/cli/house.ts'
import { openingText } from '../../../src/conversation/render/card.ts'
import { createPhrases } from '../../../src/conversation/render/phrases.ts'
import { loadLocales } from '../../../src/load-locales.ts'

const { locales } = loadLocales(join(HOUSE, 'locales'))

describe('whether a place is open', () => {
  const phrases = createPhrases(locales)
  const said = (holiday: boolean, language: string) =>
    openingText({ kind: 'unknown', ...(holiday && { holiday: true }) }, phrases.of(language), language)

  it('says why it is not known where that is a holiday, and asks to call first', () => {
    expect(said(true, 'en')).toBe('Holiday today: please call first')
    expect(said(false, 'en')).toBe('Hours not known: please call first')
  })

  it.each([...locales.keys()])('says the same two things in %s, each in its own words', (language) => {
    const [reason, ask] = said(true, language).split(':')
    expect(said(false, language)).not.toContain(reason)
    expect(said(false, language).endsWith(ask ?? 'nothing')).toBe(true)
  })
})
