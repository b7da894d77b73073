import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST, normalise, tokens } from '../../../src/conversation/understand/tokens.ts'
import { createVocabulary, numberOf } from '../../../src/conversation/understand/vocabulary.ts'

test.each([
  ['He’s HERE, now!', 'hes here now'],
  ["don't `quote` me", 'dont quote me'],
  ['Ça va? Été', 'ca va ete'],
  ['STRAẞE Łódź ışık', 'strasse lodz isik'],
  ['Ɓarna ɗaki ƙasa ƴanci ’yanci ʼya Ƙafa Ɗa ƁƳ', 'barna daki kasa yanci yanci ya kafa da by'],
  ['ﬁnd ｈｅｌｐ', 'find help'],
  ['ex\u200bit ex\u0000it \u202eexit\u202c', 'exit exit exit'],
  ['a\ud800b', 'ab'],
  ['مُساعَدة ســاعد أنا إلى آن', 'مساعده ساعد انا الي ان'],
  ['کی', 'كي'],
  ['٣ ۳ ३ ３ 3️⃣ 𝟛', '3 3 3 3 3 3'],
  ['ok👍🏽go', 'ok 👍 go'],
  ['Її ёлка м’ята', 'іі елка мята'],
  ['नमस्ते', 'नमस्ते'],
  ['tabs\tand\nlines_and-dashes', 'tabs and lines and dashes'],
  ['', ''],
  ['?!…', ''],
])('%j is compared as %j', (text, normal) => expect(normalise(text)).toBe(normal))

test('a text and its decomposed form are the same words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(tokens(text.normalize('NFD'))).toEqual(tokens(text.normalize('NFC')))
    }),
  )
})

test('normal words stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = normalise(text)
      expect(normalise(once)).toBe(once)
    }),
  )
})

test('only the first 4,096 units are read, and never more words than that', () => {
  expect(tokens(`${'a '.repeat(LONGEST / 2)}exit`)).not.toContain('exit')
  expect(tokens('\ufdfa'.repeat(100_000)).length).toBeLessThanOrEqual(4 * LONGEST)
})

test('stretched words are the listed ones, doubled letters only for commands', () => {
  const vocabulary = createVocabulary()
  const kill = vocabulary.add('kill')
  const of = vocabulary.add('of')
  const help = vocabulary.add('help', true)
  const read = (word: string) => numberOf(word, vocabulary.words)
  expect(['killlll', 'kiiilll', 'ooof'].map(read)).toEqual([kill, kill, of])
  expect(['helpppp', 'heeelp', 'hellp'].map(read)).toEqual([help, help, help])
  expect(['off', 'kkill', 'hell', 'hel', ''].map(read)).toEqual([0, 0, 0, 0, 0])
})
