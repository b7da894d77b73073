import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Choice, Message } from '../../../src/conversation/message.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { createBotApi } from '../../../src/channels/telegram/bot-api.ts'
import { createSendVoice } from '../../../src/channels/telegram/send-voice.ts'
import { aVoice } from '../../a-voice.ts'
import { type Bed, startBed } from './start-bot.ts'

let bed: Bed
beforeEach(async () => {
  bed = await startBed()
  bed.fake.personWrites(7, 'hello')
})
afterEach(async () => {
  vi.useRealTimers()
  await bed.stop()
})

const her = sensitive('7')
const plain = (text: string): Message => ({ text, choices: [], layout: 'none' })
const asking = (choices: readonly Choice[], layout: Message['layout'] = 'buttons'): Message => ({
  text: 'Hello',
  choices,
  layout,
})
const last = () => bed.fake.chat(7).at(-1)
const rows = () => last()?.buttons.map((row) => row.map((button) => button.text))

test('a message arrives as plain text without a link preview, and its id comes back', async () => {
  const outcome = await bed.telegram.channel.send(her, plain('*Not* <b>markup</b> https://example.org'))
  expect(last()).toMatchObject({ from: 'bot', text: '*Not* <b>markup</b> https://example.org', buttons: [] })
  expect(outcome.kind === 'sent' && outcome.messageId?.reveal()).toBe(String(last()?.id))
  expect(bed.fake.callsOf('sendMessage')[0]?.payload).toEqual({
    chat_id: 7,
    text: '*Not* <b>markup</b> https://example.org',
    link_preview_options: { is_disabled: true },
  })
})

test('choices stand one a row, two short neighbours side by side', async () => {
  await bed.telegram.channel.send(
    her,
    asking([
      { id: 'yes', label: 'Yes' },
      { id: 'no', label: 'No' },
      { id: 'long', label: 'Find a clinic near me' },
      { id: 'menu', label: 'Menu' },
      { id: 'other', label: 'I want to talk to a person' },
      { id: 'exit', label: 'Exit' },
    ]),
  )
  expect(rows()).toEqual([
    ['Yes', 'No'],
    ['Find a clinic near me'],
    ['Menu'],
    ['I want to talk to a person'],
    ['Exit'],
  ])
  expect(last()?.buttons[0]?.[0]?.callback_data).toBe('yes')
})

test('a list becomes buttons too, and numbers in the text stay without a keyboard', async () => {
  const ten = Array.from({ length: 10 }, (_, n) => ({ id: `area:${n}`, label: `Area number ${n}` }))
  await bed.telegram.channel.send(her, {
    ...asking(ten, 'list'),
    listLabel: 'Areas',
    placeLabel: 'Share my place',
  })
  expect(rows()).toHaveLength(10)
  await bed.telegram.channel.send(her, asking(ten, 'none'))
  expect(rows()).toEqual([])
})

test('a place is never asked for by a reply keyboard, which would stay on the screen after an exit', async () => {
  await bed.telegram.channel.send(her, { ...plain('Where?'), placeLabel: 'Share my place' })
  expect(bed.fake.callsOf('sendMessage')[0]?.payload).not.toHaveProperty('reply_markup')
})

test.each<[string, Message]>([
  ['a text of 4097 characters', plain('x'.repeat(4097))],
  ['an empty text', plain(' \n')],
  ['a choice id of 65 bytes', asking([{ id: 'ß'.repeat(32) + 'x', label: 'Yes' }])],
  ['an empty choice id', asking([{ id: '', label: 'Yes' }])],
  ['an empty label', asking([{ id: 'yes', label: ' ' }])],
  ['101 choices', asking(Array.from({ length: 101 }, (_, n) => ({ id: `${n}`, label: `${n}` })))],
])('%s is refused without asking Telegram', async (_, message) => {
  expect(await bed.telegram.channel.send(her, message)).toEqual({ kind: 'refused' })
  expect(bed.fake.callsOf('sendMessage')).toEqual([])
})

test('what is just inside the limits is taken by Telegram', async () => {
  expect((await bed.telegram.channel.send(her, plain('x'.repeat(4096)))).kind).toBe('sent')
  const most = Array.from({ length: 100 }, (_, n) => ({ id: `${'ß'.repeat(30)}${n}`, label: `${n}` }))
  expect((await bed.telegram.channel.send(her, asking(most))).kind).toBe('sent')
  expect((await bed.telegram.channel.send(her, asking([{ id: 'ß'.repeat(32), label: 'Yes' }]))).kind).toBe(
    'sent',
  )
  expect(bed.fake.refusals()).toEqual([])
})

test('an address that is no private chat is refused', async () => {
  for (const address of ['-1001', '@somebody', '', 'x', '7 ', '1e3']) {
    expect(await bed.telegram.channel.send(sensitive(address), plain('Hello'))).toEqual({ kind: 'refused' })
  }
  expect(bed.fake.calls).toEqual([])
})

test('a person who blocked the bot, deleted the account, or was never there is gone', async () => {
  bed.fake.personBlocks(7)
  expect(await bed.telegram.channel.send(her, plain('Hello'))).toEqual({ kind: 'gone' })
  bed.fake.personWrites(8, 'hello')
  bed.fake.personDeletesAccount(8)
  expect(await bed.telegram.channel.send(sensitive('8'), plain('Hello'))).toEqual({ kind: 'gone' })
  expect(await bed.telegram.channel.send(sensitive('9'), plain('Hello'))).toEqual({ kind: 'gone' })
})

