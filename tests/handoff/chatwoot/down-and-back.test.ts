import { describe, expect, it } from 'vitest'
import { newCase, newEntry, newLink, REQUEST, START } from '../handoff-house.ts'
import { type ChatwootHouse, openChatwoot } from './chatwoot-house.ts'

const POST_MESSAGE = /^POST .*\/messages$/u
const opening = (link = newLink(), item = newEntry(), id = newCase()) => ({
  id: item,
  case: id,
  link,
  request: REQUEST,
  at: START,
})
const lines = (house: ChatwootHouse, id: Parameters<ChatwootHouse['thread']>[0]) => house.thread(id).slice(1)

describe('while Chatwoot is away', () => {
  it.each([
    ['it cuts the line', 'cut' as const],
    ['it is slowed down', { status: 429 }],
    ['it fails', { status: 500 }],
    ['a proxy answers with a page', { status: 502, html: true as const }],
    ['a proxy calls its page a success', { status: 200, html: true as const }],
    ['it sends us elsewhere', { status: 302 }],
    ['it refuses', { status: 422 }],
    ['the token is refused', { status: 401 }],
    ['it is another server', { status: 404, html: true as const }],
  ])(
    '(%s) opening and writing reject, and once it is back all is there, once and in order',
    async (_, fault) => {
      const house = await openChatwoot()
      const [first, one, two] = [opening(), newEntry(), newEntry()]
      house.fake.fault(fault)
      await expect(house.chatwoot.opened(first)).rejects.toThrow('Chatwoot did not do what was asked')
      await expect(house.says(first.case, 'one', one)).rejects.toThrow('Chatwoot')
      house.fake.fault(undefined)
      expect(await house.chatwoot.opened(first)).toEqual({ kind: 'known', case: first.case })
      await house.says(first.case, 'one', one)
      house.fake.fault(fault, POST_MESSAGE)
      await expect(house.says(first.case, 'two', two)).rejects.toThrow('Chatwoot')
      house.fake.fault(undefined)
      await house.says(first.case, 'two', two)
      expect(lines(house, first.case)).toEqual(['0 one', '0 two'])
      expect(house.fake.account.contacts.size).toBe(1)
    },
  )

  it('says in the log that it is, once, and that it works again', async () => {
    const house = await openChatwoot()
    house.fake.fault({ status: 503 })
    const first = opening()
    for (let tries = 0; tries < 3; tries += 1)
      await expect(house.chatwoot.opened(first)).rejects.toThrow('Chatwoot')
    house.fake.fault(undefined)
    await house.chatwoot.opened(first)
    expect(house.logged).toEqual(['chatwoot.unreachable {}', 'chatwoot.working {}'])
  })

  it('keeps the order: what came first goes first, though it was refused before', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.fake.fault({ status: 500 })
    await expect(house.says(id, 'one')).rejects.toThrow('Chatwoot')
    house.fake.fault(undefined)
    await house.says(id, 'two')
    expect(lines(house, id)).toEqual(['0 one', '0 two'])
  })

  it('brings what is left with the next sweep, though nobody asks again', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.fake.fault({ status: 500 })
    await expect(house.says(id, 'one')).rejects.toThrow('Chatwoot')
    await house.sweep()
    house.fake.fault(undefined)
    await house.sweep()
    expect(lines(house, id)).toEqual(['0 one'])
  })
})

