import { expect, test } from 'vitest'
import { createNetwork } from '../../../src/conversation/understand/network.ts'
import { networkOf } from '../../../src/conversation/understand/network-table.ts'
import { parsePattern } from '../../../src/conversation/understand/pattern.ts'
import { createVocabulary, numberOf } from '../../../src/conversation/understand/vocabulary.ts'

const sets = { who: ['he', 'my husband'] }

function spans(source: string, text: string): [number, number][] {
  const vocabulary = createVocabulary()
  const network = createNetwork<string>(vocabulary.add)
  const pattern = parsePattern(source, sets)
  if (typeof pattern === 'string') throw new Error(pattern)
  network.add(pattern.elements, source)
  return networkOf(network.finish())
    .scan(text.split(' ').map((word) => numberOf(word, vocabulary.words)))
    .map(({ start, end }) => [start, end])
}

test('alternatives, optional words, sets of phrases and gaps are found where they stand', () => {
  expect(spans('hit|hits me', 'he hits me and hit me')).toEqual([
    [1, 3],
    [4, 6],
  ])
  expect(spans('hit me again?', 'hit me again')).toEqual([
    [0, 2],
    [0, 3],
  ])
  expect(spans('<who> hit', 'my husband hit he hit')).toEqual([
    [0, 3],
    [3, 5],
  ])
  expect(spans('took * passport', 'took my old passport')).toEqual([[0, 4]])
  expect(spans('took * passport', 'took passport')).toEqual([[0, 2]])
  expect(spans('took * passport', 'took my very old passport')).toEqual([])
  expect(spans('please? stop now?', 'stop')).toEqual([[0, 1]])
})

test('a word of a pattern is never found inside another word', () => {
  expect(spans('die', 'diet died indie')).toEqual([])
})

test.each([
  ['a <nobody>', 'there is no set named <nobody>'],
  ['* me', 'a gap stands at an end'],
  ['hit *', 'a gap stands at an end'],
  ['a?', 'every word is optional'],
  ['a * b * c * d', 'more than 2 gaps'],
  ['', 'an element has no letters'],
  ['a b c d e f g h i j k l m', 'more than 12 elements'],
])('%j is refused: %s', (source, what) => expect(parsePattern(source, sets)).toBe(what))
