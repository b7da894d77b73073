import { describe, expect, it } from 'vitest'
import { eventIn } from '../../../src/handoff/chatwoot/webhook-event.ts'
import { signedHeaders } from '../../fakes/chatwoot/webhooks.ts'
import { MINUTE } from '../handoff-house.ts'
import { openChatwoot, SECRETS } from './chatwoot-house.ts'

/** An agent has answered, and her answer is still unread: only a webhook that is believed makes it known. */
async function answered() {
  const house = await openChatwoot()
  const { id: conversation } = house.conversation(await house.asked())
  house.fake.webhooks.hold()
  const { id } = house.fake.agent.replies(conversation, 'hello')
  const body = JSON.stringify({
    event: 'message_created',
    id,
    message_type: 'outgoing',
    private: false,
    conversation: { id: conversation },
  })
  return { house, body, right: signedHeaders(SECRETS.webhookSecret, body, house.clock.now()) }
}

describe('a webhook', () => {
  it('that is signed with the right secret is believed', async () => {
    const { house, body, right } = await answered()
    expect(await house.post(body, right)).toBe(200)
    expect(await house.post(body, right)).toBe(200)
    expect(house.person.heard).toEqual(['claimed', 'wrote hello'])
  })

  it.each([
    ['without a signature', { 'x-chatwoot-signature': undefined }],
    ['without a timestamp', { 'x-chatwoot-timestamp': undefined }],
    ['with another timestamp', { 'x-chatwoot-timestamp': '1793610001' }],
    ['with a timestamp that is none', { 'x-chatwoot-timestamp': 'now' }],
    ['with a signature that is none', { 'x-chatwoot-signature': 'sha256=abc' }],
    ['with a wrong signature', { 'x-chatwoot-signature': `sha256=${'0'.repeat(64)}` }],
  ])('%s is refused', async (_, changed) => {
    const { house, body, right } = await answered()
    const headers = Object.fromEntries(
      Object.entries({ ...right, ...changed }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>
    expect(await house.post(body, headers)).toBe(401)
    expect(house.person.heard).toEqual([])
  })

  it('is refused when another secret signed it, the HMAC token too, or when its body was changed', async () => {
    const { house, body, right } = await answered()
    for (const secret of ['another', SECRETS.hmacToken, ''])
      expect(await house.post(body, signedHeaders(secret, body, house.clock.now()))).toBe(401)
    expect(await house.post(`${body} `, right)).toBe(401)
    expect(house.person.heard).toEqual([])
  })

  it('is refused when it is older than five minutes, or as far ahead', async () => {
    const { house, body, right } = await answered()
    house.clock.pass(5 * MINUTE + 1_000)
    expect(await house.post(body, right)).toBe(401)
    const ahead = signedHeaders(SECRETS.webhookSecret, body, house.clock.now() + 6 * MINUTE)
    expect(await house.post(body, ahead)).toBe(401)
    const late = signedHeaders(SECRETS.webhookSecret, body, house.clock.now() - 4 * MINUTE)
    expect(await house.post(body, late)).toBe(200)
  })

  it('about another account, another inbox or a case that is not ours does nothing', async () => {
    const { house, body } = await answered()
    const asked = house.fake.recorded.length
    for (const change of [{ account: { id: 4 } }, { conversation: { id: 999 } }]) {
      const other = JSON.stringify({ ...(JSON.parse(body) as object), ...change })
      expect(await house.post(other, signedHeaders(SECRETS.webhookSecret, other, house.clock.now()))).toBe(
        200,
      )
    }
    expect(house.fake.recorded).toHaveLength(asked)
  })

  it('says nothing about what she wrote, private notes and other events, so that nothing is asked for', async () => {
    const { house } = await answered()
    const asked = house.fake.recorded.length
    house.fake.webhooks.releaseReversed()
    await house.fake.webhooks.idle()
    const read = house.fake.recorded.length
    expect(read).toBeGreaterThan(asked)
    const conversation = Number([...house.fake.account.conversations.keys()][0])
    house.fake.agent.notes(conversation, 'a note')
    house.fake.agent.replies(conversation, 'hers', { type: 0 })
    await house.fake.webhooks.idle()
    expect(house.fake.recorded).toHaveLength(read)
  })

  it.each([
    ['', undefined],
    ['[]', undefined],
    ['{"event":5}', undefined],
    ['{"event":"message_created","id":"1"}', undefined],
    ['{"event":"conversation_updated","id":-1}', undefined],
    ['{"event":"contact_created"}', 'other'],
    ['{"event":"conversation_updated","id":7}', 'happened'],
  ])('with the body %j is read for what it is', (body, kind) => {
    expect(eventIn(Buffer.from(body))?.kind).toBe(kind)
  })

  it('that is signed nonsense is answered 200, since sending it again would not help', async () => {
    const { house } = await answered()
    const body = '{"event":"message_created"}'
    expect(await house.post(body, signedHeaders(SECRETS.webhookSecret, body, house.clock.now()))).toBe(200)
  })
})
