import { afterEach, beforeEach, expect, test } from 'vitest'
import { PATH, SECRET, startWebhookBed, type WebhookBed } from './start-webhook.ts'

/** What does not come from Telegram, or is not what Telegram sends: it leaves nothing behind but one count. */

let bed: WebhookBed
beforeEach(async () => {
  bed = await startWebhookBed()
})
afterEach(() => bed.stop())

const MESSAGE = {
  message_id: 11,
  date: 1_772_000_000,
  chat: { id: 7, type: 'private' },
  from: { id: 7, is_bot: false },
  text: 'hello',
}
const UPDATE = JSON.stringify({ update_id: 1, message: MESSAGE })
const LARGEST = 3 * 1024 * 1024

function nothingBut(counts: typeof bed.counts) {
  expect(bed.counts).toEqual(counts)
  expect(bed.inbound).toEqual([])
  expect(bed.fake.calls).toEqual([])
}

test.each<[string, readonly string[]]>([
  ['no secret', []],
  ['an empty secret', ['']],
  ['a wrong secret of the same length', [SECRET.replace('a', 'b')]],
  ['the beginning of the secret', [SECRET.slice(0, -1)]],
  ['the secret and more', [`${SECRET}x`]],
  ['the right secret twice', [SECRET, SECRET]],
  ['the right secret first and a wrong one after it', [SECRET, 'wrong']],
  ['a wrong secret first and the right one after it', ['wrong', SECRET]],
  ['a hundred secrets', Array.from({ length: 100 }, (_, n) => `${SECRET}${n}`)],
])('%s is refused, whatever the body says', async (_, secrets) => {
  expect(await bed.post(UPDATE, secrets)).toBe(401)
  nothingBut({ forged: 1 })
  expect(await bed.post('{"broken', secrets)).toBe(401)
  nothingBut({ forged: 2 })
  expect(bed.events).toEqual([])
})

test('the right secret is taken, and upper case in the name of the header is none of our business', async () => {
  expect(await bed.post(UPDATE)).toBe(200)
  expect(bed.heard).toEqual(['7 text hello'])
})

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

test.each<[string, string | Uint8Array]>([
  ['an empty body', ''],
  ['half of an update', UPDATE.slice(0, -10)],
  ['a list', `[${UPDATE}]`],
  ['a text', '"hello"'],
  ['null', 'null'],
  ['an update without a number', JSON.stringify({ message: MESSAGE })],
  ['an update with half a number', JSON.stringify({ update_id: 1.5, message: MESSAGE })],
  ['a message without a chat', JSON.stringify({ update_id: 1, message: { ...MESSAGE, chat: null } })],
  ['a text that is a list', JSON.stringify({ update_id: 1, message: { ...MESSAGE, text: ['x'] } })],
  ['a million brackets', nested(1_000_000)],
  ['a message of brackets', `{"update_id":1,"message":${nested(500_000)}}`],
  ['bytes that are no UTF-8', Buffer.from(UPDATE.replace('hello', 'h\u00ff'), 'latin1')],
  [
    'half a character',
    Buffer.concat([Buffer.from('{"update_id":1,"x":"'), Buffer.from([0xf0, 0x9f]), Buffer.from('"}')]),
  ],
])('%s with the right secret is acknowledged as nonsense and told once', async (_, body) => {
  expect(await bed.post(body)).toBe(200)
  nothingBut({ nonsense: 1 })
  expect(bed.events).toEqual(['telegram.updateUnreadable'])
})

test('a body just within the limit is read, and one byte more is refused unread', async () => {
  const pad = (size: number) => UPDATE.replace('{', `{${' '.repeat(size - UPDATE.length)}`)
  const inject = (payload: string) =>
    bed.server.inject({
      method: 'POST',
      url: PATH,
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
      payload,
    })
  expect((await inject(pad(LARGEST + 1))).statusCode).toBe(413)
  nothingBut({ tooLarge: 1 })
  expect((await inject(pad(LARGEST))).statusCode).toBe(200)
  expect(bed.heard).toEqual(['7 text hello'])
})

test('what is deep or strange beside a message does not hide the message', async () => {
  const strange = `{"update_id":1,"from_the_future":${nested(100_000)},"message":${JSON.stringify({
    ...MESSAGE,
    entities: [{ type: 'mention', offset: -1 }],
  }).replace('{', '{"__proto__":{"text":"x"},"constructor":1,')}}`
  expect(await bed.post(strange)).toBe(200)
  expect(bed.heard).toEqual(['7 text hello'])
})

test('an update of a kind that we do not read is acknowledged and is no event', async () => {
  expect(await bed.post(JSON.stringify({ update_id: 1, poll: { id: '1' } }))).toBe(200)
  nothingBut({ taken: 1 })
})

test('other ways to call the address are not there', async () => {
  for (const method of ['GET', 'PUT', 'DELETE'] as const)
    expect((await bed.server.inject({ method, url: PATH })).statusCode).toBe(404)
  nothingBut({})
})

test('without a webhook nothing is served', async () => {
  const { createTelegram } = await import('../../../src/channels/telegram/create-telegram.ts')
  const { default: fastify } = await import('fastify')
  const { sensitive } = await import('../../../src/privacy/sensitive.ts')
  const server = fastify()
  createTelegram({
    token: sensitive(bed.fake.token),
    apiRoot: bed.fake.apiRoot,
    clock: bed.clock,
    log: { event: () => {} },
    receive: async () => {},
  }).routes(server)
  expect((await server.inject({ method: 'POST', url: PATH, payload: {} })).statusCode).toBe(404)
  await server.close()
})
