import { describe, expect, it } from 'vitest'
import { phrasesFor } from '../../src/desk/phrase-book.ts'
import { LONGEST_TEXT } from '../../src/desk/wire.ts'

const LANGUAGES = ['en', 'fr', 'es', 'ar', 'uk', 'ru', 'az', 'bn', 'ha', 'so']

describe('the phrase book', () => {
  it.each(LANGUAGES)('has every line in %s, with its meaning in every other language', (language) => {
    const ids = phrasesFor('en', 'en').map(({ id }) => id)
    for (const other of LANGUAGES) {
      const phrases = phrasesFor(language, other)
      expect(phrases.map(({ id }) => id)).toEqual(ids)
      for (const { text, meaning } of phrases) {
        expect(text.length).toBeGreaterThan(5)
        expect(text.length).toBeLessThan(LONGEST_TEXT)
        expect(meaning === text).toBe(language === other)
      }
    }
  })

  it('promises nothing and blames nobody', () => {
    for (const { text } of phrasesFor('en', 'en'))
      expect(text).not.toMatch(
        /everything will be|you should have|why did|I promise|nobody will know|must report/iu,
      )
  })

  it('is empty in a language that nobody wrote it in', () => expect(phrasesFor('sw', 'en')).toEqual([]))
})
