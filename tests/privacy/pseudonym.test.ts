import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'

const pepper = createSecretKey(randomBytes(32))
const of = (channel: string, address: string, under = pepper) => pseudonym(under, channel, sensitive(address))

describe('a pseudonym', () => {
  it('is 32 bytes that say nothing of the address', () => {
    expect(of('telegram', '77001122')).toMatch(/^[\w-]{43}$/u)
    expect(of('telegram', '77001122')).not.toContain('77001122')
  })

  it('is the same however a phone number is written', () => {
    const names = ['999000000001', '+999000000001', ' +999 000 000 001', '+999 (000) 000-001'].map((one) =>
      of('whatsapp', one),
    )
    expect(new Set(names).size).toBe(1)
  })

  it('differs by person, channel and pepper', () => {
    const names = [
      of('whatsapp', '999000000001'),
      of('whatsapp', '999000000002'),
      of('telegram', '999000000001'),
      of('simulator', '999000000001'),
      of('whatsapp', '999000000001', createSecretKey(randomBytes(32))),
      of('telegram', '-999000000001'),
    ]
    expect(new Set(names).size).toBe(names.length)
  })

  it('does not mistake a business-scoped id for the number in it', () => {
    expect(of('whatsapp', 'US.999000000001')).not.toBe(of('whatsapp', '999000000001'))
  })

  it('cannot be moved between channel and address', () => {
    expect(of('a', 'bc')).not.toBe(of('ab', 'c'))
  })
})
