import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts'
import type { Payload } from './graph-answer.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** What arrives at the callback URL, in which form and in which order. */

const HER = '999000000001'
const OTHER = '999000000002'
const clock = { time: Date.UTC(2026, 2, 1), now: () => clock.time }
let receiver: Receiver
let fake: FakeWhatsApp

beforeEach(async () => {
  receiver = await startReceiver('secret')
  const webhook = receiver.url
  fake = await startFakeWhatsApp({
    clock,
    webhook,
    appSecret: 'secret',
    verifyToken: 'verify',
    numbers: ['111', '222'],
  })
})
afterEach(async () => {
  await fake.stop()
  await receiver.stop()
})

async function send(body: Payload, number = '111') {
  const response = await fetch(`${fake.apiUrl}/v25.0/${number}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${fake.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: HER, ...body }),
  })
  return response.status
}
const say = (body: string) => send({ type: 'text', text: { body } })
const ask = (id: string, title: string) => {
  const action = { buttons: [{ type: 'reply', reply: { id, title } }] }
  return send({ type: 'interactive', interactive: { type: 'button', body: { text: 'x' }, action } })
}
const texts = () =>
  receiver.happened().map((one) => (one as { text?: { body: string }; status?: string }).text?.body ?? '')
const arrived = () => receiver.happened().at(-1)

describe('a webhook', () => {
  test('has the published form, by phone and BSUID', async () => {
    const wamid = fake.personWrites(HER, 'hello', { number: '222' })
    await fake.idle()
    const bsuid = expect.stringMatching(/^XX\.\d{8,}$/)
    const message = { from: HER, from_user_id: bsuid, id: wamid, timestamp: '1772323200', type: 'text' }
    expect(JSON.parse(receiver.bodies[0] ?? '')).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: fake.wabaId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '999000222', phone_number_id: '222' },
                contacts: [{ profile: { name: 'Visitor' }, wa_id: HER, user_id: bsuid }],
                messages: [{ ...message, text: { body: 'hello' } }],
              },
            },
          ],
        },
      ],
    })
  })

  test('names her by the BSUID alone, or by the phone alone, when she is like that', async () => {
    fake.person(HER, { hidesPhone: true })
    fake.personWrites(HER, 'x')
    await fake.idle()
    expect(receiver.bodies[0]).not.toMatch(/wa_id|"from":|999000000001/)
    expect(receiver.bodies[0]).toMatch(/"user_id".*"from_user_id"/)
    fake.person(HER, { sendsBsuid: false })
    fake.personWrites(HER, 'x')
    await fake.idle()
    expect(receiver.bodies[1]).not.toContain('user_id')
    expect(receiver.bodies[1]).toContain(`"wa_id":"${HER}"`)
  })

  test('is ASCII with escapes, and signed over these very bytes', async () => {
    fake.personWrites(HER, 'é / 🌻 @ <')
    await fake.idle()
    expect(receiver.bodies[0]).toContain(String.raw`"body":"\u00e9 \/ \ud83c\udf3b @ <"`)
    expect(texts()).toEqual(['é / 🌻 @ <'])
    expect(receiver.forged).toBe(0)
  })

  test('tells of a place, of other things, and of what is unsupported', async () => {
    fake.personShares(HER, { latitude: 1, longitude: 2 })
    fake.personSends(HER, 'reaction', { message_id: 'wamid.x', emoji: '🌻' })
    fake.personSends(HER, 'unsupported', { type: 'edit' })
    await fake.idle()
    expect(receiver.happened()).toMatchObject([
      { type: 'location', location: { latitude: 1, longitude: 2 } },
      { type: 'reaction', reaction: { emoji: '🌻' } },
      { type: 'unsupported', unsupported: { type: 'edit' }, errors: [{ code: 131051 }] },
    ])
  })

  test('tells of a button of the newest message, of a stale one, and of one that was never there', async () => {
    fake.personWrites(HER, 'x')
    await ask('old', 'Go')
    await ask('new', 'Go')
    await send({
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'x' },
        action: { button: 'b', sections: [{ rows: [{ id: 'row', title: 'Row', description: 'd' }] }] },
      },
    })
    const [, old, newest, list] = fake.screen(HER)
    const from = '999000111'
    fake.personPresses(HER, 'Go')
    fake.personPressesId(HER, 'old')
    fake.personPresses(HER, 'Row')
    expect(() => fake.personPressesId(HER, 'none')).toThrow('No such button')
    fake.personPressesId(HER, 'none', 'None')
    await fake.idle()
    const button = (id: string, title: string) => ({ type: 'button_reply', button_reply: { id, title } })
    const row = { type: 'list_reply', list_reply: { id: 'row', title: 'Row', description: 'd' } }
    expect(receiver.happened().slice(1)).toMatchObject([
      { type: 'interactive', context: { from, id: newest?.id }, interactive: button('new', 'Go') },
      { type: 'interactive', context: { from, id: old?.id }, interactive: button('old', 'Go') },
      { type: 'interactive', context: { from, id: list?.id }, interactive: row },
      { type: 'interactive', interactive: button('none', 'None') },
    ])
    expect(fake.screen(HER).at(-2)).toMatchObject({ from: 'person', text: 'Row', kind: 'interactive' })
  })

  test('tells of a new number without contacts; the old one is nobody from then on', async () => {
    fake.personWrites(HER, 'x')
    await fake.idle()
    fake.personChangesNumber(HER, OTHER)
    await fake.idle()
    const system = { type: 'user_changed_number', wa_id: OTHER }
    expect(arrived()).toMatchObject({ from: HER, type: 'system', system })
    expect(receiver.bodies[1]).not.toContain('contacts')
    expect(await say('x')).toBe(400)
    expect(await send({ to: OTHER, type: 'text', text: { body: 'x' } })).toBe(400)
    expect(fake.refusals()).toEqual([expect.stringContaining('131026'), expect.stringContaining('131047')])
    expect(fake.screen(OTHER)).toHaveLength(1)
  })

  test('of a number that somebody else has now bears another BSUID', async () => {
    fake.webhooks.hold()
    fake.personWrites(HER, 'one')
    fake.personChangesNumber(HER, OTHER)
    fake.personWrites(OTHER, 'two')
    fake.personWrites(HER, 'a stranger')
    fake.webhooks.release()
    await fake.idle()
    const happened = receiver.happened() as { from_user_id?: string; type: string }[]
    expect(new Set(happened.flatMap((one) => one.from_user_id ?? [])).size).toBe(3)
    expect(texts().filter((text) => text !== 'a stranger')).toEqual(['one', '', 'two'])
  })

  test('names no number when she who changed it hides it', async () => {
    fake.person(HER, { hidesPhone: true })
    fake.personWrites(HER, 'x')
    fake.personChangesNumber(HER, OTHER)
    await fake.idle()
    expect(arrived()).toMatchObject({ system: { type: 'user_changed_user_id' } })
    expect(receiver.bodies[1]).not.toMatch(/99900000000[12]/)
  })
})

describe('statuses', () => {
  test('follow each send when they are switched on, and do not otherwise', async () => {
    fake.personWrites(HER, 'x')
    await say('one')
    fake.webhooks.statuses('read')
    await say('two')
    await fake.idle()
    const id = fake.sends[1]?.wamid
    const statuses = receiver.happened().slice(1)
    expect(statuses).toMatchObject(
      ['sent', 'delivered', 'read'].map((status) => ({ id, status, recipient_id: HER })),
    )
  })

  test('tell of a send that was taken and failed later, which never stood on her screen', async () => {
    fake.personWrites(HER, 'x')
    fake.failLater(131047)
    expect(await say('one')).toBe(200)
    await fake.idle()
    expect(arrived()).toMatchObject({ status: 'failed', errors: [{ code: 131047 }] })
    expect(receiver.bodies.at(-1)).not.toContain('contacts')
    expect(fake.screen(HER)).toHaveLength(1)
    expect(await say('two')).toBe(200)
    expect(fake.screen(HER)).toHaveLength(2)
  })
})

describe('a delivery', () => {
  test('comes again, the same bytes, until it is answered 200', async () => {
    receiver.answers = [503, 'cut', 302, 201]
    fake.personWrites(HER, 'x')
    await fake.idle()
    expect(receiver.bodies).toHaveLength(5)
    expect(new Set(receiver.bodies).size).toBe(1)
    expect(fake.delivered).toMatchObject([{ attempts: 5, answered: 200 }])
  })

  test('reaches a server that was down, and one that came back elsewhere', async () => {
    await receiver.stop()
    fake.personWrites(HER, 'one')
    await fake.until(() => (fake.delivered[0]?.attempts ?? 0) > 0)
    receiver = await startReceiver('secret', receiver.port)
    await fake.idle()
    expect(texts()).toEqual(['one'])
    await receiver.stop()
    fake.personWrites(HER, 'two')
    await fake.until(() => (fake.delivered[1]?.attempts ?? 0) > 0)
    receiver = await startReceiver('secret')
    fake.webhookUrl = receiver.url
    await fake.idle()
    expect(texts()).toEqual(['two'])
  })

  test('waits for what she did before, and not for what others did', async () => {
    receiver.answers = ['wait']
    fake.personWrites(HER, 'one')
    fake.personWrites(HER, 'two')
    await receiver.arrived(1)
    fake.personWrites(OTHER, 'other')
    await fake.until(() => fake.delivered.some(({ answered }) => answered === 200))
    expect(texts().toSorted()).toEqual(['one', 'other'])
    receiver.open()
    await fake.idle()
    expect(texts().at(-1)).toBe('two')
  })

  test('is held until it is released', async () => {
    fake.webhooks.hold()
    fake.personWrites(HER, 'one')
    expect(await fake.pushWebhook({})).toBe(200)
    expect(fake.delivered).toEqual([])
    fake.webhooks.release()
    await fake.idle()
    expect(fake.delivered).toHaveLength(1)
  })

  test('goes newest first when it is told to', async () => {
    fake.webhooks.hold()
    for (const text of ['one', 'two', 'three']) fake.personWrites(HER, text)
    fake.webhooks.order('reversed')
    fake.webhooks.release()
    await fake.idle()
    expect(texts()).toEqual(['three', 'two', 'one'])
  })

  test('waits for nothing when all go at once', async () => {
    receiver.answers = ['wait', 'wait', 'wait']
    fake.webhooks.order('atOnce')
    for (const text of ['one', 'two', 'three']) fake.personWrites(HER, text)
    await receiver.arrived(3)
    expect(texts().toSorted()).toEqual(['one', 'three', 'two'])
    receiver.open()
    await fake.idle()
  })

  test('goes out several times at the same moment', async () => {
    receiver.answers = [200, 503]
    fake.webhooks.repeat(3)
    fake.webhooks.slow(1)
    fake.personWrites(HER, 'one')
    await fake.idle()
    expect(texts()).toEqual(['one', 'one', 'one', 'one'])
    expect(fake.delivered).toHaveLength(3)
  })

  test('holds several messages, changes and entries', async () => {
    fake.webhooks.batch(10)
    fake.webhooks.statuses('delivered')
    fake.webhooks.hold()
    fake.personWrites(HER, 'one')
    fake.personWrites(OTHER, 'two')
    fake.personWrites(HER, 'three')
    fake.personWrites(HER, 'four', { number: '222' })
    await say('answer')
    fake.webhooks.release()
    await fake.idle()
    const { entry } = JSON.parse(receiver.bodies[0] ?? '') as { entry: { changes: { value: Payload }[] }[] }
    expect(receiver.bodies).toHaveLength(1)
    expect(
      entry.map(({ changes }) =>
        changes.map(({ value }) => [value['contacts'], value['messages'], value['statuses']]),
      ),
    ).toMatchObject([
      [
        [{ length: 2 }, { length: 3 }, undefined],
        [{ length: 1 }, { length: 1 }, undefined],
      ],
      [[{ length: 1 }, undefined, [{ status: 'sent' }, { status: 'delivered' }]]],
    ])
  })

  test('can be forged, unsigned or nonsense, and is then sent once', async () => {
    expect(await fake.pushRaw('{}')).toBe(401)
    expect(await fake.pushRaw('{}', 'sha256=00')).toBe(401)
    expect(await fake.pushRaw('{', fake.sign('{'))).toBe(200)
    receiver.answers = ['cut']
    expect(await fake.pushWebhook(null)).toBeUndefined()
    expect(receiver.bodies).toEqual(['{', 'null'])
  })
})