describe('the same item', () => {
  it('twice makes one message, one after the other or both at once', async () => {
    const house = await openChatwoot()
    const [link, item, said] = [newLink(), newEntry(), newEntry()]
    const id = await house.asked({}, link, item)
    expect(await house.asked({}, link, item)).toBe(id)
    await Promise.all([house.says(id, 'one', said), house.says(id, 'one', said), house.says(id, 'two')])
    await house.says(id, 'one', said)
    expect(lines(house, id).toSorted()).toEqual(['0 one', '0 two'])
  })

  it.each([
    ['a contact', /^POST .*\/contacts$/u],
    ['a conversation', /^POST .*\/conversations$/u],
    ['a first message', POST_MESSAGE],
  ])('whose answer was lost makes no second %s', async (_, matching) => {
    const house = await openChatwoot()
    const first = opening()
    house.fake.fault('cutAfter', matching, 1)
    await expect(house.chatwoot.opened(first)).rejects.toThrow('Chatwoot')
    await house.restart()
    await house.chatwoot.opened(first)
    const { contacts, conversations, messages } = house.fake.account
    expect([contacts.size, conversations.size, messages.length]).toEqual([1, 1, 1])
  })

  it('whose answer was lost is known again among messages of the same words', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    for (const text of ['yes', 'no', 'yes']) await house.says(id, text)
    const [lost, after] = [newEntry(), newEntry()]
    house.fake.fault('cutAfter', POST_MESSAGE, 1)
    await expect(house.says(id, 'yes', lost)).rejects.toThrow('Chatwoot')
    await house.says(id, 'yes', lost)
    house.fake.fault({ status: 500 }, POST_MESSAGE, 1)
    await expect(house.says(id, 'yes', after)).rejects.toThrow('Chatwoot')
    await house.says(id, 'yes', after)
    expect(lines(house, id)).toEqual(['0 yes', '0 no', '0 yes', '0 yes', '0 yes'])
  })

  it('of a note whose answer was lost makes no second note', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.fake.fault('cutAfter', /^POST .*accounts.*\/messages$/u, 1)
    await expect(house.is(id, 'left')).rejects.toThrow('Chatwoot')
    await house.sweep()
    expect(lines(house, id)).toHaveLength(1)
    expect(house.conversation(id).attributes['presence']).toBe('left')
  })
})

describe('what agents did', () => {
  it('while Lantern was away is read when it is back, once', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const { id: conversation } = house.conversation(id)
    house.fake.webhooks.lose(true)
    house.fake.agent.replies(conversation, 'one')
    house.fake.agent.replies(conversation, 'two')
    house.fake.webhooks.lose(false)
    await house.restart()
    expect(house.person.heard).toEqual(['claimed', 'wrote one', 'wrote two'])
    house.fake.agent.replies(conversation, 'three')
    await house.fake.webhooks.idle()
    await house.sweep()
    expect(house.person.heard.slice(3)).toEqual(['wrote three'])
  })

  it('in more than a hundred messages is read to the end', async () => {
    const house = await openChatwoot()
    const { id: conversation } = house.conversation(await house.asked())
    house.fake.webhooks.lose(true)
    for (let at = 0; at < 250; at += 1) house.fake.agent.replies(conversation, `number ${at}`)
    await house.sweep()
    expect(house.person.heard.slice(1)).toEqual(Array.from({ length: 250 }, (_, at) => `wrote number ${at}`))
  })

  it('that cannot be read now is asked for again, and by the next sweep at the latest', async () => {
    const house = await openChatwoot()
    const { id: conversation } = house.conversation(await house.asked())
    house.fake.fault({ status: 500 }, /^GET /u)
    house.fake.agent.replies(conversation, 'hello')
    await house.fake.webhooks.idle()
    expect(house.fake.webhooks.sent.at(-1)?.answers).toEqual([503])
    house.fake.fault(undefined)
    await house.sweep()
    expect(house.person.heard).toEqual(['claimed', 'wrote hello'])
  })

  it('reaches her under the same id when the turn failed the first time, in order', async () => {
    const house = await openChatwoot()
    const { id: conversation } = house.conversation(await house.asked())
    let fails = true
    house.person.answer = (what) =>
      fails && what.startsWith('wrote') ? Promise.reject(new Error('the turn failed')) : 'shown'
    house.fake.agent.replies(conversation, 'one')
    house.fake.agent.replies(conversation, 'two')
    await house.fake.webhooks.idle()
    fails = false
    await house.sweep()
    expect(house.person.heard.filter((one) => one.startsWith('wrote')).slice(-2)).toEqual([
      'wrote one',
      'wrote two',
    ])
    expect(new Set(house.person.ids).size).toBe(3)
  })

  it('in a message that was committed late is read though a later one was read before', async () => {
    const house = await openChatwoot()
    const { id: conversation } = house.conversation(await house.asked())
    house.fake.webhooks.hold()
    const early = house.fake.agent.replies(conversation, 'early')
    house.fake.account.messages = house.fake.account.messages.filter((one) => one !== early)
    house.fake.agent.replies(conversation, 'late')
    await house.sweep()
    house.fake.account.messages.splice(1, 0, early)
    house.fake.webhooks.releaseReversed()
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed', 'wrote late', 'wrote early'])
  })
})
