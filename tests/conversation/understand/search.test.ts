import { expect, test } from 'vitest'
import { createTitleSearch, type TitleEntry } from '../../../src/conversation/understand/search.ts'
import { tokens } from '../../../src/conversation/understand/tokens.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { at, lexicon } from './english.ts'

const english: TitleEntry[] = [
  { id: 'health.safeNow', title: 'Early health care', words: 'clinic doctor hospital medicine' },
  { id: 'rights.documents', title: 'Passport and papers', words: 'identity card documents' },
  { id: 'livelihood.childcare', title: 'Childcare', words: 'nursery kindergarten children' },
  { id: 'feelings.calm', title: 'A calming exercise', words: 'breathe panic relax' },
]
const ukrainian: TitleEntry[] = [{ id: 'health.safeNow', title: 'Медична допомога', words: 'лікар лікарня' }]
const services: TitleEntry[] = [
  { id: 'harbour-clinic', title: 'Harbour Clinic', words: 'harbour clinic north' },
]
const search = createTitleSearch(
  new Map([
    ['en', english],
    ['uk', ukrainian],
  ]),
  { services: (pack) => (pack === 'demo' ? services : []), area: () => undefined },
)
const near = (text: string, language = 'en', pack = '') => search.near(tokens(text), { language, pack })

test.each([
  ['where is a doctr', 'health.safeNow'],
  ['passports', 'rights.documents'],
  ['kindergarden for my children', 'livelihood.childcare'],
  ['PÁNIC', 'feelings.calm'],
])('%j offers %s first', (text, id) => expect(near(text)[0]).toBe(id))

test('nothing is offered when too little of the text is in any title', () => {
  expect(near('zzyzx qwrtp vbnmk')).toEqual([])
  expect(near('')).toEqual([])
  expect(near('7')).toEqual([])
})

test('services of the pack stand among the pages, and at most three are offered', () => {
  expect(near('harbour clinic', 'en', 'demo')[0]).toBe('service:harbour-clinic')
  expect(near('harbour clinic', 'en', 'elsewhere')).not.toContain('service:harbour-clinic')
  expect(near('clinic passport nursery panic documents', 'en', 'demo').length).toBe(3)
})

test('other languages are searched when the chosen one has nothing', () => {
  expect(near('лікаря', 'en')).toEqual(['health.safeNow'])
  expect(near('panic', 'uk')[0]).toBe('feelings.calm')
})

test('other sources can stand in for one turn without changing the first', () => {
  const other = search.with({
    services: () => [{ id: 'new', title: 'Harbour Clinic', words: '' }],
    area: () => 'area-1',
  })
  expect(other.near(tokens('harbour'), { language: 'en', pack: 'demo' })).toEqual(['service:new'])
  expect(other.area('demo', 'x')).toBe('area-1')
  expect(near('harbour', 'en', 'demo')).toEqual(['service:harbour-clinic'])
})

test('what nothing else understood becomes offers, or is not understood', () => {
  expect(understand('passport', at(), lexicon, search)).toEqual({
    type: 'found',
    offers: ['rights.documents'],
  })
  expect(understand('zzyzx', at(), lexicon, search)).toEqual({ type: 'unclear' })
})
