import { describe, expect, test } from 'vitest'
import type { Choice } from '../../../src/conversation/message.ts'
import { createLexicon } from '../../../src/conversation/understand/lexicon.ts'
import { createTitleSearch } from '../../../src/conversation/understand/search.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { at, englishLocale, lexicon, localesOf, nothing } from './english.ts'

const choices: Choice[] = [
  { id: 'health.howLong:day', label: 'Less than 1 day' },
  { id: 'health.howLong:=area-7', label: 'North Harbour' },
  { id: 'health.howLong:yes', label: 'I agree' },
  { id: 'health.howLong:no', label: 'Not today' },
  { id: 'health.howLong:menu', label: 'Menu' },
  { id: 'health.howLong:exit', label: 'Exit' },
]
const read = (text: string, here: Parameters<typeof at>[0] = { choices }) =>
  understand(text, at(here), lexicon, nothing)

const covered = (text: string) => read(text, { mode: 'cover', choices })

describe('leaving and erasing', () => {
  test.each([
    'exit',
    'EXIT!!!',
    ' exit please ',
    'ok exit now',
    'stop stop stop',
    'close this chat',
    'good bye',
  ])('%j leaves', (text) => expect(read(text)).toEqual({ type: 'exit', lang: 'en' }))
  test.each([
    'erase',
    'erase everything now',
    'please delete all my messages',
    'forget me',
    'exit and delete everything',
  ])('%j erases', (text) => expect(read(text)).toEqual({ type: 'wipe', lang: 'en' }))
  test.each([
    'I want to stop the violence',
    'can I get out of the country',
    'how do I leave him',
    'delete my facebook account',
    'where is the exit',
    'i need to close my bank account',
  ])('%j neither leaves nor erases', (text) => expect(['exit', 'wipe']).not.toContain(read(text).type))

  test('the exit choice leaves in the language of the page', () => {
    expect(read('6', { choices, language: 'uk' })).toEqual({ type: 'exit', lang: 'uk' })
  })
})

describe('the order', () => {
  test('exit comes before a choice with the same words', () => {
    expect(read('stop', { choices: [{ id: 'a.b:c', label: 'Stop' }] }).type).toBe('exit')
  })
  test('danger comes before a choice, a place, a word of her own and a command', () => {
    const text = 'he is here'
    const danger = { type: 'danger', topic: 'danger', lang: 'en' }
    expect(read(text, { choices: [{ id: 'a.b:c', label: 'He is here' }] })).toEqual(danger)
    expect(read(text, { asks: 'place' })).toEqual(danger)
    expect(read(text, { asks: 'ownWord' })).toEqual(danger)
    expect(read('help me now')).toEqual(danger)
  })
  test('danger inside a longer message comes before disclosure', () => {
    expect(read('he hits me and now he is here with a knife').type).toBe('danger')
  })
  test('a choice comes before the word that the page asks for', () => {
    expect(read('5', { choices, asks: 'ownWord' })).toEqual({ type: 'choose.menu' })
    expect(read('seven swans', { choices, asks: 'ownWord' })).toEqual({ type: 'wordGiven' })
  })
  test('a command stays a command where the page asks for a word, the help words above all', () => {
    expect(read('blue cup', { choices: [], asks: 'ownWord' })).toEqual({ type: 'help' })
    expect(read('menu please', { choices: [], asks: 'checkPhrase' })).toEqual({ type: 'menu' })
    expect(read('the menu of that night', { choices: [], asks: 'checkPhrase' })).toEqual({
      type: 'wordGiven',
    })
  })
  test('a place comes before commands where a place is asked', () => {
    const towns = createTitleSearch(new Map(), {
      services: () => [],
      area: (pack, text) => (pack === 'demo' && text === 'Back' ? 'area-3' : undefined),
    })
    expect(understand('Back', at({ asks: 'place' }), lexicon, towns)).toEqual({
      type: 'area',
      area: 'area-3',
    })
    expect(understand('Back', at(), lexicon, towns)).toEqual({ type: 'back' })
    expect(understand('Nowhere', at({ asks: 'place' }), lexicon, towns)).toEqual({ type: 'unclear' })
  })
  test('a span of time is read only where one is asked', () => {
    const hours = (text: string) => read(text, { choices, asks: 'elapsed' })
    expect(hours('2 days ago')).toEqual({ type: 'elapsed', hours: 48 })
    expect(hours('three days')).toEqual({ type: 'elapsed', hours: 72 })
    expect(hours('90 minutes')).toEqual({ type: 'elapsed', hours: 2 })
    expect(hours('yesterday')).toEqual({ type: 'elapsed', hours: 47 })
    expect(['5h', '2days ago', '3 days'].map((text) => hours(text))).toEqual([
      { type: 'elapsed', hours: 5 },
      { type: 'elapsed', hours: 48 },
      { type: 'elapsed', hours: 72 },
    ])
    expect(hours('a week ago')).toEqual({ type: 'elapsed', hours: 168 })
    expect(hours('1')).toEqual({ type: 'choose.day' })
    expect(read('2 days ago')).toEqual({ type: 'unclear' })
  })
  test('a command comes before disclosure and search', () => {
    expect(read('talk to a person')).toEqual({ type: 'talk' })
    expect(read('main menu')).toEqual({ type: 'menu' })
    expect(read('go back')).toEqual({ type: 'back' })
    expect(read('change language')).toEqual({ type: 'language' })
    expect(read('hello')).toEqual({ type: 'hello' })
    expect(read('help me')).toEqual({ type: 'help' })
    expect(read('Blue cup')).toEqual({ type: 'help' })
  })
})

