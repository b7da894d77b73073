import { describe, expect, it } from 'vitest'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { heardBy, type House, housesOfTests, kept } from './house.ts'
import { slowPlatform } from './slow-platform.ts'

const houses = housesOfTests()

const ordinary = (house: House) => house.engine.coverLine('en', house.clock.now()).text
const moment = () => new Promise<void>((resolve) => void setImmediate(resolve))

describe('a message that is on its way out', () => {
  it('when she leaves is taken back, and the harmless line comes after it', async () => {
    const house = await houses.atMenu()
    const slow = slowPlatform(house)
    house.startCourier()
    await house.receive('rights')
    await slow.begun
    await house.receive('exit')
    const before = house.platform.diary.length
    slow.end()
    await house.drain()
    expect(house.platform.forgotten.map(({ ids }) => ids.includes('on-its-way'))).toEqual([true, false])
    const [late, ...rest] = house.platform.diary.slice(before)
    expect(late).toMatch(/^send You have rights/u)
    expect(rest).toEqual(['forget', 'forget', `send ${ordinary(house)}`])
  })

  it('when she erases is taken back, and the neutral line comes after it', async () => {
    const house = await houses.atMenu()
    await house.receive('erase')
    await house.drain()
    const slow = slowPlatform(house)
    house.startCourier()
    await house.receive('erase')
    await slow.begun
    const wiped = house.receive('yes')
    // She waits for as long as the platform does, so let it end while the wipe stands at its fence.
    await moment()
    expect(await kept(house)).toBe(1)
    slow.end()
    await wiped
    await house.drain()
    expect(house.platform.forgotten.some(({ ids }) => ids.includes('on-its-way'))).toBe(true)
    expect(house.platform.diary.at(-1)).toBe(`send ${ordinary(house)}`)
    expect(await kept(house)).toBe(0)
  })
})

describe('an exit that the platform repeats', () => {
  it('while its harmless line is on the way does not hold that line back', async () => {
    const house = await houses.atMenu()
    const exit = { eventId: sensitive('her-exit') }
    const slow = slowPlatform(house)
    await house.receive('exit', exit)
    house.startCourier()
    await slow.begun
    await house.receive('exit', exit)
    slow.end()
    await house.drain()
    expect(heardBy(house).at(-1)).toBe(ordinary(house))
    for await (const { id } of house.conversations.keyIds())
      expect(await house.conversations.waiting(id)).toBe(0)
    expect(house.platform.forgotten.at(-1)?.ids).toEqual(['on-its-way'])
  })
})

describe('what waits to be sent', () => {
  it('stays in while an exit stands in line behind other turns', async () => {
    const house = await houses.atMenu()
    const before = house.platform.sent.length
    house.startCourier()
    const texts = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 'rights' : 'menu'))
    await Promise.all([...texts, 'exit'].map((text) => house.receive(text)))
    await house.drain()
    const after = house.platform.sent.slice(before).map(({ message }) => message.text)
    expect(after).toEqual([ordinary(house)])
  })

  it('stays in when it falls due in the middle of a wipe', async () => {
    const destroying = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    let claimed = 0
    const house = await houses.atMenu({
      wrapVault: (vault) => ({
        ...vault,
        async destroy(id) {
          destroying.resolve()
          await goOn.promise
          return vault.destroy(id)
        },
      }),
      wrapStore: (store) => ({
        ...store,
        async claimDue(...terms) {
          const due = await store.claimDue(...terms)
          claimed += due.length
          return due
        },
      }),
    })
    const before = house.platform.sent.length
    const usual = house.platform.answer
    house.platform.answer = () => ({ kind: 'later', afterMs: 1_000 })
    for (const text of ['rights', 'erase']) await house.receive(text)
    await house.drain()
    house.platform.answer = usual
    house.clock.pass(1)
    const wiped = house.receive('yes')
    await destroying.promise
    claimed = 0
    await house.drain()
    expect(claimed).toBe(0)
    goOn.resolve()
    await wiped
    await house.drain()
    const after = house.platform.sent.slice(before).map(({ message }) => message.text)
    expect(after).toEqual([ordinary(house)])
  })

  it('stays in for good when the wipe failed, and she stands where she can ask again', async () => {
    let broken = true
    const house = await houses.atMenu({
      wrapVault: (vault) => ({
        ...vault,
        destroy: (id) => (broken ? Promise.reject(new Error('full')) : vault.destroy(id)),
      }),
    })
    const before = house.platform.sent.length
    for (const text of ['rights', 'erase', 'yes']) await house.receive(text)
    house.clock.pass(5)
    await house.drain()
    const after = house.platform.sent.slice(before).map(({ message }) => message.text)
    expect(after).toHaveLength(1)
    expect(after[0]).toMatch(/^This is not done yet/u)
    broken = false
    await house.receive('yes')
    expect(await kept(house)).toBe(0)
    expect(heardBy(house).at(-1)).toBe(ordinary(house))
  })
})

describe('an event that left no record', () => {
  it('is not answered twice when the platform repeats it', async () => {
    const house = await houses.open({ entrance: 'covered' })
    const same = { eventId: sensitive('repeated') }
    await Promise.all([house.receive('hi', same), house.receive('hi', same)])
    await house.receive('hi', same)
    expect(heardBy(house)).toHaveLength(1)
  })

  it('does not begin anew what it has just erased', async () => {
    const house = await houses.atMenu()
    await house.receive('erase')
    const yes = { eventId: sensitive('the yes that erased') }
    await Promise.all([house.receive('yes', yes), house.receive('yes', yes)])
    await house.receive('yes', yes)
    await house.drain()
    expect(await kept(house)).toBe(0)
    expect(heardBy(house).at(-1)).toBe(ordinary(house))
  })

  it('is a button of an erased conversation, and still means erasing', async () => {
    const house = await houses.open()
    await house.receive({ kind: 'choice', id: 'privacy.wipeConfirm:yes' })
    await house.receive({ kind: 'choice', id: 'health.safeNow:exit' })
    expect(await kept(house)).toBe(0)
    expect(heardBy(house)).toEqual([ordinary(house), ordinary(house)])
  })
})

describe('a yes to erasing that comes hours late', () => {
  it('is obeyed', async () => {
    const house = await houses.atMenu()
    await house.receive('erase')
    await house.receive('yes', { at: house.clock.now() - 5 * 3_600_000 })
    expect(await kept(house)).toBe(0)
  })
})
