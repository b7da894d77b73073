import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAreaNames } from '../../../src/directory/search/area-named.ts'

const area = (id: string, names: Record<string, string>, aliases: string[] = []) => ({
  id,
  names,
  aliases,
  lat: 0,
  lon: 0,
})
const areaNamed = createAreaNames({
  areas: [
    area('N', { en: 'Northern Valley', ar: 'الوادي الشمالي' }, ['Old Harbour', 'Ünterbach']),
    area('S', { en: 'Southern Valley', fa: 'کوه سفید' }),
    area('M', { en: 'Marta' }),
    area('K', { en: 'Karta', tr: 'Işıklı' }),
    area('H', { en: 'Marta Hills' }),
    area('X', { en: 'Newtown' }),
    area('Y', { en: 'New Town' }),
  ],
})

describe('the name of a place', () => {
  it.each([
    ['i live in the old harbour now', 'N'],
    ['oldharbour', 'N'],
    ['UNTERBACH', 'N'],
    ['الوادى الشمالى', 'N'],
    ['كوه سفيد', 'S'],
    ['ISIKLI', 'K'],
    ['norhtern valey', 'N'],
    ['Marta Hills', 'H'],
    ['we are at marta hills, please', 'H'],
    ['from Marta please', 'M'],
    ['Marta', 'M'],
  ])('"%s" is %s', (text, expected) => {
    expect(areaNamed(text)).toBe(expected)
  })

  it.each([
    ['one word of a name', 'harbour'],
    ['a word that everybody uses', 'i am old'],
    ['a place between two names', 'Carta'],
    ['a name that is nearly a longer one', 'marta hils'],
    ['two places in one sentence', 'from Karta to Marta Hills'],
    ['a name that two areas have', 'new town'],
    ['half a name that two areas share', 'valley'],
  ])('%s is not taken for a place', (_why, text) => {
    expect(areaNamed(text)).toBeUndefined()
  })

  it('is found whatever single letter of a long name is wrong, and never as another place', () => {
    const name = 'northernvalley'
    fc.assert(
      fc.property(fc.nat(name.length - 1), fc.constantFrom('', 'q', 'z'), (at, letter) => {
        expect(areaNamed(name.slice(0, at) + letter + name.slice(at + 1))).toBe('N')
      }),
    )
  })

  it('is looked for in anything that can be typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(['N', 'S', 'M', 'K', 'H', 'X', 'Y', undefined]).toContain(areaNamed(text))
      }),
    )
  })
})
