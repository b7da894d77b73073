import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { type Context, emptyContext } from '../../flows/context.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import { paddedSize } from '../../src/privacy/sealing/padding.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { hear } from '../../src/turns/heard/happening.ts'
import { filled, slimmed } from '../../src/turns/written/slim.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const base = emptyContext('whatsapp', 'en')
const changed = fc.record(
  {
    taught: fc.boolean(),
    pack: fc.constantFrom('', 'demo'),
    trail: fc.array(fc.constantFrom('menu.main', 'health.howLong'), { maxLength: 3 }),
    unclear: fc.nat(2),
    ownWord: fc.constantFrom(null, { salt: 'a', hash: 'b' }),
    caseMinute: fc.nat(),
    language: fc.constantFrom('en', 'ar'),
    look: fc.constantFrom('whatsapp' as const, 'telegram' as const),
  },
  { requiredKeys: [] },
)
const of = (context: Partial<Context>): Conversation => ({
  flowVersion: '1',
  state: 'menu.main',
  context: { ...base, ...context },
})

it('a conversation is the same after it was sealed and opened, whatever of it was left out', () => {
  fc.assert(
    fc.property(changed, (context) => {
      const conversation = of(context)
      expect(filled(JSON.parse(JSON.stringify(slimmed(conversation))))).toEqual(conversation)
    }),
  )
})

it('a record that was sealed whole is read as it is', () => {
  const conversation = of({ taught: true, trail: ['menu.main'] })
  expect(filled(conversation)).toEqual(conversation)
})

it('an ordinary conversation has the smallest size that records have', async () => {
  const engine = await englishEngine({ entrance: 'open' })
  let conversation = engine.fresh('whatsapp')
  const sizes: number[] = []
  for (const text of ['hi', '1', '1', '1', '2', '1', 'menu', '3']) {
    const moment = { now: MONDAY, desk: 'none' as const }
    const content = { kind: 'text' as const, text: sensitive(text) }
    const heard = await hear(engine, random, content, conversation, moment)
    conversation = engine.step(heard.conversation, heard.happening, moment).conversation
    sizes.push(JSON.stringify(slimmed(conversation)).length)
  }
  expect(sizes.map(paddedSize)).toEqual(sizes.map(() => 256))
})
