import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HOUSE } from '../../../src/cli/house.ts'
import { createPhrases } from '../../../src/conversation/render/phrases.ts'
import { loadLocales } from '../../../src/load-locales.ts'

const { locales } = loadLocales(join(HOUSE, 'locales'))
const phrases = createPhrases(locales)
const FSI = '⁨'
const PDI = '⁩'
const bare = (text: string) => text.replaceAll(/[⁨⁩]/gu, '')

describe('numbers of hours and days', () => {
  test.each([
    ['en', 1, '1 hour', '1 day'],
    ['en', 24, '24 hours', '24 days'],
    ['ru', 21, '21 часа', '21 дня'],
    ['ru', 24, '24 часов', '24 дней'],
    ['uk', 1, '1 години', '1 дня'],
    ['uk', 7, '7 годин', '7 днів'],
    ['ar', 1, 'ساعة واحدة', 'يوم واحد'],
    ['ar', 2, 'ساعتين', 'يومين'],
    ['ar', 7, '7 ساعات', '7 أيام'],
    ['ar', 24, '24 ساعة', '24 يومًا'],
    ['es', 1, '1 hora', '1 día'],
  ])('in %s, %i', (language, count, hours, days) => {
    const words = phrases.of(language)
    expect([words('phrases.keptHours', { count }), words('phrases.keptDays', { count })].map(bare)).toEqual([
      hours,
      days,
    ])
  })
})

describe('from right to left', () => {
  test('each line of what is filled in keeps its own direction, since the end of a line ends every isolate', () => {
    const shown = phrases.of('ar')('phrases.mandatory', { note: 'first +999 1\n\nsecond' })
    expect(shown).toContain(`${FSI}first +999 1${PDI}\n\n${FSI}second${PDI}`)
  })

  test('what is filled in from left to right is left alone', () => {
    expect(phrases.of('fr')('phrases.mandatory', { note: 'note' })).not.toContain(FSI)
  })
})
