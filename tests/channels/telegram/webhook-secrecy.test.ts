import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { everythingOf } from './everything-of.ts'
import { SECRET, startWebhookBed, type WebhookBed } from './start-webhook.ts'

/** The secret, the token, a chat id and a text must be in nothing that leaves the channel, whatever is delivered. */

const PERSON = 7_070_707_070
const TEXT = 'a text that nobody may print'

let bed: WebhookBed
let printed: string[]
beforeEach(async () => {
  bed = await startWebhookBed()
  printed = []
  const keep = (...parts: unknown[]) => {
    printed.push(parts.map(everythingOf).join(' '))
    return true
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    vi.spyOn(console, name).mockImplementation(keep)
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  vi.spyOn(process, 'emitWarning').mockImplementation(keep)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await bed.stop()
})

function leaks(values: readonly unknown[]): string[] {
  const text = [...[bed.telegram, bed.events, bed.counts, ...values].map(everythingOf), ...printed].join('\n')
  const secrets = { token: bed.fake.token, secret: SECRET, person: String(PERSON), said: TEXT }
  return Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [name] : []))
}

const update = (message: object) => JSON.stringify({ update_id: 1, message })
const chat = { id: PERSON, type: 'private' }

test.each([
  ['half of an update', update({ chat, message_id: 1, date: 1, text: TEXT }).slice(0, -1)],
  ['a message without a date', update({ chat, message_id: 1, text: TEXT })],
  ['a date that is a text', update({ chat, message_id: 1, date: TEXT, text: TEXT })],
  ['a text where the update should be', JSON.stringify(TEXT)],
])('%s', async (_, body) => {
  const answered = await bed.server.inject({
    method: 'POST',
    url: '/webhooks/telegram',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    payload: body,
  })
  expect(bed.counts).toEqual({ nonsense: 1 })
  expect(answered.body).toBe('')
  expect(leaks([answered.headers])).toEqual([])
})

test('a forged call that holds the secret in its body', async () => {
  expect(await bed.post(JSON.stringify({ secret: SECRET, text: TEXT }), ['x'])).toBe(401)
  expect(leaks([])).toEqual([])
})

test('an event that cannot be committed, and one that is given up', async () => {
  bed.receive((inbound) => {
    if (inbound.address.reveal() === '8') return Promise.resolve()
    bed.fake.personWrites(8, 'other')
    const error = Object.assign(new Error(`could not keep ${TEXT}`), { inbound })
    return Promise.reject(Object.assign(error, { cause: new Error(String(PERSON)) }))
  })
  bed.fake.personWrites(PERSON, TEXT)
  await bed.fake.idle()
  expect(bed.events).toEqual(['telegram.updateGivenUp'])
  expect(leaks([])).toEqual([])
})

test('what is heard, and asides that Telegram refuses with words of its own', async () => {
  bed.fake.fail('answerCallbackQuery', { kind: 'error', code: 400, description: TEXT })
  bed.fake.fail('leaveChat', { kind: 'cut' })
  bed.fake.personWrites(PERSON, TEXT)
  bed.fake.personPressesDeleted(PERSON, 'yes')
  bed.fake.botJoins(-5, 'group')
  await bed.fake.idle()
  await bed.telegram.stop()
  expect(bed.heard).toHaveLength(2)
  expect(leaks(bed.inbound)).toEqual([])
})

test('a token that is refused, and a line that is down at the start', async () => {
  bed.fake.fail('getMe', { kind: 'cut' })
  const first = await bed.telegram.start().catch((error: unknown) => error)
  await bed.telegram.stop()
  bed.fake.revokeToken()
  const second = await bed.telegram.start().catch((error: unknown) => error)
  expect(second).toBeInstanceOf(Error)
  expect(leaks([first, second])).toEqual([])
})
