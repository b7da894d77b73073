import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { namesNow, namesOf } from '../../src/turns/names.ts'
import { createRecentEvents } from '../../src/turns/recent-events.ts'

const MINUTE_MS = 60_000

function events() {
  let now = 1_000_000
  const recent = createRecentEvents({
    clock: { now: () => now },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
  })
  return { recent, pass: (ms: number) => (now += ms) }
}

describe('an event that left no record', () => {
  it('is known again for half an hour, on its own channel', () => {
    const { recent, pass } = events()
    const id = sensitive('e1')
    expect(recent.has('telegram', id)).toBe(false)
    recent.note('telegram', id)
    expect(recent.has('telegram', sensitive('e1'))).toBe(true)
    expect(recent.has('whatsapp', id)).toBe(false)
    expect(recent.has('telegram', sensitive('e2'))).toBe(false)
    pass(30 * MINUTE_MS - 1)
    expect(recent.has('telegram', id)).toBe(true)
    pass(1)
    expect(recent.has('telegram', id)).toBe(false)
  })

  it('goes alone: younger ones stay', () => {
    const { recent, pass } = events()
    recent.note('telegram', sensitive('old'))
    pass(20 * MINUTE_MS)
    recent.note('telegram', sensitive('young'))
    pass(15 * MINUTE_MS)
    expect(['old', 'young'].map((id) => recent.has('telegram', sensitive(id)))).toEqual([false, true])
  })

  it('is one of 10,000 at most, the newest ones', () => {
    const { recent } = events()
    for (let n = 0; n <= 10_000; n += 1) recent.note('telegram', sensitive(`e${n}`))
    expect(['e0', 'e1', 'e10000'].map((id) => recent.has('telegram', sensitive(id)))).toEqual([
      false,
      true,
      true,
    ])
  })
})

describe('the names of one person', () => {
  const [current, before] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))]
  const inbound = {
    channel: 'whatsapp',
    address: sensitive('1'),
    names: [sensitive('1'), sensitive('2')],
  } as const
  const vault = (peppers = [current, before]) => ({
    peppers: () => Promise.resolve(peppers),
    epochs: () => Promise.resolve({ kek: { epoch: 9, madeAt: 0 }, pepper: { epoch: 4, madeAt: 0 } }),
  })

  it('are those of the current pepper first, and each older one knows its newer self', async () => {
    const { ids, pepper, newer } = await namesNow(inbound, vault())
    expect(pepper).toBe(4)
    expect(ids).toEqual([
      pseudonym(current, 'whatsapp', inbound.names[0]),
      pseudonym(current, 'whatsapp', inbound.names[1]),
      pseudonym(before, 'whatsapp', inbound.names[0]),
      pseudonym(before, 'whatsapp', inbound.names[1]),
    ])
    expect(ids.map(newer)).toEqual([undefined, undefined, ids[0], ids[1]])
  })

  it('are the address alone where the platform gives no other', () => {
    const { names: _, ...bare } = inbound
    expect(namesOf(bare, [current])).toEqual([pseudonym(current, 'whatsapp', inbound.address)])
  })

  it('cannot be made without a pepper', () => {
    expect(() => namesOf(inbound, [])).toThrow('the vault has no pepper')
  })
})
