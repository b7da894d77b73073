import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heardBy, type House, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  for (const text of ['hello', 'yes', 'I understand']) await house.receive(text)
  await house.drain()
  house.platform.sent.length = 0
})
afterEach(() => house.close())

const sentTexts = () => house.platform.sent.map(({ message }) => message.text.split('\n')[0])

describe('the courier', () => {
  it('gives back what it cannot send inside its lease, and loses neither a message nor the order', async () => {
    const texts = ['rights', 'menu', 'rights', 'menu', 'rights', 'menu']
    for (const text of texts) await house.receive(text)
    const usual = house.platform.answer
    let stolen = 0
    house.platform.answer = async (to, message) => {
      house.clock.pass(20 / 60)
      stolen += (await house.conversations.claimDue(house.clock.now(), 10, 1)).length
      return usual(to, message)
    }
    await house.drain()
    expect(stolen).toBe(0)
    const [rights, menu] = sentTexts()
    expect(rights).not.toBe(menu)
    expect(sentTexts()).toEqual([rights, menu, rights, menu, rights, menu])
  })

  it('gives a message up a day after it was due, and not before', async () => {
    const usual = house.platform.answer
    house.platform.answer = () => ({ kind: 'later' })
    await house.receive('rights')
    await house.drain()
    const { value: row } = await house.conversations.keyIds()[Symbol.asyncIterator]().next()
    house.clock.pass(23 * 60)
    await house.drain()
    expect(await house.conversations.waiting(row.id)).toBe(1)
    house.clock.pass(61)
    await house.drain()
    expect(await house.conversations.waiting(row.id)).toBe(0)
    house.platform.answer = usual
    await house.receive('menu')
    await house.drain()
    expect(house.platform.sent).toHaveLength(1)
  })

  it('tries a deletion again before the harmless line, and lets the line go when it will not work', async () => {
    const usual = house.platform.forget
    let tries = 0
    house.platform.forget = () => {
      tries += 1
      return Promise.resolve(0)
    }
    await house.receive('exit')
    await house.drain()
    expect(tries).toBe(1)
    expect(house.platform.sent).toHaveLength(0)
    house.platform.forget = (to, ids) => usual(to, ids)
    house.clock.pass(1)
    await house.drain()
    expect(house.platform.forgotten[0]?.ids.length).toBeGreaterThan(5)
    expect(heardBy(house)).toHaveLength(1)

    house.platform.forget = () => Promise.resolve(0)
    await house.receive('exit')
    for (let minute = 0; minute < 5; minute += 1) {
      await house.drain()
      expect(heardBy(house)).toHaveLength(1)
      house.clock.pass(1)
    }
    await house.drain()
    expect(heardBy(house)).toHaveLength(2)
  })
})
