import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** An eye that is not ours: a published client of the Cloud API takes the fake for the original. */

const HER = '999000000001'
const clock = { now: () => Date.UTC(2026, 2, 1) }
let receiver: Receiver
let fake: FakeWhatsApp
let client: WhatsAppClient

beforeEach(async () => {
  receiver = await startReceiver('secret')
  const webhook = receiver.url
  fake = await startFakeWhatsApp({
    clock,
    webhook,
    appSecret: 'secret',
    verifyToken: 'verify',
    numbers: ['111'],
  })
  const { apiUrl: baseUrl, accessToken } = fake
  client = new WhatsAppClient({ accessToken, baseUrl, graphVersion: 'v25.0' })
  fake.personWrites(HER, 'héllo')
})
afterEach(async () => {
  await fake.stop()
  await receiver.stop()
})

test('its texts, buttons, lists and requests for a place are accepted', async () => {
  const to = { phoneNumberId: '111', to: HER }
  const rows = [{ id: 'r', title: 'Row', description: 'd' }]
  await client.messages.sendText({ ...to, body: 'x' })
  await client.messages.sendInteractiveButtons({ ...to, bodyText: 'x', buttons: [{ id: 'a', title: 'A' }] })
  const list = { bodyText: 'x', buttonText: 'b', sections: [{ title: 's', rows }] }
  await client.messages.sendInteractiveList({ ...to, ...list })
  const interactive = {
    type: 'location_request_message',
    body: { text: 'x' },
    action: { name: 'send_location' },
  }
  await client.messages.sendInteractiveRaw({ ...to, interactive })
  expect(fake.refusals()).toEqual([])
  const kinds = ['text', 'text', 'button', 'list', 'location_request_message']
  expect(fake.screen(HER).map(({ kind }) => kind)).toEqual(kinds)
})

test('it reads the refusals as those of Meta', async () => {
  fake.personBlocks(HER)
  const blocked = client.messages.sendText({ phoneNumberId: '111', to: HER, body: 'x' })
  await expect(blocked).rejects.toMatchObject({ httpStatus: 400, code: 131026 })
  fake.fail('*', { kind: 'error', status: 429, code: 130429, retryAfter: 3 })
  const throttled = client.messages.sendText({ phoneNumberId: '111', to: HER, body: 'x' })
  await expect(throttled).rejects.toThrow(GraphApiError)
  await expect(throttled).rejects.toMatchObject({ category: 'throttling', retry: { retryAfterMs: 3_000 } })
  fake.revokeToken()
  const unknown = client.messages.sendText({ phoneNumberId: '111', to: HER, body: 'x' })
  await expect(unknown).rejects.toMatchObject({ httpStatus: 401, category: 'authorization' })
})

test('it accepts the signature of a webhook and finds the message in it', async () => {
  await fake.idle()
  const [rawBody = ''] = receiver.bodies
  expect(verifySignature({ appSecret: 'secret', rawBody, signatureHeader: fake.sign(rawBody) })).toBe(true)
  const { messages } = normalizeWebhook(JSON.parse(rawBody))
  expect(messages).toMatchObject([{ from: HER, type: 'text', text: { body: 'héllo' } }])
})
