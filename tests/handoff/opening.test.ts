import { describe, expect, it } from 'vitest'
import type { CaseRequest } from '../../src/conversation/conversation.ts'
import { consented, rankOf } from '../../src/handoff/case-request.ts'
import {
  MINUTE,
  newAccount,
  newCase,
  newConversation,
  newLink,
  newEntry,
  openHandoff,
  REQUEST,
  START,
} from './handoff-house.ts'

async function keysIn(ids: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of ids) count += 1
  return count
}

const opening = (more: { request?: unknown } = {}) => ({
  id: newEntry(),
  case: newCase(),
  link: newLink(),
  at: START,
  request: REQUEST,
  ...(more as { request?: CaseRequest }),
})

describe('a request for a caseworker', () => {
  it.each([
    ['an address', { ...REQUEST, address: '+15550100' }],
    ['a text', { ...REQUEST, text: 'he is outside' }],
    ['a sentence where a tag belongs', { ...REQUEST, language: 'es, and he is outside' }],
    ['a sentence where an area belongs', { ...REQUEST, area: 'the blue house at the river' }],
    [
      'something hidden in the check phrase',
      { ...REQUEST, checkPhrase: { salt: 'a', hash: 'b', word: 'moon' } },
    ],
    ['no language', { ...REQUEST, language: '' }],
    ['no need', { ...REQUEST, need: '' }],
    ['no urgency', { ...REQUEST, urgency: undefined }],
    ['nothing at all', undefined],
  ])('is refused when it carries %s', async (_what, request) => {
    const house = openHandoff()
    expect(await house.opened(opening({ request }))).toEqual({ kind: 'refused' })
    expect(await house.queue()).toEqual([])
    expect(await keysIn(house.vault.ids())).toBe(0)
  })

  it('is taken when it carries what consent covered', () => {
    const checkPhrase = { salt: 'a'.repeat(22), hash: 'b'.repeat(43) }
    expect(consented({ ...REQUEST, checkPhrase, area: '' })).toEqual({ ...REQUEST, checkPhrase, area: '' })
  })

  it.each([
    ['now', false, 0],
    ['within72h', false, 1],
    ['within120h', false, 2],
    ['young', false, 3],
    ['usual', true, 3],
    ['now', true, 0],
    ['usual', false, 4],
  ] as const)('that is %s (young: %s) has rank %i', (urgency, young, rank) => {
    expect(rankOf({ urgency, young })).toBe(rank)
  })

  it('stands in the queue by urgency, then by waiting time', async () => {
    const house = openHandoff()
    const order: string[] = []
    for (const [urgency, young] of [
      ['usual', false],
      ['usual', true],
      ['within120h', false],
      ['now', false],
      ['within72h', false],
      ['now', false],
    ] as const) {
      order.push(await house.asked({ urgency, young }))
      house.clock.pass(MINUTE)
    }
    const [usual, young, days, first, three, second] = order
    expect((await house.queue()).map(({ id }) => id)).toEqual([first, second, three, days, young, usual])
  })

  it('shows in the queue what was agreed to, and neither her conversation nor her check phrase', async () => {
    const house = openHandoff()
    const link = newLink()
    const checkPhrase = { salt: 's'.repeat(22), hash: 'h'.repeat(43) }
    const id = await house.asked({ checkPhrase, need: 'legal' }, link)
    const [entry] = await house.queue()
    expect(entry).toEqual({
      id,
      state: 'waiting',
      holder: undefined,
      offeredTo: undefined,
      language: 'es',
      area: 'XV01',
      need: 'legal',
      urgency: 'usual',
      aidConduct: false,
      nudge: true,
      presence: 'here',
      openedAt: START,
      changedAt: START,
      windowUntil: undefined,
      unanswered: 0,
    })
    expect(JSON.stringify(entry)).not.toContain(link.conversation)
    expect(JSON.stringify(entry)).not.toContain(link.address)
    expect(await house.find(id)).toEqual(entry)
    expect(await house.find(newCase())).toBeUndefined()
  })

  it('that comes twice at the same instant makes one case, in one process and in two', async () => {
    const house = openHandoff()
    const other = house.beside()
    const item = opening()
    const outcomes = await Promise.all([house.opened(item), house.opened(item), other.opened(item)])
    expect(outcomes.map((outcome) => 'case' in outcome && outcome.case)).toEqual(Array(3).fill(item.case))
    expect(outcomes.filter(({ kind }) => kind === 'opened')).toHaveLength(1)
    expect(await house.opened(item)).toEqual({ kind: 'known', case: item.case })
    expect(await house.queue()).toHaveLength(1)
    expect(await keysIn(house.vault.ids())).toBe(1)
  })

  it('that comes again after its case was closed opens none', async () => {
    const house = openHandoff()
    const item = opening()
    const ada = newAccount()
    await house.opened(item)
    await house.claim(item.case, ada, 5)
    await house.close(item.case, ada, 'helped')
    expect(await house.opened(item)).toEqual({ kind: 'known', case: item.case })
    expect(await house.queue()).toEqual([])
  })

  it('of a person who has an open case leads to that one, and closes nothing', async () => {
    const house = openHandoff()
    const first = opening()
    await house.opened(first)
    const second = { ...opening(), link: first.link }
    expect(await house.opened(second)).toEqual({ kind: 'known', case: first.case })
    expect((await house.queue()).map(({ id, state }) => [id, state])).toEqual([[first.case, 'waiting']])
  })

  it('of the same address leads to her open case when her pseudonym has changed', async () => {
    const house = openHandoff()
    const first = opening()
    await house.opened(first)
    const link = { ...first.link, conversation: newConversation() }
    expect(await house.opened({ ...opening(), link })).toEqual({ kind: 'known', case: first.case })
  })

  it('of two at once of one person makes one case', async () => {
    const house = openHandoff()
    const first = opening()
    const outcomes = await Promise.all([
      house.opened(first),
      house.opened({ ...opening(), link: first.link }),
    ])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['opened', 'known'])
  })

  it('that has become more urgent moves the open case forward', async () => {
    const house = openHandoff()
    const first = opening()
    await house.opened(first)
    house.clock.pass(MINUTE)
    await house.asked({ urgency: 'within72h' })
    await house.opened({ ...opening(), link: first.link, request: { ...REQUEST, urgency: 'now' } })
    expect((await house.queue())[0]).toMatchObject({ id: first.case, urgency: 'now', openedAt: START })
    await house.opened({ ...opening(), link: first.link })
    expect((await house.queue())[0]).toMatchObject({ id: first.case, urgency: 'now' })
  })

  it('under a number that another person has gets another number', async () => {
    const house = openHandoff()
    const taken = await house.asked()
    const outcome = await house.opened({ ...opening(), case: taken })
    expect(outcome.kind).toBe('opened')
    expect('case' in outcome && outcome.case).toMatch(/^\d{8}$/u)
    expect((await house.queue()).map(({ id }) => id)).toHaveLength(2)
  })

  it('leaves no key behind when its row could not be written, and can be sent again', async () => {
    let broken = true
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        commit: (change) => (broken ? Promise.reject(new Error('full')) : cases.commit(change)),
      }),
    })
    const item = opening()
    await expect(house.opened(item)).rejects.toThrow('full')
    expect(await keysIn(house.vault.ids())).toBe(0)
    broken = false
    expect(await house.opened(item)).toEqual({ kind: 'opened', case: item.case })
    expect(await keysIn(house.vault.ids())).toBe(1)
  })
})
