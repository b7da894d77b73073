import { describe, expect, test } from 'vitest'
import { checkLimits } from '../../src/cli/check/limits.ts'
import { checkAgainstFirst, checkAgainstFlows } from '../../src/cli/check/locale-keys.ts'
import { checkScripts } from '../../src/cli/check/scripts.ts'
import { checkWording } from '../../src/cli/check/wording.ts'
import { checkWords } from '../../src/cli/check/words.ts'
import { pages } from '../../src/conversation/pages.ts'
import { english, MONDAY } from '../conversation/english-engine.ts'
import { demoDirectory } from '../directory/demo.ts'

const never = { atFirst: ['violen*', 'police'], anywhere: ['too late', 'guarantee*'] }
const lines = Array.from({ length: 10 }, (_, at) => `Clouds of kind ${at} are white.`)
const said = (problems: readonly { key: string; problem: string }[]) =>
  problems.map(({ key, problem }) => `${key} ${problem}`)
const wording = (text: string, cover = lines) =>
  said(checkWording('en', { pages: { a: { b: { text } } } }, cover, never))

describe('wording', () => {
  test('short, plain and harmless words pass', () => {
    expect(
      wording('Here is something to read that begins in a quite ordinary way. The police come later.'),
    ).toEqual([])
  })

  test.each([
    [
      'a sensitive word in the preview',
      'About violence at home.',
      'has "violen*" in its first 60 characters',
    ],
    ['a phrase that blames', 'It is never TOO late, or is it?', 'says "too late"'],
    ['a promise', 'Good morning. Help is guaranteed.', 'says "guarantee*"'],
    ['a long message', 'A short one. '.repeat(28), 'has 363 characters'],
    ['long sentences', `${'word '.repeat(16)}.`, 'has 16.0 words a sentence'],
  ])('%s is found', (_, text, problem) => {
    expect(wording(text)).toEqual([`pages.a.b.text ${problem}`])
  })

  test('a listed word inside another word is none', () => {
    expect(wording('A policewoman reads nonviolent books.')).toEqual([])
  })

  test('what a pack fills in is not counted, and nothing behind it is in the preview', () => {
    expect(wording(`Here it is.\n\n{{hotlines}}\n\nThe police are another way.`)).toEqual([])
    expect(wording('{{exitWord}} the police.')).toHaveLength(1)
  })

  test('a cover that repeats itself or names what it hides is found', () => {
    expect(wording('Fine.', ['One line.'])).toEqual(['lines has 1 lines'])
    expect(wording('Fine.', [...lines, 'Call the police.'])).toEqual(['lines[10] has "police" in it'])
  })
})

describe('keys', () => {
  const meta = (choices: string[]) =>
    ({ key: 'a.b', choices, sensitive: true, onlyHere: false, showIf: {} }) as never
  const some = new Map([['a.b', meta(['go', 'exit'])]])
  const whole = { pages: { a: { b: { text: 'Hello.', choices: { go: 'Go' } } } }, choices: { exit: 'Exit' } }

  test('words for every page and choice pass', () => {
    expect(checkAgainstFlows('en', whole, some)).toEqual([])
  })

  test.each([
    ['a missing text', { ...whole, pages: { a: { b: { choices: { go: 'Go' } } } } }, 'pages.a.b.text'],
    ['a missing label', { ...whole, choices: {} }, 'pages.a.b.choices.exit'],
    [
      'one platform without a text',
      { ...whole, pages: { a: { b: { text_whatsapp: 'Hi.', choices: { go: 'Go' } } } } },
      'pages.a.b.text',
    ],
    [
      'words of no page',
      { ...whole, pages: { a: { ...whole.pages.a, c: { text: 'x' } } } },
      'pages.a.c.text',
    ],
    ['a label of no choice', { ...whole, choices: { exit: 'Exit', old: 'Old' } }, 'choices.old'],
    ['a title of no page', { ...whole, titles: { 'a.c': { title: 'C', words: 'c' } } }, 'titles.a.c.title'],
    [
      'a placeholder that nothing fills',
      { ...whole, pages: { a: { b: { text: '{{nam}}', choices: { go: 'Go' } } } } },
      'pages.a.b.text',
    ],
  ])('%s is found', (_, messages, key) => {
    expect(checkAgainstFlows('en', messages, some).map((problem) => problem.key)).toEqual([key])
  })

  test('another language has the same keys and placeholders', () => {
    const first = { a: 'Hello {{name}}', b: 'Bye' }
    expect(checkAgainstFirst('xx', { a: '{{name}}, salut', b: 'Au revoir' }, 'en', first)).toEqual([])
    expect(said(checkAgainstFirst('xx', { a: 'Salut', c: 'Quoi' }, 'en', first))).toEqual([
      'a has other placeholders than locales/en',
      'b is missing',
      'c is not in locales/en',
    ])
  })
})

