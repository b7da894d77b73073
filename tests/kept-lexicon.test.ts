import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compileLexicon } from '../src/conversation/understand/compile-lexicon.ts'
import { keptLexicon } from '../src/kept-lexicon.ts'
import { englishLocale, localesOf } from './conversation/understand/english.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexicon-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const english = localesOf(englishLocale)
const kept = () => readdirSync(folder).map((name) => join(folder, name))
const theOne = () => kept()[0] ?? ''

test('what was kept is what is compiled, and is read the second time', () => {
  const first = keptLexicon(english, folder)
  expect(first).toEqual(compileLexicon(english))
  const { ino } = statSync(theOne())
  expect(keptLexicon(english, folder)).toEqual(first)
  expect(kept()).toHaveLength(1)
  expect(statSync(theOne()).ino).toBe(ino)
})

test('another word, another name or another order is another file', () => {
  keptLexicon(english, folder)
  const changed = { ...englishLocale, words: { ...englishLocale.words, exit: ['goaway'] } }
  expect(keptLexicon(localesOf(changed), folder)).toEqual(compileLexicon(localesOf(changed)))
  keptLexicon(localesOf({ ...englishLocale, name: 'Inglish' }), folder)
  const twin = { ...englishLocale, tag: 'en-x' }
  keptLexicon(localesOf(englishLocale, twin), folder)
  keptLexicon(localesOf(twin, englishLocale), folder)
  expect(kept()).toHaveLength(5)
})

test('a file that was cut short, changed or emptied is compiled anew and put right', () => {
  const whole = keptLexicon(english, folder)
  const file = theOne()
  const { size } = statSync(file)
  const middle = Math.floor(size / 2)
  const damages = [
    () => truncateSync(file, middle),
    () => truncateSync(file, 0),
    () => {
      const bytes = readFileSync(file)
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle)
      writeFileSync(file, bytes)
    },
  ]
  for (const damage of damages) {
    damage()
    expect(keptLexicon(english, folder)).toEqual(whole)
    expect(statSync(file).size).toBe(size)
  }
})

test('where nothing can be written it is compiled each time', () => {
  const noFolder = join(folder, 'file')
  writeFileSync(noFolder, '')
  expect(keptLexicon(english, noFolder)).toEqual(compileLexicon(english))
})

test('the eight newest are kept, and nothing unfinished', () => {
  for (let n = 0; n < 10; n += 1) keptLexicon(localesOf({ ...englishLocale, tag: `en-${n}` }), folder)
  expect(kept()).toHaveLength(8)
})