describe('choices', () => {
  test.each([
    '1',
    ' 1. ',
    '(1)',
    '1️⃣',
    '١',
    '१',
    '１',
    '①',
    'one',
    '1 please',
    '1. Less than 1 day',
    'less than 1 day',
  ])('%j is the first choice', (text) => expect(read(text)).toEqual({ type: 'choose.day' }))
  test('an item of a list is picked by number, by name and by its first word', () => {
    const picked = { type: 'picked', item: 'area-7' }
    expect([read('2'), read('north harbour'), read('NORTH'), read('Nórth')]).toEqual([
      picked,
      picked,
      picked,
      picked,
    ])
  })
  test('yes and no in other words reach the choices of that name', () => {
    expect(['yeah', 'ok', '👍'].map((text) => read(text).type)).toEqual([
      'choose.yes',
      'choose.yes',
      'choose.yes',
    ])
    expect(['nope', 'noooo', 'no thanks'].map((text) => read(text).type)).toEqual([
      'choose.no',
      'choose.no',
      'choose.no',
    ])
    expect(read('yes', { choices: [] })).toEqual({ type: 'again' })
  })
  test('no to a question that only a yes answers is left to carry on', () => {
    const asked = [
      { id: 'heard.clear:yes', label: 'Yes' },
      { id: 'heard.clear:carryOn', label: 'Carry on' },
    ]
    expect(read('no', { choices: asked })).toEqual({ type: 'choose.carryOn' })
  })
  test('a number that no choice has, and first words that fit two choices, choose nothing', () => {
    const twins = [
      { id: 'a.b:one', label: 'Find a clinic' },
      { id: 'a.b:two', label: 'Find a lawyer' },
    ]
    expect(read('find', { choices: twins })).toEqual({ type: 'unclear' })
    expect(['7', '0', '99', '1 2'].filter((text) => read(text).type !== 'unclear')).toEqual([])
  })
  test('a command typed out in full is the choice where the page has it', () => {
    expect(read('menu')).toEqual({ type: 'choose.menu' })
    expect(read('help', { choices: [{ id: 'a.b:c', label: 'Help with papers' }] })).toEqual({ type: 'help' })
  })
})

describe('under cover', () => {
  test('only leaving, erasing and the come-back word mean anything', () => {
    expect(covered('exit').type).toBe('exit')
    expect(covered('erase').type).toBe('wipe')
    expect(covered('blue cup')).toEqual({ type: 'comeBack' })
    expect(covered('Blue cup, please!')).toEqual({ type: 'comeBack' })
  })
  test.each([
    '1',
    'menu',
    'help',
    'he is here',
    'i was raped',
    'hi',
    'i saw a blue cup',
    'where is the exit',
    'yes',
  ])('%j says nothing to a stranger', (text) => expect(covered(text)).toEqual({ type: 'unclear' }))
})