describe('plural forms', () => {
  const plurals = { phrases: { days_one: '{{count}} day', days_other: '{{count}} days' } }
  const against = (tag: string, phrases: object) => said(checkAgainstFirst(tag, { phrases }, 'en', plurals))

  test('a language has those that its numbers need, and no other', () => {
    expect(against('uk', { days_one: 'a', days_few: 'b', days_many: 'c', days_other: 'd' })).toEqual([])
    expect(against('uk', { days_one: 'a', days_other: 'd' })).toEqual([
      'phrases.days has the plural forms one, other',
    ])
    expect(against('az', { days_one: 'a', days_few: 'b', days_other: 'd' })).toEqual([
      'phrases.days has the plural forms one, few, other',
    ])
    expect(against('uk', {})).toEqual(['phrases.days is missing'])
  })
})

describe('scripts', () => {
  const firstWords = { a: { text: 'Here is one more thing to read.' }, b: 'Yes' }
  const against = (tag: string, text: string) =>
    said(checkScripts(tag, { a: { text }, b: 'x' }, firstWords)).filter((line) => line.startsWith('a.text'))

  test('a word of two scripts is found', () => {
    expect(against('uk', 'Це добpе.')).toEqual(['a.text has "добpе", a word of two scripts'])
    expect(against('ru', 'Это хорошо. WhatsApp и {{exitWord}} стоят здесь.')).toEqual([])
    expect(against('az', 'Bu, «{{wipeWord}}» sözüdür.')).toEqual([])
  })

  test('English that was left standing is found', () => {
    expect(against('ar', 'اقرأ Here is أكثر')).toEqual(['a.text still says "Here is"'])
    expect(against('ar', 'انظر example.org أو stop.example.org')).toEqual([])
    expect(against('bn', 'HIV, SMS আর WhatsApp Telegram')).toEqual([])
    expect(against('fr', 'Voici: one more thing to read.')).toEqual(['a.text still says "one more thing to"'])
    expect(against('fr', 'Encore une chose, one more thing.')).toEqual([])
  })
})

describe('limits', async () => {
  const wish = { directory: await demoDirectory(), packs: ['demo'], pages, now: MONDAY }
  const withHealth = (safeNow: object) =>
    ({
      ...english,
      messages: {
        ...english.messages,
        pages: { ...english.messages.pages, health: { ...english.messages.pages.health, safeNow } },
      },
    }) as typeof english

  const onSafeNow = (locale: typeof english) =>
    said(checkLimits({ ...wish, locale })).filter((line) => line.startsWith('pages.health.safeNow'))

  test('every page fits both platforms, with the longest that the demo pack can fill in', () => {
    expect(checkLimits({ ...wish, locale: english })).toEqual([])
  })

  test('a message that a platform would cut off is found', () => {
    const locale = withHealth({ text: 'A line of words. '.repeat(70), choices: { yes: 'Yes', no: 'No' } })
    expect(onSafeNow(locale)).toEqual([
      'pages.health.safeNow is longer than the 1024 characters of a message on whatsapp',
    ])
  })

  test('a label that turns three buttons into a list is found', () => {
    const locale = withHealth({ text: 'Hello.', choices: { yes: 'Yes, I would like that', no: 'No' } })
    expect(onSafeNow(locale)).toContain(
      'pages.health.safeNow.choices.yes has 22 characters, so that whatsapp shows a list instead of buttons',
    )
  })

  test('a label that a platform would cut off, and two alike, are found', () => {
    const locale = withHealth({
      text: 'Hello.',
      choices: { yes: 'Yes, I would like to read more', no: 'exit' },
    })
    expect(onSafeNow(locale)).toEqual([
      'pages.health.safeNow.choices.yes has 30 characters, and whatsapp shows 24',
      'pages.health.safeNow.choices has two choices named "exit"',
    ])
  })
})

describe('what people type', () => {
  test('the taught words do what the pages say', () => {
    expect(checkWords('en', 'English', english.words)).toEqual([])
  })

  test('a taught word that means something else is found', () => {
    const words = { ...english.words, taught: { ...english.words.taught, exit: 'erase' } }
    expect(said(checkWords('en', 'English', words))).toEqual(['taught.exit "erase" is understood as wipe'])
  })

  test('a pattern that cannot be read is found', () => {
    const words = { ...english.words, exit: ['go {', 'bye'] }
    expect(checkWords('en', 'English', words).map(({ key }) => key)).toEqual(['exit[0]'])
  })
})
