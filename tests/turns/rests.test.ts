import { describe, expect, it } from 'vitest'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { createRests } from '../../src/turns/courier/rests.ts'

const people = Array.from({ length: 60 }, (_, n) => `person ${n}` as ConversationId)
const isSilence = (answer: string) => answer === 'silence'

function house() {
  let now = 0
  const rests = createRests({ now: () => now })
  const sent = (id: ConversationId | undefined, answer: string) =>
    rests.trying('telegram', id ?? ('one more' as ConversationId), () => Promise.resolve(answer), isSilence)
  return { rests, sent, pass: (ms: number) => void (now += ms) }
}

describe('a platform that does not answer', () => {
  it('has most of the hands and never all, and the other platform has its own', () => {
    const { rests } = house()
    for (const id of people.slice(0, 48)) {
      expect(rests.wait('telegram', false)).toBe(0)
      void rests.trying('telegram', id, () => new Promise<string>(() => {}), isSilence)
    }
    expect(rests.wait('telegram', false)).toBeGreaterThan(0)
    expect(rests.wait('whatsapp', false)).toBe(0)
    expect(rests.wait('telegram', true)).toBe(0)
  })

  it('rests after it was silent towards three people, for longer each time, and one message looks whether it is back', async () => {
    const { rests, sent, pass } = house()
    for (const id of people.slice(0, 2)) await sent(id, 'silence')
    expect(rests.wait('telegram', false)).toBe(0)
    await sent(people[2], 'silence')
    const waits = []
    for (let turn = 0; turn < 6; turn += 1) {
      const wait = rests.wait('telegram', false)
      waits.push(wait)
      expect(rests.wait('telegram', true)).toBe(0)
      pass(wait)
      expect(rests.wait('telegram', false)).toBe(0)
      const { promise, resolve } = Promise.withResolvers<string>()
      const ahead = rests.trying('telegram', people[3] as ConversationId, () => promise, isSilence)
      expect(rests.wait('telegram', false)).toBeGreaterThan(0)
      resolve('silence')
      await ahead
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000])
    await sent(people[4], 'taken')
    expect(rests.wait('telegram', false)).toBe(0)
    await sent(people[5], 'silence')
    expect(rests.wait('telegram', false)).toBe(0)
  })

  it('does not rest because of one person, nor because a refusal came', async () => {
    const { rests, sent } = house()
    for (let turn = 0; turn < 10; turn += 1) await sent(people[0], 'silence')
    for (const id of people.slice(1)) await sent(id, 'refused')
    expect(rests.wait('telegram', false)).toBe(0)
  })

  it('gives its hand back when a try fails altogether', async () => {
    const { rests } = house()
    for (const id of people)
      await expect(
        rests.trying(
          'telegram',
          id,
          () => Promise.reject(new Error('broken')),
          () => true,
        ),
      ).rejects.toThrow('broken')
    expect(rests.wait('telegram', false)).toBe(0)
  })
})
