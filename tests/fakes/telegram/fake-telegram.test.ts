import { afterEach, beforeEach, expect, test } from 'vitest'
import { isObject, type Payload } from './api-result.ts'
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts'

/** The fake must refuse what Telegram refuses, or every test that leans on it proves less than it says. */

const clock = { time: 0, now: () => clock.time }
let fake: FakeTelegram
beforeEach(async () => {
  clock.time = Date.UTC(2026, 2, 1)
  fake = await startFakeTelegram({ clock })
  fake.personWrites(7, 'hello')
})
afterEach(() => fake.stop())

async function call(method: string, payload: Payload = {}, token = fake.token): Promise<Payload> {
  const response = await fetch(`${fake.apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  })
  const body: unknown = await response.json()
  return isObject(body) ? body : {}
}

const ok = { ok: true }
const refused = (code: number, words: RegExp | string = '') => ({
  ok: false,
  error_code: code,
  description: expect.stringMatching(words),
})

test.each<[string, string, Payload, number, RegExp]>([
  ['an unknown method', 'sendSmoke', {}, 404, /Not Found/],
  [
    'an unknown field',
    'sendMessage',
    { chat_id: 7, text: 'x', disable_web_page_preview: true },
    400,
    /no field/,
  ],
  ['a wrong type', 'sendMessage', { chat_id: 7, text: 5 }, 400, /wrong type/],
  ['a missing field', 'sendMessage', { chat_id: 7 }, 400, /text is empty/],
  [
    'markup, which the fake does not play',
    'sendMessage',
    { chat_id: 7, text: 'x', parse_mode: 'HTML' },
    400,
    /play/,
  ],
  ['an empty text', 'sendMessage', { chat_id: 7, text: '  ' }, 400, /text is empty/],
  ['a text of 4097', 'sendMessage', { chat_id: 7, text: 'x'.repeat(4097) }, 400, /too long/],
  ['an unknown chat', 'sendMessage', { chat_id: 8, text: 'x' }, 400, /chat not found/],
  ['no ids', 'deleteMessages', { chat_id: 7, message_ids: [] }, 400, /not specified/],
  [
    '101 ids',
    'deleteMessages',
    { chat_id: 7, message_ids: Array.from({ length: 101 }, (_, n) => n + 1) },
    400,
    /many/,
  ],
  ['an id that is no number', 'deleteMessages', { chat_id: 7, message_ids: ['x'] }, 400, /wrong type/],
  ['an unknown message', 'deleteMessage', { chat_id: 7, message_id: 1 }, 400, /not found/],
  ['an unknown press', 'answerCallbackQuery', { callback_query_id: '1' }, 400, /too old/],
  ['leaving a private chat', 'leaveChat', { chat_id: 7 }, 400, /private/],
  ['a limit of 101', 'getUpdates', { limit: 101 }, 400, /limit/],
  ['an unknown kind of update', 'getUpdates', { allowed_updates: ['messages'] }, 400, /unknown update/],
  ['a webhook without TLS', 'setWebhook', { url: 'http://a.example/' }, 400, /HTTPS/],
  [
    'a webhook secret with a space',
    'setWebhook',
    { url: 'https://a.example/', secret_token: 'a b' },
    400,
    /unallowed/,
  ],
  [
    'a command in capitals',
    'setMyCommands',
    { commands: [{ command: 'Exit', description: 'x' }] },
    400,
    /INVALID/,
  ],
  [
    'a command without words',
    'setMyCommands',
    { commands: [{ command: 'exit', description: '' }] },
    400,
    /DESCR/,
  ],
])('%s is refused', async (_, method, payload, code, words) => {
  expect(await call(method, payload)).toEqual(refused(code, words))
})

test('a wrong token is refused', async () => {
  expect(await call('getMe', {}, '1:x')).toEqual(refused(401, 'Unauthorized'))
})

test.each<[string, unknown, RegExp]>([
  ['65 bytes', [[{ text: 'x', callback_data: 'x'.repeat(65) }]], /BUTTON_DATA_INVALID/],
  ['no bytes', [[{ text: 'x', callback_data: '' }]], /BUTTON_DATA_INVALID/],
  ['no label', [[{ text: '', callback_data: 'x' }]], /non-empty/],
  ['nine in a row', [Array.from({ length: 9 }, () => ({ text: 'x', callback_data: 'x' }))], /row/],
  ['101 rows', Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'x' }]), /too long/],
  ['an empty row', [[]], /filled/],
])('a keyboard with %s is refused', async (_, keyboard, words) => {
  const payload = { chat_id: 7, text: 'x', reply_markup: { inline_keyboard: keyboard } }
  expect(await call('sendMessage', payload)).toEqual(refused(400, words))
})

test('an offset forgets what is below it, and repeats what is not', async () => {
  fake.personWrites(7, 'two')
  const first = await call('getUpdates')
  expect(await call('getUpdates')).toEqual(first)
  const [one, two] = fake.pending()
  expect(first['result']).toEqual([one, two])
  expect((await call('getUpdates', { offset: two?.['update_id'] }))['result']).toEqual([two])
  expect(fake.pending()).toEqual([two])
})

test('only the newest poll stays open, and a webhook ends it', async () => {
  const offset = { offset: Number(fake.pending()[0]?.['update_id']) + 1, timeout: 30 }
  const first = call('getUpdates', offset)
  await fake.idle()
  const second = call('getUpdates', offset)
  expect(await first).toEqual(refused(409, 'only one bot instance'))
  expect(await call('setWebhook', { url: 'https://a.example/' })).toMatchObject(ok)
  expect(await second).toEqual(refused(409, 'setWebhook'))
  expect(await call('getUpdates', offset)).toEqual(refused(409, 'webhook is active'))
  expect(await call('getWebhookInfo')).toMatchObject({ result: { url: 'https://a.example/' } })
  expect(await call('deleteWebhook')).toMatchObject(ok)
  expect(await call('getUpdates')).toMatchObject(ok)
})

test('a message waits for 24 h, a press for 150 s', async () => {
  fake.personPressesDeleted(7, 'x')
  clock.time += 149_999
  expect(fake.pending()).toHaveLength(2)
  clock.time += 1
  expect(fake.pending()).toHaveLength(1)
  clock.time += 86_400_000 - 150_000
  expect(fake.pending()).toHaveLength(0)
})

test('updates that were not asked for do not come', async () => {
  await call('getUpdates', { allowed_updates: ['message'] })
  fake.personBlocks(7)
  expect(fake.pending()).toHaveLength(1)
})

test('an older message refuses its whole batch from 48 h on; unknown ids are skipped', async () => {
  const old = fake.personWrites(7, 'old')
  clock.time += 48 * 3_600_000 - 1
  const young = fake.personWrites(7, 'young')
  clock.time += 1
  expect(await call('deleteMessages', { chat_id: 7, message_ids: [old, young] })).toEqual(
    refused(400, "can't be"),
  )
  expect(fake.chat(7).map((message) => message.text)).toEqual(['hello', 'old', 'young'])
  expect(await call('deleteMessages', { chat_id: 7, message_ids: [young, 1] })).toMatchObject(ok)
  expect(await call('deleteMessage', { chat_id: 7, message_id: old })).toEqual(refused(400, "can't be"))
})

test('commands of the published form are taken', async () => {
  const commands = [{ command: 'exit', description: 'Leave' }]
  const scope = { type: 'all_private_chats' }
  expect(await call('setMyCommands', { commands, scope, language_code: 'es' })).toMatchObject(ok)
})

test('a bot cannot write first, and people who left cannot act', async () => {
  fake.personDeletesAccount(8)
  expect(await call('sendMessage', { chat_id: 8, text: 'x' })).toEqual(refused(403, 'deactivated'))
  fake.personBlocks(7)
  expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toEqual(refused(403, 'blocked'))
  expect(() => fake.personWrites(7, 'x')).toThrow('blocked')
  fake.personUnblocks(9)
  expect(await call('sendMessage', { chat_id: 9, text: 'x' })).toEqual(refused(403, "can't initiate"))
})
