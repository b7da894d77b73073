import { describe, expect, it } from 'vitest'
import { MINUTE, newAccount, newEntry, openHandoff, START } from './handoff-house.ts'

const DAY = 24 * 60 * MINUTE
const [ada, ben] = [newAccount(), newAccount()]
const NOTHING = { offersExpired: 0, silent: 0, unanswered: 0, erased: 0 }

describe('time', () => {
  it('ends an offer after five minutes and gives the case back to its holder', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.write(id, ada, newEntry(), 'hello')
    await house.offer(id, ada, ben)
    house.clock.pass(5 * MINUTE - 1)
    expect(await house.sweep(house.clock.now())).toEqual(NOTHING)
    house.clock.pass(1)
    expect(await house.sweep(house.clock.now())).toEqual({ ...NOTHING, offersExpired: 1 })
    expect((await house.queue())[0]).toMatchObject({ state: 'active', holder: ada, offeredTo: undefined })
    expect(await house.accept(id, ben, 5)).toBe('gone')
  })

  it('takes a case from a holder who says nothing, and keeps its place in the queue', async () => {
    const house = openHandoff()
    const id = await house.asked({ urgency: 'now' })
    await house.claim(id, ada, 5)
    await house.note(id, ada, newEntry(), 'a note says nothing to her')
    house.clock.pass(10 * MINUTE - 1)
    expect(await house.sweep(house.clock.now())).toEqual(NOTHING)
    house.clock.pass(1)
    expect(await house.sweep(house.clock.now())).toEqual({ ...NOTHING, silent: 1 })
    expect((await house.queue())[0]).toMatchObject({ state: 'waiting', urgency: 'now', openedAt: START })
    expect(house.person.heard).toEqual(['claimed', 'ended released'])
    expect(house.alarms).toEqual([`${id} released`])
    expect(await house.write(id, ada, newEntry(), 'sorry')).toBe('notYours')
  })

  it('alarms by the clock, and erases by the time that is believed', async () => {
    const house = openHandoff()
    const id = await house.asked()
    house.clock.pass(30 * DAY)
    expect(await house.sweep(house.clock.now(), START + MINUTE)).toEqual({ ...NOTHING, unanswered: 1 })
    expect(house.alarms).toEqual([`${id} unanswered`])
    expect(await house.sweep(house.clock.now())).toEqual({ ...NOTHING, erased: 1 })
  })

  it('lets a holder keep it who has written, however long ago', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.write(id, ada, newEntry(), 'hello')
    house.clock.pass(60 * MINUTE)
    expect(await house.sweep(house.clock.now())).toEqual(NOTHING)
  })

  it('is not to be won by offering the case to others', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    house.clock.pass(9 * MINUTE)
    await house.offer(id, ada, ben)
    house.clock.pass(2 * MINUTE)
    await house.reject(id, ben)
    expect((await house.sweep(house.clock.now())).silent).toBe(1)
  })

  it('tells desk and person once for each time that a case waits too long, and keeps it in the queue', async () => {
    const house = openHandoff()
    const id = await house.asked()
    house.clock.pass(15 * MINUTE - 1)
    expect(await house.sweep(house.clock.now())).toEqual(NOTHING)
    house.clock.pass(1)
    const [one, two] = await Promise.all([house.sweep(house.clock.now()), house.sweep(house.clock.now())])
    expect(one.unanswered + two.unanswered).toBe(1)
    house.clock.pass(30 * MINUTE)
    await house.sweep(house.clock.now())
    expect(house.alarms).toEqual([`${id} unanswered`])
    expect(house.person.heard).toEqual(['ended unanswered'])
    expect((await house.queue())[0]).toMatchObject({ id, state: 'waiting', openedAt: START })
    await house.claim(id, ada, 5)
    await house.release(id, ada)
    house.clock.pass(15 * MINUTE)
    await house.sweep(house.clock.now())
    await house.sweep(house.clock.now())
    expect(house.alarms.slice(1)).toEqual([`${id} released`, `${id} unanswered`])
    expect(house.person.heard.slice(1)).toEqual(['claimed', 'ended released', 'ended unanswered'])
  })

  it('tells the desk alone, once, when a holder leaves her last message unanswered', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.write(id, ada, newEntry(), 'hello')
    await house.says(id, 'he is back')
    house.clock.pass(15 * MINUTE)
    await house.sweep(house.clock.now())
    await house.sweep(house.clock.now())
    expect(house.alarms).toEqual([`${id} unanswered`])
    expect(house.person.heard).toEqual(['claimed', 'wrote hello'])
    await house.write(id, ada, newEntry(), 'I am here')
    await house.says(id, 'thank you')
    house.clock.pass(15 * MINUTE)
    await house.sweep(house.clock.now())
    expect(house.alarms).toHaveLength(2)
  })

  it('is kept for all other cases when one cannot be swept', async () => {
    let broken = ''
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        commit: (change) => (change.id === broken ? Promise.reject(new Error('full')) : cases.commit(change)),
      }),
    })
    const [first, second] = [await house.asked(), await house.asked()]
    broken = first
    house.clock.pass(15 * MINUTE)
    expect((await house.sweep(house.clock.now())).unanswered).toBe(1)
    expect(house.alarms).toEqual([`${second} unanswered`])
    broken = ''
    expect((await house.sweep(house.clock.now())).unanswered).toBe(1)
  })
})

describe('an open case', () => {
  it('is erased when nobody has seen her for as long as a closed one is kept, and not before', async () => {
    const house = openHandoff()
    const id = await house.asked()
    house.clock.pass(6 * DAY)
    await house.says(id, 'still here')
    house.clock.pass(6 * DAY)
    await house.sweep(house.clock.now())
    expect(await house.find(id)).toBeDefined()
    house.clock.pass(2 * DAY)
    await house.sweep(house.clock.now())
    expect(await house.find(id)).toBeUndefined()
    expect(house.changed).toContainEqual([id, 'withdrawn'])
  })
})
