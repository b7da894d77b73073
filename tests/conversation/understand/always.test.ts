import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Asks } from '../../../flows/page.ts'
import english from '../../../locales/en/words.json' with { type: 'json' }
import messages from '../../../locales/en/messages.json' with { type: 'json' }
import { createTitleSearch } from '../../../src/conversation/understand/search.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { understandLine } from '../../../src/conversation/understand/understand-line.ts'
import { at, lexicon } from './english.ts'

const titles = Object.entries(messages.titles).map(([id, { title, words }]) => ({ id, title, words }))
const search = createTitleSearch(new Map([['en', titles]]))
const choices = [{ id: 'a.b:c', label: 'Find a clinic' }]
const open = fc
  .constantFrom<Asks | undefined>(undefined, 'place', 'elapsed', 'ownWord', 'checkPhrase')
  .map((asks) => at({ choices, ...(asks === undefined ? {} : { asks }) }))
const cover = fc.constant(at({ mode: 'cover', choices }))
const listed = Object.values(english.tier1)
  .flat()
  .flatMap((pattern) => pattern.split(/[ |?*<>]+/u))
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.array(fc.constantFrom(...listed), { maxLength: 60 }).map((list) => list.join(' ')),
)

test('whatever is typed, an answer comes and the door says nothing of the text', () => {
  fc.assert(
    fc.property(anything, open, (text, here) => {
      expect(typeof understand(text, here, lexicon, search).type).toBe('string')
      const keys = Object.keys(understandLine(text, lexicon))
      expect(keys.filter((key) => !['kind', 'tier', 'command', 'lang'].includes(key))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('whatever a stranger types under cover, only four things can come of it', () => {
  fc.assert(
    fc.property(anything, cover, (text, here) => {
      expect(['exit', 'wipe', 'comeBack', 'unclear']).toContain(understand(text, here, lexicon, search).type)
    }),
    { numRuns: 500 },
  )
})

const accents = ['', '\u0301', '\u0308', '\u0323', '\u200b', '\u202e', '\u0000']
const spaces = fc
  .array(fc.constantFrom(' ', '\n', '\t', '\u00a0', '!', '.', '…', '\u3000'), { maxLength: 5 })
  .map((list) => list.join(''))
const commands = fc.constantFrom<[string, string]>(
  ['exit', 'exit'],
  ['quit', 'exit'],
  ['goodbye', 'exit'],
  ['erase', 'wipe'],
  ['delete', 'wipe'],
)

test('words for leaving and erasing work in any case, spacing and dress, on every page', () => {
  const dress = fc.infiniteStream(fc.nat(1000))
  const everywhere = fc.oneof(open, cover)
  fc.assert(
    fc.property(commands, dress, spaces, spaces, everywhere, ([word, type], rolls, before, after, here) => {
      const dressed = Array.from(word, (letter) => {
        const roll = rolls.next().value
        return (roll % 2 === 0 ? letter.toUpperCase() : letter) + (accents[roll % accents.length] ?? '')
      })
      expect(understand(before + dressed.join('') + after, here, lexicon, search)).toEqual({
        type,
        lang: 'en',
      })
    }),
  )
})

test('exit typed as single letters or full-width letters leaves', () => {
  expect(understand('e x i t', at(), lexicon, search).type).toBe('exit')
  expect(understand('ＥＸＩＴ', at({ mode: 'cover' }), lexicon, search).type).toBe('exit')
})

test('danger anywhere in the part that is read is found, and what lies beyond it costs nothing', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(50_000), (before, after) => {
      const text = `${'the bus is late '.repeat(before % 200)}he will kill me ${'ok '.repeat(after)}`
      expect(understand(text, at(), lexicon, search).type).toBe('danger')
    }),
    { numRuns: 30 },
  )
})
