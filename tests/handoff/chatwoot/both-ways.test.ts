import { describe, expect, it } from 'vitest'
import { LONGEST_TEXT } from '../../../src/desk/wire.ts'
import { LONGEST_PIECE, piecesOf } from '../../../src/handoff/chatwoot/replies.ts'
import { NOTES } from '../../../src/handoff/chatwoot/words.ts'
import { MINUTE, newCase, newEntry, newLink, REQUEST, START } from '../handoff-house.ts'
import { canary, openChatwoot, SECRETS } from './chatwoot-house.ts'

describe('a case in Chatwoot', () => {
  it('is a contact named by its number and a conversation that begins with what consent covers', async () => {
    const house = await openChatwoot()
    const id = await house.asked({ need: 'trafficking', urgency: 'within72h', young: true })
    expect(house.contact(id)).toMatchObject({ identifier: id, name: `Case ${id}` })
    expect(house.thread(id)).toEqual([
      `0 Case ${id}\nLanguage: es\nArea: XV01\nNeed: trafficking\nUrgency: within72h\nUnder 18: yes\nAbout the conduct of an aid worker: no`,
    ])
    expect(house.conversation(id).attributes).toEqual({
      case: id,
      language: 'es',
      area: 'XV01',
      need: 'trafficking',
      urgency: 'within72h',
      young: true,
      aid_conduct: false,
      presence: 'here',
    })
  })

  it('carries what she writes and what an agent answers, in order, and says once that somebody is there', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    await house.says(id, 'one')
    await house.says(id, 'two')
    expect(house.thread(id).slice(1)).toEqual(['0 one', '0 two'])
    const { id: conversation } = house.conversation(id)
    house.fake.agent.assigns(conversation, 5)
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed'])
    house.fake.agent.assigns(conversation, 6)
    house.fake.agent.replies(conversation, 'hello')
    house.fake.agent.replies(conversation, 'how are you?')
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed', 'wrote hello', 'wrote how are you?'])
  })

  it('is claimed by the first answer where nobody was assigned', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.fake.agent.replies(house.conversation(id).id, 'hello')
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed', 'wrote hello'])
  })

  it('keeps the order of answers whose webhooks come the wrong way round', async () => {
    const house = await openChatwoot()
    const { id: conversation } = house.conversation(await house.asked())
    house.fake.webhooks.hold()
    for (const text of ['one', 'two', 'three']) house.fake.agent.replies(conversation, text)
    house.fake.agent.resolves(conversation)
    house.fake.webhooks.releaseReversed()
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed', 'wrote one', 'wrote two', 'wrote three', 'ended closed'])
  })

  it('never relays a private note, an automatic message, a bot or anything else that no agent wrote for her', async () => {
    const house = await openChatwoot()
    const { id: conversation } = house.conversation(await house.asked())
    const { agent } = house.fake
    agent.notes(conversation, 'she sounds afraid')
    agent.replies(conversation, 'a template', { type: 3 })
    agent.replies(conversation, 'assigned to Ada', { type: 2, sender: undefined })
    agent.replies(conversation, 'a bot', { sender: { type: 'agent_bot' } })
    agent.replies(conversation, 'a rule', { sender: undefined })
    agent.replies(conversation, 'a rule by name', { attributes: { automation_rule_id: 4 } })
    agent.replies(conversation, 'taken back', { attributes: { deleted: true } })
    await house.fake.webhooks.idle()
    await house.sweep()
    expect(house.person.heard).toEqual([])
  })

  it('ends for her when it is resolved, and not again when the same is said twice', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.fake.agent.resolves(house.conversation(id).id)
    await house.fake.webhooks.idle()
    for (const one of house.fake.webhooks.sent) await house.fake.webhooks.again(one)
    expect(house.person.heard).toEqual(['ended closed'])
  })

  it('that is opened again stays ended for her, the agents are told so once, and a new request is a new case', async () => {
    const house = await openChatwoot()
    const link = newLink()
    const id = await house.asked({}, link)
    const { id: conversation } = house.conversation(id)
    house.fake.agent.resolves(conversation)
    await house.fake.webhooks.idle()
    house.fake.agent.reopens(conversation)
    house.fake.agent.replies(conversation, 'are you still there?')
    house.fake.agent.replies(conversation, 'hello?')
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['ended closed'])
    expect(house.thread(id).filter((line) => line.includes('(note)'))).toEqual([`1 (note) ${NOTES.ended}`])
    const next = await house.asked({}, link)
    expect(next).not.toBe(id)
    expect(house.thread(next)).toHaveLength(1)
  })

  it('tells agents when she left and when she is back, in notes and in an attribute', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    await house.is(id, 'left')
    expect(house.conversation(id).attributes['presence']).toBe('left')
    house.fake.agent.replies(house.conversation(id).id, 'hello')
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed'])
    await house.is(id, 'here')
    expect(house.person.heard).toEqual(['claimed', 'wrote hello'])
    expect(house.conversation(id).attributes['presence']).toBe('here')
    expect(house.thread(id).slice(1)).toEqual([`1 (note) ${NOTES.left}`, '1 hello', `1 (note) ${NOTES.back}`])
  })

  it('tells agents that she asked once more and that it cannot wait as long', async () => {
    const house = await openChatwoot()
    const link = newLink()
    const id = await house.asked({}, link)
    expect(await house.asked({ urgency: 'now' }, link)).toBe(id)
    expect(await house.asked({}, link)).toBe(id)
    expect(house.conversation(id).attributes['urgency']).toBe('now')
    expect(house.thread(id).slice(1)).toEqual(['1 (note) They asked again. Urgency is now: now'])
  })

  it('tells agents what could not be brought to her', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.person.answer = () => 'waiting'
    house.fake.agent.replies(house.conversation(id).id, 'hello')
    await house.fake.webhooks.idle()
    const entry = house.person.ids[1] as ReturnType<typeof newEntry>
    await house.chatwoot.delivered({ case: id, entry, delivery: 'notTaken' })
    await house.sweep()
    expect(house.thread(id).at(-1)).toBe(`1 (note) ${NOTES.notTaken}`)
  })

  it('that nobody takes is told to her once, and raises an alarm', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.clock.pass(16 * MINUTE)
    await house.sweep()
    await house.sweep()
    expect([house.person.heard, house.alarms]).toEqual([['ended unanswered'], [`${id} unanswered`]])
  })

  it('with a request that carries more than consent covers is never sent anywhere', async () => {
    const house = await openChatwoot()
    const request = { ...REQUEST, phone: '+15550100' } as typeof REQUEST
    const item = { id: newEntry(), case: newCase(), link: newLink(), request, at: START }
    expect(await house.chatwoot.opened(item)).toEqual({ kind: 'refused' })
    expect(house.fake.recorded).toEqual([])
  })
})

