import { expect, test } from 'vitest'
import { understandLine } from '../../../src/conversation/understand/understand-line.ts'
import { lexicon } from './english.ts'

test.each([
  ['exit', { kind: 'command', command: 'exit', lang: 'en' }],
  ['erase everything', { kind: 'command', command: 'wipe', lang: 'en' }],
  ['blue cup', { kind: 'command', command: 'help', lang: 'en' }],
  ['go back', { kind: 'command', command: 'back', lang: 'en' }],
  ['he is outside my door', { kind: 'danger', tier: 1, lang: 'en' }],
  ['my husband hits me', { kind: 'disclosure', tier: 2, lang: 'en' }],
  ['im scared of him', { kind: 'disclosure', tier: 3, lang: 'en' }],
  ['where can i renew my passport', { kind: 'text' }],
  ['hello', { kind: 'text' }],
  ['', { kind: 'text' }],
])('%j is %j', (text, line) => expect(understandLine(text, lexicon)).toEqual(line))
