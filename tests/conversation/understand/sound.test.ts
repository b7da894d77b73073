import { expect, test } from 'vitest'
import { soundOf } from '../../../src/conversation/understand/sound.ts'
import { createVocabulary, numberOf } from '../../../src/conversation/understand/vocabulary.ts'

test.each([
  ['pastillas', 'pastilas'],
  ['cuchillo', 'cuchilo'],
  ['violencia', 'biolensia'],
  ['zorlayir', 'sorlayir'],
  ['насилует', 'насылуєт'],
  ['помогите', 'памагите'],
  ['মারছে', 'মারসে'],
  ['ذبحني', 'دبحني'],
])('%s sounds like %s', (one, other) => expect(soundOf(one)).toBe(soundOf(other)))

test('words that sound otherwise, and short ones, are not confused', () => {
  expect(soundOf('maltrata')).not.toBe(soundOf('maltrato'))
  expect(soundOf('hit')).toBe(0)
  expect(soundOf('veces')).toBe(0)
  expect(soundOf('бил')).toBe(0)
})

test('a typed word that is listed stays itself, and one that is not is read as what it sounds like', () => {
  const vocabulary = createVocabulary()
  const listed = vocabulary.add('pastillas')
  const own = vocabulary.add('pastilas')
  expect(numberOf('pastilas', vocabulary.words)).toBe(own)
  expect(numberOf('pastilhas', vocabulary.words)).toBe(listed)
  expect(numberOf('pastor', vocabulary.words)).toBe(0)
})

test('an Arabic word is found behind what is written together with it', () => {
  const vocabulary = createVocabulary()
  const knife = vocabulary.add('سكين')
  for (const typed of ['وسكين', 'بالسكين', 'بسكين', 'السكين'])
    expect(numberOf(typed, vocabulary.words)).toBe(knife)
  expect(numberOf('سكينتان', vocabulary.words)).toBe(0)
})
