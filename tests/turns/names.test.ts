import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { heardBy, type House, kept, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ look: 'whatsapp' })
})
afterEach(() => house.close())

const both = { names: [sensitive('1|US.aa'), sensitive('1|999000000001')] } as const
const phone = { names: [sensitive('1|999000000001')] } as const
const id = { names: [sensitive('1|US.aa')] } as const

describe('a person who is known by more than one name', () => {
  it('goes on in the conversation that began under any of them', async () => {
    await house.receive('hello', phone)
    for (const text of ['yes', 'I understand']) await house.receive(text, both)
    await house.drain()
    expect(await kept(house)).toBe(1)
    expect(new Set(heardBy(house)).size).toBe(3)
  })

  it('is found by the lasting name when the other is missing', async () => {
    await house.receive('hello', both)
    for (const text of ['yes', 'I understand']) await house.receive(text, id)
    await house.drain()
    expect(await kept(house)).toBe(1)
    await house.receive('erase', id)
    await house.receive('yes', both)
    expect(await kept(house)).toBe(0)
  })

  it('starts one conversation with two first messages at the same instant', async () => {
    await Promise.all([
      house.receive('hello', both),
      house.receive('hello', phone),
      house.receive('hello', both),
    ])
    expect(await kept(house)).toBe(1)
  })

  it('carries nothing over when the number changes hands', async () => {
    await house.receive('hello', both)
    await house.receive({ kind: 'blocked' }, { names: [sensitive('1|999000000001')] })
    await house.receive({ kind: 'blocked' }, { names: [sensitive('1|US.aa')] })
    expect(await kept(house)).toBe(0)
    await house.receive('menu', { names: [sensitive('1|US.bb'), sensitive('1|999000000002')] })
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Hello/u)
  })
})
