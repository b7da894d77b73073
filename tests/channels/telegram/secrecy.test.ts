import { Api } from 'grammy'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBotApi } from '../../../src/channels/telegram/bot-api.ts'
import { createTelegram } from '../../../src/channels/telegram/create-telegram.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import type { Fault } from '../../fakes/telegram/serve.ts'
import { everythingOf } from './everything-of.ts'
import { type Bed, startBed } from './start-bot.ts'

/** The token, a chat id and a text must be in nothing that leaves the channel, whatever the line does. */

const PERSON = 7_070_707_070
const TEXT = 'a text that nobody may print'
const FAULTS: readonly Fault[] = [
  { kind: 'cut' },
  { kind: 'cutAfter' },
  { kind: 'html', status: 500 },
  { kind: 'html', status: 200 },
  { kind: 'garbage' },
  { kind: 'foreign', body: null },
  { kind: 'foreign', body: { ok: false } },
  { kind: 'foreign', body: { ok: true, result: [{ update_id: 1, message: { text: TEXT } }] } },
  { kind: 'redirect', to: 'http://127.0.0.1:9/' },
  { kind: 'error', code: 400, description: `Bad Request: ${TEXT}` },
  { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' },
  { kind: 'error', code: 418, description: TEXT },
  { kind: 'error', code: 500, description: TEXT },
  { kind: 'flood', seconds: 20 },
]

let bed: Bed
let printed: string[]
beforeEach(async () => {
  bed = await startBed()
  printed = []
  const keep = (...parts: unknown[]) => {
    printed.push(parts.map(everythingOf).join(' '))
    return true
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    vi.spyOn(console, name).mockImplementation(keep)
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  vi.spyOn(process, 'emitWarning').mockImplementation(keep)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await bed.stop()
})

/** Which secrets can be read in the values, in what was printed, or in the log: none may be. */
function leaks(values: readonly unknown[]): string[] {
  const text = [...values.map(everythingOf), ...printed, ...bed.events].join('\n')
  const secrets = {
    token: bed.fake.token,
    half: bed.fake.token.split(':')[1] ?? '?',
    person: String(PERSON),
    said: TEXT,
  }
  return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []))
}

test('the check itself finds a token where grammY leaks it', async () => {
  bed.fake.fail('getMe', { kind: 'cut' })
  const error: unknown = await new Api(bed.fake.token, { apiRoot: bed.fake.apiRoot })
    .getMe()
    .catch((e: unknown) => e)
  expect(everythingOf(error)).toContain(bed.fake.token)
})

test.each(FAULTS.map((fault) => [JSON.stringify(fault), fault] as const))('under %s', async (_, fault) => {
  const her = sensitive(String(PERSON))
  const { channel } = bed.telegram
  const message = { text: TEXT, choices: [{ id: TEXT, label: TEXT }], layout: 'buttons' } as const
  const mine = bed.fake.personWrites(PERSON, TEXT)
  bed.fake.fail('sendMessage', fault)
  bed.fake.fail('deleteMessages', fault, 3)
  bed.fake.fail('deleteMessage', fault, 3)
  bed.fake.fail('getUpdates', fault, 2)
  bed.fake.fail('answerCallbackQuery', fault, 3)
  const outcome = await channel.send(her, message)
  const count = await channel.forget(her, [sensitive(String(mine))])
  bed.fake.fail('getMe', fault)
  bed.fake.fail('deleteWebhook', fault)
  const start = await bed.telegram.start().catch((error: unknown) => error)
  bed.fake.personPressesDeleted(PERSON, 'yes')
  await bed.fake.until(() => bed.heard.some((line) => line.includes('choice')))
  await bed.telegram.stop()
  expect(leaks([outcome, count, start, bed.telegram, bed.inbound, bed.waits])).toEqual([])
})

test.each(FAULTS.map((fault) => [JSON.stringify(fault), fault] as const))(
  'already behind the edge to Telegram under %s',
  async (_, fault) => {
    const api = createBotApi(sensitive(bed.fake.token), bed.fake.apiRoot)
    bed.fake.fail('*', fault, 4)
    const refusals = [
      await api.sendMessage(PERSON, TEXT, undefined),
      await api.deleteMessages(PERSON, [1]),
      await api.answerCallbackQuery(TEXT),
      await api.leaveChat(PERSON),
    ].filter((answer) => !answer.ok)
    expect(leaks(refusals)).toEqual([])
  },
)

test('when an event cannot be committed, the reason is not repeated', async () => {
  bed.receive((inbound) =>
    Promise.reject(
      Object.assign(new Error(`could not keep ${TEXT}`), { inbound, cause: new Error(String(PERSON)) }),
    ),
  )
  bed.fake.personWrites(PERSON, TEXT)
  await bed.telegram.start()
  await bed.fake.until(() => bed.events.includes('telegram.updatesWaiting'))
  await bed.telegram.stop()
  expect(leaks([bed.telegram])).toEqual([])
})

test('when the token is refused, the fault says what to do and nothing else', async () => {
  bed.fake.revokeToken()
  const fault = await bed.telegram.start().catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(Error)
  expect(fault).not.toHaveProperty('cause')
  expect(leaks([fault])).toEqual([])
})

test('when the address of the API is no address at all', async () => {
  for (const apiRoot of ['not an address', 'http://', 'ftp://127.0.0.1', 'http://127.0.0.1:1/']) {
    const telegram = createTelegram({
      token: sensitive(bed.fake.token),
      apiRoot,
      clock: bed.clock,
      log: { event: (code) => printed.push(code) },
      receive: async () => {},
      wait: () => new Promise(setImmediate),
    })
    const outcome = await telegram.channel.send(sensitive(String(PERSON)), {
      text: TEXT,
      choices: [],
      layout: 'none',
    })
    const start = await telegram.start().catch((error: unknown) => error)
    await telegram.stop()
    expect(outcome).toEqual({ kind: 'later' })
    expect(leaks([outcome, start])).toEqual([])
  }
})
