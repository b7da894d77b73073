import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** What a setup asks Meta, and what Meta asks the callback URL. */

const clock = { now: () => Date.UTC(2026, 2, 1) }
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
    numbers: ['111'],
  })
})
afterEach(async () => {
  await fake.stop()
  await receiver.stop()
})

async function call(method: string, path: string, token = fake.accessToken, body?: Record<string, string>) {
  const response = await fetch(`${fake.apiUrl}/v25.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: new URLSearchParams(body) }),
  })
  return { status: response.status, body: (await response.json()) as unknown }
}
const refused = (code: number, status = 400) => ({
  status,
  body: { error: { code, type: 'OAuthException' } },
})

test('the handshake accepts the bare challenge alone', async () => {
  await fake.verify()
  receiver.verifyToken = 'another'
  await expect(fake.verify()).rejects.toThrow('403')
  await receiver.stop()
  await expect(fake.verify()).rejects.toThrow('reached')
})

test('a number tells the fields that were asked for', async () => {
  expect(await call('GET', '111')).toMatchObject({ body: { id: '111', quality_rating: 'GREEN' } })
  expect((await call('GET', '111?fields=display_phone_number,verified_name')).body).toEqual({
    id: '111',
    display_phone_number: '+999 000 111',
    verified_name: 'Word of the day',
  })
  fake.setup.numbers['111'] = { quality_rating: 'RED' }
  expect((await call('GET', '111?fields=quality_rating')).body).toEqual({ id: '111', quality_rating: 'RED' })
})

test('the account tells whether the app gets its webhooks, and only then there are any', async () => {
  fake.setup.subscribed = false
  fake.personWrites('999000000001', 'x')
  expect((await call('GET', `${fake.wabaId}/subscribed_apps`)).body).toEqual({ data: [] })
  expect((await call('POST', `${fake.wabaId}/subscribed_apps`)).body).toEqual({ success: true })
  const app = { whatsapp_business_api_data: expect.objectContaining({ id: fake.appId }) }
  expect((await call('GET', `${fake.wabaId}/subscribed_apps`)).body).toEqual({ data: [app] })
  fake.personWrites('999000000001', 'y')
  await fake.idle()
  expect(receiver.happened()).toMatchObject([{ text: { body: 'y' } }])
})

test('a token tells whose it is, what it may do and until when', async () => {
  const { body } = await call('GET', `debug_token?input_token=${fake.accessToken}`, fake.appToken)
  expect(body).toMatchObject({
    data: {
      is_valid: true,
      app_id: fake.appId,
      expires_at: 0,
      scopes: expect.arrayContaining(['whatsapp_business_messaging']),
      granular_scopes: expect.arrayContaining([
        { scope: 'whatsapp_business_messaging', target_ids: [fake.wabaId] },
      ]),
    },
  })
  const other = await call('GET', 'debug_token?input_token=x')
  expect(other.body).toMatchObject({ data: { is_valid: false, scopes: [] } })
})

test('a callback URL is set when its handshake succeeds, and gets the webhooks from then on', async () => {
  const path = `${fake.appId}/subscriptions`
  const wanted = {
    object: 'whatsapp_business_account',
    callback_url: `${receiver.url}/new`,
    verify_token: 'wrong',
    fields: 'messages',
  }
  expect(await call('POST', path, fake.appToken, wanted)).toMatchObject(refused(2200))
  expect((await call('GET', path, fake.appToken)).body).toEqual({ data: [] })
  const right = { ...wanted, verify_token: 'verify' }
  expect(await call('POST', path, fake.appToken, right)).toMatchObject({ body: { success: true } })
  expect((await call('GET', path, fake.appToken)).body).toEqual({
    data: [
      {
        object: 'whatsapp_business_account',
        callback_url: wanted.callback_url,
        active: true,
        fields: [{ name: 'messages', version: 'v25.0' }],
      },
    ],
  })
  expect(fake.webhookUrl).toBe(wanted.callback_url)
  const open = { ...right, callback_url: 'http://lantern.example/' }
  expect(await call('POST', path, fake.appToken, open)).toMatchObject(refused(100))
})

test('wrong tokens, unknown fields and what is not played are refused', async () => {
  const app = `${fake.appId}/subscriptions`
  expect(await call('GET', '111', 'x')).toMatchObject(refused(190, 401))
  expect(await call('GET', app)).toMatchObject(refused(190, 401))
  expect(await call('GET', '111', fake.appToken)).toMatchObject(refused(190, 401))
  expect(await call('GET', '111?fields=verified_name,nonsense')).toMatchObject(refused(100))
  expect(await call('GET', '111?field=verified_name')).toMatchObject(refused(100))
  expect(await call('GET', '333')).toMatchObject(refused(100))
  expect(await call('GET', `111?access_token=${fake.accessToken}`)).toMatchObject(refused(100))
  expect(await call('POST', '111/register')).toMatchObject(refused(100))
  expect(await call('POST', app, fake.appToken, { object: 'page' })).toMatchObject(refused(131008))
  fake.revokeToken()
  expect(await call('GET', '111')).toMatchObject(refused(190, 401))
})