describe('several languages', () => {
  const spanish = {
    tag: 'es',
    name: 'Español',
    words: {
      taught: { exit: 'salir', wipe: 'borrar', comeBack: 'taza azul' },
      menu: ['menu'],
      tier1: { danger: ['me va a matar'] },
    },
  }
  const both = createLexicon(localesOf(englishLocale, spanish))
  const inBoth = (text: string, language = 'en') => understand(text, at({ language }), both, nothing)

  test('every language is read whatever the chosen one', () => {
    expect(inBoth('¡Salir!')).toEqual({ type: 'exit', lang: 'es' })
    expect(inBoth('me va a matár')).toEqual({ type: 'danger', topic: 'danger', lang: 'es' })
    expect(inBoth('exit', 'es')).toEqual({ type: 'exit', lang: 'en' })
    expect(inBoth('español')).toEqual({ type: 'language' })
  })
  test('the chosen language is named where several know the words', () => {
    const twice = createLexicon(localesOf(englishLocale, { ...englishLocale, tag: 'en-x' }))
    expect(understand('exit', at({ language: 'en-x' }), twice, nothing)).toEqual({
      type: 'exit',
      lang: 'en-x',
    })
    expect(understand('he is here', at({ language: 'en-x' }), twice, nothing)).toMatchObject({ lang: 'en-x' })
  })
  test('a denial is heard where its language puts it, before or behind', () => {
    const bengali = {
      tag: 'bn',
      name: 'বাংলা',
      words: {
        taught: { exit: 'বের', wipe: 'মুছে', comeBack: 'নীল কাপ' },
        tier2: { partner: ['মারে'] },
        notAfter: ['না'],
      },
    }
    const withBengali = createLexicon(localesOf(englishLocale, bengali))
    const negated = (text: string) => understand(text, at({ language: 'bn' }), withBengali, nothing)
    expect(negated('আমাকে মারে')).toMatchObject({ type: 'disclosure', negated: false })
    expect(negated('আমাকে মারে না')).toMatchObject({ type: 'disclosure', negated: true })
    expect(negated('না আমাকে মারে')).toMatchObject({ type: 'disclosure', negated: false })
    expect(negated('he does not beat me')).toMatchObject({ negated: true })
    expect(negated('he beats me. not safe')).toMatchObject({ negated: false })
  })
  test('a number is heard behind its unit where the language puts it there', () => {
    const units = { hour: ['awa|awanni'], day: ['kwana|kwanaki'] }
    const numbers = { 2: ['biyu'], 5: ['biyar'], 10: ['goma'], 12: ['goma sha biyu'] }
    const taught = { exit: 'fita', wipe: 'goge', comeBack: 'farar kujera' }
    const reader = (elapsed: object) => {
      const hausa = { tag: 'ha', name: 'Hausa', words: { taught, numbers, elapsed } }
      const heard = createLexicon(localesOf(englishLocale, hausa))
      return (text: string) => understand(text, at({ choices, asks: 'elapsed' }), heard, nothing)
    }
    const behind = reader({ units, numberAfter: true })
    for (const [text, hours] of [
      ['awa biyar', 5],
      ['kwanaki 2', 48],
      ['kwana2', 48],
      ['awanni goma sha biyu', 12],
      ['kwana goma sha biyu', 288],
      ['kwana', 24],
      ['kwana biyar da awa biyu', 120],
      ['5 kwana', 120],
      ['3 days', 72],
      ['2 days 5', 48],
    ] as const)
      expect(behind(text), text).toEqual({ type: 'elapsed', hours })
    expect(reader({ units })('kwana biyar')).toEqual({ type: 'elapsed', hours: 24 })
  })
  test('a pattern that cannot be read stops the start and is named', () => {
    const broken = { ...spanish, words: { ...spanish.words, tier1: { danger: ['me <nadie> mata'] } } }
    expect(() => createLexicon(localesOf(broken))).toThrow('locales/es/words.json: tier1.danger[0]')
  })
})
