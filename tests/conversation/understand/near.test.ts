import { expect, test } from 'vitest'
import { createLexicon } from '../../../src/conversation/understand/lexicon.ts'
import type { WordLists } from '../../../src/conversation/understand/word-lists.ts'
import { englishLocale, localesOf } from './english.ts'

const words: WordLists = {
  taught: { exit: 'leave', wipe: 'erase', comeBack: 'blue cup' },
  sets: { weapon: ['axe', 'iron bar'] },
  tier1: { danger: ['& <weapon> door|window he'] },
  tier2: { partner: ['strangles'] },
  harmless: ['axe throwing', '& movie|film strangles'],
  self: ['me'],
  other: ['my sister'],
}
const lexicon = createLexicon(localesOf({ tag: 'xx', name: 'Xish', words }))

function alarms(text: string): string[] {
  const { words: typed, inside } = lexicon.read(text)
  return inside
    .filter(({ accept }) => accept.meaning.kind === 'alarm' && accept.meaning.tier === 1)
    .map(({ start, end }) => typed.slice(start, end).join(' '))
}
const everyday = (text: string) =>
  lexicon.read(text).inside.filter(({ accept }) => accept.meaning.kind === 'harmless').length

test('elements are found in any order, words between them or not', () => {
  expect(alarms('he is at the door with an axe now')).toEqual(['he is at the door with an axe'])
  expect(alarms('axe window he')).toEqual(['axe window he'])
  expect(alarms('his iron bar broke the door and there he was')).toEqual([
    'iron bar broke the door and there he',
  ])
})

test('nothing is found when one element is missing or far away, or one word would have to serve twice', () => {
  expect(alarms('he bought an axe')).toEqual([])
  expect(
    alarms('the axe is old and so are the hammer and the saw and all the rest but the door he likes'),
  ).toEqual([])
})

test('an element inside an everyday phrase is none', () => {
  expect(alarms('he opened the door to axe throwing')).toEqual([])
})

test('an everyday phrase of this kind needs that nobody near speaks of themselves or of someone they know', () => {
  expect(everyday('in the movie a man strangles him')).toBe(1)
  expect(everyday('after the movie he strangles me')).toBe(0)
  expect(everyday('like in a film he strangles my sister')).toBe(0)
})

test('the list of English hears them in a sentence that no list contains', () => {
  const english = createLexicon(localesOf(englishLocale))
  const kinds = english
    .read('upstairs he shouts and swings a crowbar')
    .inside.map(({ accept }) => accept.meaning.kind)
  expect(kinds).toContain('alarm')
  expect(kinds).not.toContain('near')
})