describe('what is written', () => {
  const hostile = [
    '<script>alert(1)</script><b>bold</b>',
    '$t(privacy.title) {{name}} %{name} ${1}',
    '\u202Eright to left\u202C אבג مرحبا \u200F',
    '**not bold** [a](https://example.org) &amp; \\n',
  ]
  it.each(hostile)('stays the same text both ways: %j', async (text) => {
    const house = await openChatwoot()
    const id = await house.asked()
    await house.says(id, text)
    expect(house.thread(id)[1]).toBe(`0 ${text}`)
    house.fake.agent.replies(house.conversation(id).id, text)
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed', `wrote ${text.trim()}`])
  })

  it('by an agent at length reaches her in pieces that the chat takes, in order and whole', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const words = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ')
    house.fake.agent.replies(house.conversation(id).id, words)
    await house.fake.webhooks.idle()
    const pieces = house.person.heard.slice(1).map((one) => one.slice('wrote '.length))
    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.every(({ length }) => length <= LONGEST_TEXT)).toBe(true)
    expect(pieces.join(' ')).toBe(words)
    expect(new Set(house.person.ids).size).toBe(house.person.ids.length)
  })

  it('is never cut inside of a character, and has pieces as long as the desk may write', () => {
    expect(LONGEST_PIECE).toBe(LONGEST_TEXT)
    const family = '👩‍👩‍👧‍👦'
    const pieces = piecesOf(family.repeat(200))
    expect(pieces.join('')).toBe(family.repeat(200))
    expect(pieces.every((piece) => piece.length <= LONGEST_PIECE && piece.length % family.length === 0)).toBe(
      true,
    )
    expect(piecesOf('a'.repeat(2_000)).map(({ length }) => length)).toEqual([900, 900, 200])
    expect([piecesOf(' \n '), piecesOf('a\uD800')]).toEqual([[], ['a\uFFFD']])
  })

  it('comes without what was attached, and the agent is told so', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const { id: conversation } = house.conversation(id)
    house.fake.agent.replies(conversation, 'see this', { attachments: [{ data_url: 'https://x/y.png' }] })
    house.fake.agent.replies(conversation, '', { attachments: [{ data_url: 'https://x/z.png' }] })
    house.fake.agent.replies(conversation, 'choose', { contentType: 'input_select' })
    await house.fake.webhooks.idle()
    expect(house.person.heard).toEqual(['claimed', 'wrote see this'])
    expect(house.thread(id).filter((line) => line === `1 (note) ${NOTES.onlyText}`)).toHaveLength(3)
  })
})

describe('a request to Chatwoot', () => {
  it('holds nothing that says who she is: not her address, her conversation, her check phrase or an id of ours', async () => {
    const house = await openChatwoot()
    const link = { ...newLink(), address: '+15550123987' }
    const checkPhrase = { salt: 'c'.repeat(22), hash: 'd'.repeat(43) }
    const hers = canary()
    const id = await house.asked({ checkPhrase }, link)
    await house.says(id, hers)
    await house.is(id, 'left')
    await house.is(id, 'here')
    await house.chatwoot.withdraw(id)
    const all = house.fake.recorded.join('\n')
    for (const secret of ['5550123987', link.conversation, checkPhrase.salt, checkPhrase.hash, 'telegram'])
      expect(all).not.toContain(secret)
    // The search finds what is there.
    expect(all).toContain(hers)
  })

  it('carries the access token to the Application API alone', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    await house.is(id, 'left')
    for (const one of house.fake.recorded)
      expect(one.includes(SECRETS.accessToken)).toBe(one.split('\n')[0]?.includes('/api/v1/accounts/3/'))
  })
})
