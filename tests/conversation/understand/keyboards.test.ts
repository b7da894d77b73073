import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HOUSE } from '../../../src/cli/house.ts'
import { onOtherKeyboards } from '../../../src/conversation/understand/keyboards.ts'
import { createLexicon } from '../../../src/conversation/understand/lexicon.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { loadLocales } from '../../../src/load-locales.ts'
import { at, nothing } from './english.ts'

const lexicon = createLexicon(loadLocales(join(HOUSE, 'locales')).locales)
const read = (text: string) => understand(text, at(), lexicon, nothing).type

test('keys are read by their place, shifted ones too', () => {
  expect(onOtherKeyboards('ghbdtn')).toContain('привет')
  expect(onOtherKeyboards('LJGJVJ;SNM')).toContain('допоможіть')
  expect(onOtherKeyboards('руддщ')).toContain('hello')
  expect(onOtherKeyboards('اثممخ')).toContain('hello')
})

test('leaving and danger are understood on the wrong keyboard', () => {
  expect(read('ds[jl')).toBe('exit')
  expect(read('учше')).toBe('exit')
  expect(read('jy vtyz e,mtn')).toBe('danger')
  expect(read('ук шы пщштп ещ лшдд ьу')).not.toBe('exit')
  expect(read('ру шы пщштп ещ лшдд ьу')).toBe('danger')
})

test('what is known as it stands is never read otherwise', () => {
  for (const text of ['where is the clinic', 'donde hay un medico', 'где врач', 'the bus is late'])
    expect(lexicon.read(text).words.join(' ')).toBe(text)
})

test('words of an alphabet whose letters lie on keys of punctuation stay themselves', () => {
  for (const text of ['приют', 'приберу', 'سجل', 'وزن', 'iib']) {
    expect(lexicon.read(text).words).toEqual([text])
    expect(read(text)).toBe('unclear')
  }
})

test('a text longer than anybody types without looking up stays as it is', () => {
  expect(onOtherKeyboards('ghbdtn '.repeat(30))).toEqual([])
})