test('a long 429 is handed to the courier with its time, at once', async () => {
  bed.fake.fail('sendMessage', { kind: 'flood', seconds: 40 })
  expect(await bed.telegram.channel.send(her, plain('Hello'))).toEqual({ kind: 'later', afterMs: 40_000 })
  expect(bed.fake.callsOf('sendMessage')).toHaveLength(1)
})

test('a short 429 is waited out here', async () => {
  const real = globalThis.setTimeout
  const asked: (number | undefined)[] = []
  const timer = vi.spyOn(globalThis, 'setTimeout').mockImplementation((then, ms) => {
    asked.push(ms)
    return real(then, ms === 2_000 ? 0 : ms)
  })
  bed.fake.fail('sendMessage', { kind: 'flood', seconds: 2 })
  expect((await bed.telegram.channel.send(her, plain('Hello'))).kind).toBe('sent')
  timer.mockRestore()
  expect(asked).toContain(2_000)
  expect(bed.fake.callsOf('sendMessage')).toHaveLength(2)
  expect(last()?.text).toBe('Hello')
})

test('a short 429 that comes again is handed on with its time', async () => {
  bed.fake.fail('sendMessage', { kind: 'flood', seconds: 1 }, 2)
  const real = globalThis.setTimeout
  const timer = vi
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation((then, ms) => real(then, ms === 1_000 ? 0 : ms))
  const outcome = await bed.telegram.channel.send(her, plain('Hello'))
  timer.mockRestore()
  expect(outcome).toEqual({ kind: 'later', afterMs: 1_000 })
  expect(bed.fake.callsOf('sendMessage')).toHaveLength(2)
})

test('the channel asks to be paced: three messages at once, then one a second', () => {
  expect(bed.telegram.channel.pace).toEqual({ burst: 3, everyMs: 1_000 })
})

test('an answer that never comes is given up within the 30 seconds that a channel may take', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  bed.fake.fail('sendMessage', { kind: 'silent' })
  let calledAt = false
  const sending = bed.telegram.channel.send(her, plain('Hello')).finally(() => {
    calledAt = true
  })
  await new Promise(setImmediate)
  vi.advanceTimersByTime(11_000)
  await new Promise(setImmediate)
  expect(calledAt).toBe(false)
  vi.advanceTimersByTime(19_000)
  expect(await sending).toEqual({ kind: 'later' })
})

test.each([
  ['a proxy page', { kind: 'html', status: 502 }],
  ['a 500', { kind: 'error', code: 500, description: 'Internal Server Error: restart' }],
  ['broken JSON', { kind: 'garbage' }],
  ['null', { kind: 'foreign', body: null }],
  ['a foreign answer', { kind: 'foreign', body: { status: 'up' } }],
  ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' }],
  ['a cut line', { kind: 'cut' }],
  ['a line cut after the message was taken', { kind: 'cutAfter' }],
] as const)('%s means later', async (_, fault) => {
  bed.fake.fail('sendMessage', fault)
  expect(await bed.telegram.channel.send(her, plain('Hello'))).toEqual({ kind: 'later' })
  expect(bed.fake.callsOf('sendMessage').length).toBeLessThanOrEqual(1)
})

test('a 400 is refused for good; a revoked token waits for the operator', async () => {
  bed.fake.fail('sendMessage', { kind: 'error', code: 400, description: 'Bad Request: something new' })
  expect(await bed.telegram.channel.send(her, plain('Hello'))).toEqual({ kind: 'refused' })
  bed.fake.revokeToken()
  expect(await bed.telegram.channel.send(her, plain('Hello'))).toEqual({ kind: 'later', afterMs: 60_000 })
})

test('a server that is not there means later', async () => {
  await bed.fake.stop()
  expect(await bed.telegram.channel.send(her, plain('Hello'))).toEqual({ kind: 'later' })
})

test('a recorded page is uploaded once and then sent by its id, until Telegram knows it no more', async () => {
  const sound = aVoice()
  const say = createSendVoice(createBotApi(sensitive(bed.fake.token), bed.fake.apiRoot), (voice) =>
    voice === 'en/menu.start' ? sound : undefined,
  )
  const first = await say(her, 'en/menu.start')
  expect(first.kind === 'sent' && first.messageId?.reveal()).toBe(String(last()?.id))
  await say(her, 'en/menu.start')
  const sent = () => bed.fake.callsOf('sendVoice').map(({ payload }) => typeof payload['voice'])
  expect(sent()).toEqual(['object', 'string'])
  bed.fake.forgetRecordings()
  expect(await say(her, 'en/menu.start')).toEqual({ kind: 'later' })
  expect((await say(her, 'en/menu.start')).kind).toBe('sent')
  expect(sent()).toEqual(['object', 'string', 'string', 'object'])
  expect(await say(her, 'en/menu.more')).toEqual({ kind: 'refused' })
  bed.fake.personBlocks(7)
  expect(await say(her, 'en/menu.start')).toEqual({ kind: 'gone' })
})
