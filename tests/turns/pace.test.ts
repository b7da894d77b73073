import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heardBy, type House, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  house.platform.pace = { burst: 3, everyMs: 6_000 }
  for (const text of ['hello', 'yes', 'I understand']) await house.receive(text)
  await house.drain()
  house.platform.sent.length = 0
})
afterEach(() => house.close())

describe("the platform's pace", () => {
  it('lets a burst through, then holds messages back in their order, and counts no attempt for it', async () => {
    for (const text of ['rights', 'menu', 'rights']) await house.receive(text)
    await house.drain()
    expect(heardBy(house)).toHaveLength(0)
    house.clock.pass(0.1)
    await house.drain()
    expect(heardBy(house)).toHaveLength(1)
    await house.drain()
    expect(heardBy(house)).toHaveLength(1)
    for (let n = 0; n < 2; n += 1) {
      house.clock.pass(0.1)
      await house.drain()
    }
    const [rights, menu, again] = heardBy(house)
    expect(heardBy(house)).toHaveLength(3)
    expect(again).toBe(rights)
    expect(menu).not.toBe(rights)
  })

  it('holds one person back and nobody else', async () => {
    await house.receive('rights')
    await house.receive('hello', { person: 'zoe' })
    await house.drain()
    expect(heardBy(house)).toEqual([])
    expect(heardBy(house, 'zoe')).toHaveLength(1)
  })

  it('never holds back the harmless line after an exit, nor what is urgent', async () => {
    await house.receive('exit')
    await house.drain()
    expect(heardBy(house)).toEqual([house.engine.coverLine('en', house.clock.now()).text])
    await house.receive('hello', { person: 'zoe' })
    for (const text of ['yes', 'I understand', 'he is going to kill me'])
      await house.receive(text, { person: 'zoe' })
    await house.drain()
    expect(heardBy(house, 'zoe')).toHaveLength(4)
  })
})
