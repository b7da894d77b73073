import { describe, expect, it } from 'vitest'
import { MINUTE, newAccount, newCase, newEntry, openHandoff, START } from './handoff-house.ts'

const [ada, ben, eve] = [newAccount(), newAccount(), newAccount()]

describe('a case in the hands of caseworkers', () => {
  it('is claimed by one of two who try at once, in two processes too', async () => {
    for (const apart of [false, true]) {
      const house = openHandoff()
      const other = apart ? house.beside() : house
      const id = await house.asked()
      const answers = await Promise.all([house.claim(id, ada, 5), other.claim(id, ben, 5)])
      expect(answers.toSorted()).toEqual(['done', 'taken'])
      expect(house.person.heard).toEqual(['claimed'])
      const winner = answers[0] === 'done' ? ada : ben
      expect((await house.queue())[0]).toMatchObject({ state: 'active', holder: winner })
    }
  })

  it('is claimed once by a double click', async () => {
    const house = openHandoff()
    const id = await house.asked()
    const answers = await Promise.all([house.claim(id, ada, 1), house.claim(id, ada, 1)])
    expect(answers).toEqual(['done', 'done'])
    expect(house.person.heard).toEqual(['claimed'])
    expect(await house.lines(id, ada)).toEqual(['opened', 'claimed'])
  })

  it('is not claimed beyond the capacity of an account, even by two clicks at once', async () => {
    const house = openHandoff()
    const [a, b] = [await house.asked(), await house.asked()]
    expect(await Promise.all([house.claim(a, ada, 1), house.claim(b, ada, 1)])).toEqual(['done', 'full'])
    expect(await house.claim(newCase(), ada, 1)).toBe('gone')
    await house.close(a, ada, 'helped')
    expect(await house.claim(b, ada, 1)).toBe('done')
  })

  it('goes back with its urgency and its waiting time, and she is told', async () => {
    const house = openHandoff()
    const first = await house.asked({ urgency: 'within72h' })
    house.clock.pass(MINUTE)
    const second = await house.asked({ urgency: 'within72h' })
    await house.claim(first, ada, 5)
    await house.says(first, 'hello?')
    house.clock.pass(5 * MINUTE)
    expect(await house.release(first, ada)).toBe('done')
    const queue = await house.queue()
    expect(queue.map(({ id }) => id)).toEqual([first, second])
    expect(queue[0]).toMatchObject({
      state: 'waiting',
      holder: undefined,
      urgency: 'within72h',
      openedAt: START,
      unanswered: 1,
    })
    expect(house.person.heard).toEqual(['claimed', 'ended released'])
    expect(house.alarms).toEqual([`${first} released`])
    expect(await house.claim(first, ben, 5)).toBe('done')
    expect(house.person.heard.at(-1)).toBe('claimed')
    expect(await house.lines(first, ben)).toEqual([
      'opened',
      'claimed',
      'person hello?',
      'released',
      'claimed',
    ])
  })

  it('stays with its holder until the other accepts', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    expect(await house.offer(id, ada, ben)).toBe('done')
    expect(await house.offer(id, ada, ben)).toBe('done')
    expect(await house.offer(id, ada, eve)).toBe('taken')
    expect(await house.write(id, ada, newEntry(), 'still here')).toBe('done')
    expect(await house.write(id, ben, newEntry(), 'me too')).toBe('notYours')
    expect(await house.lines(id, ben)).toHaveLength(4)
    expect(await house.accept(id, eve, 5)).toBe('notYours')
    expect(await house.accept(id, ben, 5)).toBe('done')
    expect(await house.accept(id, ben, 5)).toBe('done')
    expect(house.person.heard).toEqual(['claimed', 'wrote still here'])
    expect(await house.write(id, ada, newEntry(), 'no longer')).toBe('notYours')
    expect(await house.thread(id, ada, 0)).toBeUndefined()
    expect(await house.lines(id, ben)).toEqual([
      'opened',
      'claimed',
      'offered',
      'caseworker still here (shown)',
      'accepted',
    ])
  })

  it('comes back when the other rejects, has no room, or the offer is taken back', async () => {
    const house = openHandoff()
    const [id, bens] = [await house.asked(), await house.asked()]
    await house.claim(id, ada, 5)
    await house.claim(bens, ben, 1)
    await house.offer(id, ada, ben)
    expect(await house.accept(id, ben, 1)).toBe('full')
    expect(await house.reject(id, ben)).toBe('done')
    expect((await house.queue()).find((one) => one.id === id)).toMatchObject({
      state: 'active',
      holder: ada,
      offeredTo: undefined,
    })
    expect(await house.accept(id, ben, 5)).toBe('gone')
    expect(await house.thread(id, ben, 0)).toBeUndefined()
    await house.offer(id, ada, ben)
    expect(await house.reject(id, ada)).toBe('done')
    expect(await house.reject(id, eve)).toBe('gone')
  })

  it('of another is not to be written in, given away, closed or read', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.says(id, 'for ada alone')
    const answers = [
      await house.write(id, eve, newEntry(), 'hello'),
      await house.card(id, eve, newEntry(), 'svc-1'),
      await house.note(id, eve, newEntry(), 'hm'),
      await house.release(id, eve),
      await house.offer(id, eve, eve),
      await house.close(id, eve, 'ended'),
    ]
    expect(new Set(answers)).toEqual(new Set(['notYours']))
    expect(await house.claim(id, eve, 5)).toBe('taken')
    expect(await house.thread(id, eve, 0)).toBeUndefined()
    expect(house.person.heard).toEqual(['claimed'])
  })

  it('that waits can be read and written in by nobody', async () => {
    const house = openHandoff()
    const id = await house.asked()
    expect(await house.thread(id, ada, 0)).toBeUndefined()
    expect(await house.write(id, ada, newEntry(), 'hello')).toBe('notYours')
  })

  it('whose number was guessed is gone, like one that is closed', async () => {
    const house = openHandoff()
    const closed = await house.asked()
    await house.claim(closed, ada, 5)
    await house.close(closed, ada, 'helped')
    for (const id of [newCase(), closed]) {
      expect(await house.thread(id, ada, 0)).toBeUndefined()
      expect([
        await house.claim(id, ada, 5),
        await house.release(id, ada),
        await house.offer(id, ada, ben),
        await house.accept(id, ada, 5),
        await house.reject(id, ada),
        await house.write(id, ada, newEntry(), 'hello'),
        await house.card(id, ada, newEntry(), 'svc-1'),
        await house.note(id, ada, newEntry(), 'hm'),
        await house.close(id, ada, 'helped'),
      ]).toEqual(Array(9).fill('gone'))
    }
  })

  it('that is closed gives her back to the bot, once', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    expect(await house.close(id, ada, 'referred')).toBe('done')
    expect(await house.close(id, ada, 'referred')).toBe('gone')
    expect(house.person.heard).toEqual(['claimed', 'ended closed'])
    expect(await house.queue()).toEqual([])
    await house.says(id, 'one more thing')
    expect(await house.cases.entries(id, 0, 99)).toHaveLength(3)
  })

  it('tells listeners its number and nothing else, until they stop listening', async () => {
    const house = openHandoff()
    const heard: unknown[][] = []
    const stop = house.changes((...told) => void heard.push(told))
    house.changes(() => {
      throw new Error('a broken tab')
    })
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.withdraw(id)
    stop()
    await house.asked()
    expect(heard.slice(0, 2)).toEqual([
      [id, 'changed'],
      [id, 'changed'],
    ])
    expect(heard.at(-1)).toEqual([id, 'withdrawn'])
  })
})
