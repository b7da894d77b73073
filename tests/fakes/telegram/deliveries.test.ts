import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text as readBody } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isObject, type Payload } from './api-result.ts'
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts'

/** The fake must deliver as Telegram does, or every webhook test that leans on it proves less than it says. */

const SECRET = 'the-secret'
const clock = { time: 0, now: () => clock.time }
let fake: FakeTelegram
let hook: Hook
beforeEach(async () => {
  clock.time = Date.UTC(2026, 2, 1)
  fake = await startFakeTelegram({ clock })
  hook = await startHook()
})
afterEach(async () => {
  await fake.stop()
  await hook.stop()
})

interface Hook {
  url: string
  /** Texts in the order in which they came. */
  texts: string[]
  headers: IncomingHttpHeaders[]
  /** What the next calls are answered with; 0 cuts the line; 200 when it runs out. */
  answers: number[]
  /** Held calls are answered by it. */
  gate: Promise<void>
  most: number
  stop(): Promise<void>
}

async function startHook(): Promise<Hook> {
  let open = 0
  const server = createServer((request, response) => {
    void (async () => {
      open += 1
      made.most = Math.max(made.most, open)
      const update: unknown = JSON.parse(await readBody(request))
      made.headers.push(request.headers)
      made.texts.push(textOf(update))
      await made.gate
      open -= 1
      const status = made.answers.shift() ?? 200
      if (status === 0) response.destroy()
      else response.writeHead(status).end()
    })()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const made: Hook = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`,
    texts: [],
    headers: [],
    answers: [],
    gate: Promise.resolve(),
    most: 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return made
}

function textOf(update: unknown): string {
  const message = isObject(update) ? update['message'] : undefined
  return isObject(message) ? String(message['text']) : '?'
}

async function call(method: string, payload: Payload = {}): Promise<Payload> {
  const response = await fetch(`${fake.apiRoot}/bot${fake.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  })
  const body: unknown = await response.json()
  return isObject(body) ? body : {}
}

test('what waited is delivered once a webhook is set, with its secret in the header', async () => {
  fake.personWrites(7, 'waited')
  expect(await call('setWebhook', { url: hook.url, secret_token: SECRET })).toMatchObject({ ok: true })
  await fake.idle()
  expect(hook.texts).toEqual(['waited'])
  expect(hook.headers[0]).toMatchObject({
    'x-telegram-bot-api-secret-token': SECRET,
    'content-type': 'application/json',
  })
})

test('without a secret there is no header', async () => {
  fake.setWebhook(hook.url)
  fake.personWrites(7, 'x')
  await fake.idle()
  expect(hook.headers[0]).not.toHaveProperty('x-telegram-bot-api-secret-token')
})

test('whatever is no 2xx, and a cut line, brings the update again, and the next of its chat waits', async () => {
  hook.answers.push(503, 0, 404, 302, 204)
  fake.setWebhook(hook.url, SECRET)
  fake.personWrites(7, 'one')
  fake.personWrites(7, 'two')
  await fake.idle()
  expect(hook.texts).toEqual(['one', 'one', 'one', 'one', 'one', 'two'])
  expect(fake.posts.map(({ status }) => status)).toEqual([503, 'cut', 404, 302, 204, 200])
})

test('the info of the webhook tells what waits, what failed last, and what was asked for', async () => {
  hook.answers.push(...Array.from({ length: 50 }, () => 401))
  await call('setWebhook', { url: hook.url, max_connections: 7, allowed_updates: ['message'] })
  fake.personWrites(7, 'x')
  await fake.until(() => fake.posts.length > 0)
  expect(await call('getWebhookInfo')).toEqual({
    ok: true,
    result: {
      url: hook.url,
      has_custom_certificate: false,
      pending_update_count: 1,
      last_error_date: clock.time / 1000,
      last_error_message: 'Wrong response from the webhook: 401 Unauthorized',
      max_connections: 7,
      allowed_updates: ['message'],
    },
  })
})

test('polls are refused while it is set, and start again when it is removed', async () => {
  await call('setWebhook', { url: hook.url })
  expect(await call('getUpdates')).toMatchObject({ error_code: 409 })
  await call('deleteWebhook')
  fake.personWrites(7, 'x')
  expect(await call('getUpdates')).toMatchObject({ ok: true, result: [{ message: { text: 'x' } }] })
  expect(hook.texts).toEqual([])
})

test('kinds that were not asked for do not come', async () => {
  await call('setWebhook', { url: hook.url, allowed_updates: ['message'] })
  const id = fake.personWrites(7, 'one')
  fake.personEdits(7, id, 'two')
  fake.personBlocks(7)
  await fake.idle()
  expect(hook.texts).toEqual(['one'])
})

test('chats are served side by side, but not more than max_connections at once', async () => {
  const gate = Promise.withResolvers<void>()
  hook.gate = gate.promise
  await call('setWebhook', { url: hook.url, max_connections: 3 })
  for (let person = 1; person <= 9; person += 1) fake.personWrites(person, `${person}`)
  await expect.poll(() => hook.texts).toEqual(['1', '2', '3'])
  gate.resolve()
  await fake.idle()
  expect(hook.texts).toHaveLength(9)
  expect(hook.most).toBeLessThanOrEqual(3)
})

test('a webhook that moves takes what the old place did not', async () => {
  fake.setWebhook(hook.url, SECRET)
  await hook.stop()
  fake.personWrites(7, 'x')
  await fake.until(() => fake.posts.length > 0)
  hook = await startHook()
  fake.setWebhook(hook.url, SECRET)
  await fake.idle()
  expect(hook.texts).toEqual(['x'])
})

test('held deliveries wait, and can come with the newest chat first', async () => {
  await call('setWebhook', { url: hook.url, max_connections: 1 })
  fake.chaos.hold()
  for (const person of [1, 2, 3]) for (const n of ['a', 'b']) fake.personWrites(person, `${person}${n}`)
  fake.chaos.release('newestChatFirst')
  await fake.idle()
  expect(hook.texts).toEqual(['3a', '3b', '2a', '2b', '1a', '1b'])
})

test('repeats come at the same instant, lost answers bring an update again, and slow ones come all the same', async () => {
  fake.setWebhook(hook.url)
  fake.chaos.repeat(3)
  fake.personWrites(7, 'thrice')
  await fake.idle()
  fake.chaos.calm()
  fake.chaos.loseAnswers(1)
  fake.chaos.slow(5)
  fake.personWrites(7, 'again')
  await fake.idle()
  expect(hook.texts).toEqual(['thrice', 'thrice', 'thrice', 'again', 'again'])
})

test('nothing is ever delivered outside of this machine', async () => {
  for (const url of [
    'http://10.0.0.1/',
    'http://localhost/',
    'http://127.0.0.1.example/',
    'ftp://127.0.0.1/',
  ])
    expect(await call('setWebhook', { url })).toMatchObject({ error_code: 400 })
  expect(await call('setWebhook', { url: 'https://a.example/hook' })).toMatchObject({ ok: true })
  fake.personWrites(7, 'x')
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  expect(fake.posts).toEqual([])
  expect(fake.pending()).toHaveLength(1)
})

test.each(['https://a.example:8080/', 'https://a.example:80443/', 'https://'])(
  'a webhook at %s is refused',
  async (url) => {
    expect(await call('setWebhook', { url })).toMatchObject({ error_code: 400 })
  },
)
