import { afterEach, beforeEach, expect, test } from 'vitest'
import { ALLOWED_UPDATES, type BotApi, createBotApi } from '../../../src/channels/telegram/bot-api.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { type FakeTelegram, startFakeTelegram } from '../../fakes/telegram/fake-telegram.ts'
import { START } from './start-bot.ts'

/** The calls of `lantern setup` and `lantern check`, which the running service does not make. */

let fake: FakeTelegram
let api: BotApi
beforeEach(async () => {
  fake = await startFakeTelegram({ clock: { now: () => START } })
  api = createBotApi(sensitive(fake.token), fake.apiRoot)
})
afterEach(() => fake.stop())

const SECRET = 'a-secret_of_the_Webhook-0123456789'
const done = { ok: true, result: true }
const never = { ok: false, refusal: { kind: 'never' } }

test('a webhook is set with its secret and the four kinds of updates, and nothing that waits is dropped', async () => {
  fake.personWrites(7, 'help me')
  const url = 'https://lantern.example/webhooks/telegram'
  expect(await api.setWebhook({ url, secret: sensitive(SECRET), maxConnections: 40 })).toEqual(done)
  expect(fake.callsOf('setWebhook')[0]?.payload).toEqual({
    url,
    secret_token: SECRET,
    max_connections: 40,
    allowed_updates: [...ALLOWED_UPDATES],
    drop_pending_updates: false,
  })
  expect(await api.getWebhookInfo()).toEqual({
    ok: true,
    result: {
      url,
      pending: 1,
      lastErrorAt: undefined,
      lastError: undefined,
      maxConnections: 40,
      allowedUpdates: [...ALLOWED_UPDATES],
    },
  })
})

test('the info of a webhook that fails says when and how', async () => {
  fake.setWebhook('http://127.0.0.1:9/', SECRET)
  fake.personWrites(7, 'x')
  await fake.until(() => fake.posts.length > 0)
  expect(await api.getWebhookInfo()).toMatchObject({
    result: { pending: 1, lastErrorAt: START, lastError: 'Connection reset by peer' },
  })
})

test.each([
  ['without TLS', { url: 'http://lantern.example/', secret: SECRET, maxConnections: 40 }],
  [
    'with a secret that Telegram does not take',
    { url: 'https://a.example/', secret: 'a b', maxConnections: 40 },
  ],
  ['with no connections', { url: 'https://a.example/', secret: SECRET, maxConnections: 0 }],
])('a webhook %s is refused', async (_, { secret, ...webhook }) => {
  expect(await api.setWebhook({ ...webhook, secret: sensitive(secret) })).toEqual(never)
})

test('the bot tells its name and what it may do to strangers', async () => {
  expect(await api.getMe()).toEqual({
    ok: true,
    result: {
      username: 'word_of_the_day_bot',
      joinsGroups: false,
      readsGroups: false,
      inlineQueries: false,
      guestQueries: false,
    },
  })
})

test('an answer that has not the published form is no answer', async () => {
  const unreachable = { ok: false, refusal: { kind: 'unreachable' } }
  fake.fail('*', { kind: 'foreign', body: { ok: true, result: ['x'] } }, 6)
  expect([
    await api.getMe(),
    await api.getWebhookInfo(),
    await api.getMyName(),
    await api.getMyDescription(),
    await api.getMyShortDescription(),
    await api.getMyCommands(),
  ]).toEqual(Array.from({ length: 6 }, () => unreachable))
})

test('name, descriptions and commands are set for everyone and for a language, and read back', async () => {
  const commands = [{ command: 'exit', description: 'Salir' }]
  expect([
    await api.setMyName('Word of the day'),
    await api.setMyName('Palabra del día', 'es'),
    await api.setMyDescription('A new word every day', 'en'),
    await api.setMyShortDescription('Words', 'en'),
    await api.setMyCommands(commands, 'es'),
  ]).toEqual(Array.from({ length: 5 }, () => done))
  expect([
    await api.getMyName('es'),
    await api.getMyName(),
    await api.getMyDescription('en'),
    await api.getMyShortDescription('en'),
    await api.getMyCommands('es'),
  ]).toEqual(
    ['Palabra del día', 'Word of the day', 'A new word every day', 'Words', commands].map((result) => ({
      ok: true,
      result,
    })),
  )
  expect(fake.refusals()).toEqual([])
})

test('a language without a code of two letters is refused without asking Telegram', async () => {
  for (const language of ['prs', 'pt-BR', '', 'ES']) {
    expect(await api.setMyName('x', language)).toEqual(never)
    expect(await api.getMyCommands(language)).toEqual(never)
  }
  expect(fake.calls).toEqual([])
})

test('what is too long is refused by Telegram', async () => {
  expect(await api.setMyName('x'.repeat(65))).toEqual(never)
  expect(await api.setMyDescription('x'.repeat(513))).toEqual(never)
  expect(await api.setMyShortDescription('x'.repeat(121))).toEqual(never)
  expect(await api.setMyCommands([{ command: 'Exit', description: 'x' }])).toEqual(never)
})
