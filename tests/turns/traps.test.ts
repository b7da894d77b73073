import { describe, expect, it } from 'vitest'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { heardBy, housesOfTests, kept } from './house.ts'

/** Mistakes that other systems of this kind made with messages that come at an awkward moment, and with handing over. */
const houses = housesOfTests()

describe('a message that comes while the bot is replying', () => {
  it('is answered too, after the reply and once', async () => {
    const house = await houses.atMenu()
    const usual = house.platform.answer
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: begun, resolve: began } = Promise.withResolvers<void>()
    house.platform.answer = async (to, message) => {
      began()
      await released
      return usual(to, message)
    }
    const before = heardBy(house).length
    await house.receive('rights')
    const drained = house.drain()
    await begun
    await house.receive('menu')
    await house.receive('health')
    release()
    await drained
    await house.drain()
    const heard = heardBy(house).slice(before)
    expect(heard.map((text) => text.slice(0, 12))).toEqual(['You have rig', 'Here is what', 'First a shor'])
  })
})

describe('messages that were written while we were down for three minutes', () => {
  it('are answered all the same, in their order', async () => {
    const house = await houses.atMenu()
    const before = heardBy(house).length
    const wentDown = house.clock.now()
    house.clock.pass(3)
    await house.receive('rights', { at: wentDown + 10_000 })
    await house.receive('menu', { at: wentDown + 70_000 })
    await house.drain()
    const heard = heardBy(house).slice(before)
    expect(heard.map((text) => text.slice(0, 12))).toEqual(['You have rig', 'Here is what'])
    expect(await kept(house)).toBe(1)
  })
})

describe.each(['telegram', 'whatsapp'] as const)('a case of somebody on %s', (look) => {
  async function asked() {
    const house = await houses.open({ look })
    house.desk = 'open'
    const way = ['hello', 'yes', 'I understand', 'talk', 'go on', 'go on', 'go on', 'yes', '1', '2', 'yes']
    for (const text of [...way, 'without words']) await house.receive(text)
    await house.drain()
    const opened = house.told.map(({ parcel }) => parcel.desk).find((one) => one?.kind === 'opened')
    if (opened?.kind !== 'opened') throw new Error('no case was opened')
    const [pepper] = await house.vault.peppers()
    if (pepper === undefined) throw new Error('no pepper')
    const conversation = pseudonym(pepper, 'telegram', sensitive('ada'))
    let events = 0
    return {
      house,
      said: () =>
        house.told.flatMap(({ parcel }) => (parcel.desk?.kind === 'said' ? [parcel.desk.text] : [])),
      async desk(
        happening: { type: 'caseClaimed' } | { type: 'caseEnded'; why: 'closed' | 'released' },
      ): Promise<void> {
        events += 1
        const address = { channel: 'telegram', look, address: 'ada', conversation } as const
        await house.fromDesk(address, opened.case, { id: `event-${events}`, happening })
        await house.drain()
      },
    }
  }

  it('is carried to the desk, given back and taken again, and her words go on to it', async () => {
    const { house, desk, said } = await asked()
    await desk({ type: 'caseClaimed' })
    await house.receive('the first words')
    await desk({ type: 'caseEnded', why: 'released' })
    expect(heardBy(house).at(-1)).toMatch(/^The person you were connected with has to stop/u)
    await desk({ type: 'caseClaimed' })
    expect(heardBy(house).at(-1)).toMatch(/^You are connected now/u)
    await house.receive('the second words')
    await house.drain()
    expect(said()).toEqual(['the first words', 'the second words'])
  })

  it('ends, and the bot answers again', async () => {
    const { house, desk, said } = await asked()
    await desk({ type: 'caseClaimed' })
    await desk({ type: 'caseEnded', why: 'closed' })
    expect(heardBy(house).at(-1)).toMatch(/^This talk has ended/u)
    for (const text of ['menu', 'rights']) await house.receive(text)
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^You have rights/u)
    expect(said()).toEqual([])
  })
})
