import { afterEach, beforeEach, expect, test } from 'vitest'
import { TOKEN_REFUSED } from '../../../src/channels/telegram/inlets/token-refused.ts'
import { told } from './start-bot.ts'
import { PATH, SECRET, startWebhookBed, type WebhookBed } from './start-webhook.ts'

let bed: WebhookBed
beforeEach(async () => {
  bed = await startWebhookBed()
})
afterEach(() => bed.stop())

const statuses = () => bed.fake.posts.map(({ status }) => status)

test('the start asks whether the token works, and neither polls nor touches the webhook', async () => {
  await bed.telegram.start()
  bed.fake.personWrites(7, '/start')
  await bed.fake.idle()
  expect(bed.fake.calls.map(({ method }) => method)).toEqual(['getMe'])
  expect(bed.events).toEqual(['telegram.listening'])
  expect(bed.heard).toEqual(['7 text hello'])
  expect(bed.counts).toEqual({ taken: 1 })
})

test('Telegram is answered only after the commit', async () => {
  const commit = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  bed.receive(() => {
    begun.resolve()
    return commit.promise
  })
  bed.fake.personWrites(7, 'hello')
  await begun.promise
  expect(statuses()).toEqual([])
  expect(bed.fake.pending()).toHaveLength(1)
  commit.resolve()
  await bed.fake.idle()
  expect(statuses()).toEqual([200])
})

test('every kind of event comes through, and every press is answered without a text', async () => {
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  const to = bed.inbound[0]?.address
  if (to === undefined) throw new Error('nothing was heard')
  await bed.telegram.channel.send(to, {
    text: 'Hello',
    choices: [{ id: 'yes', label: 'Yes, go on' }],
    layout: 'buttons',
  })
  const press = bed.fake.personPresses(7, 'Yes, go on')
  const gone = bed.fake.personPressesDeleted(7, 'old')
  bed.fake.personShares(7, { latitude: 1.239, longitude: 2.001 })
  for (const field of ['photo', 'voice', 'sticker', 'contact'])
    bed.fake.personSends(7, field, { file_id: 'x', phone_number: '+1' })
  const edited = bed.fake.personWrites(7, 'hepl')
  bed.fake.personEdits(7, edited, 'help')
  bed.fake.personBlocks(7)
  bed.fake.personUnblocks(7)
  await bed.fake.idle()
  expect(bed.heard).toEqual([
    '7 text hello',
    '7 choice yes',
    '7 choice old',
    '7 place 1.24,2',
    '7 unsupported',
    '7 unsupported',
    '7 unsupported',
    '7 unsupported',
    '7 text hepl',
    '7 blocked',
  ])
  await bed.telegram.stop()
  expect([press, gone].map((id) => bed.fake.pressWasAnswered(id))).toEqual([true, true])
  for (const { payload } of bed.fake.callsOf('answerCallbackQuery'))
    expect(Object.keys(payload)).toEqual(['callback_query_id'])
  expect(bed.fake.refusals()).toEqual([])
  expect(bed.counts).toEqual({ taken: statuses().length })
})

test('the bot leaves groups and channels and hears nothing of them', async () => {
  bed.fake.botJoins(-5, 'group')
  bed.fake.groupWrites(-5, 'who are you?')
  bed.fake.botJoins(-1_000_000_000_001, 'channel')
  await bed.fake.idle()
  await bed.telegram.stop()
  expect([bed.fake.botIsIn(-5), bed.fake.botIsIn(-1_000_000_000_001)]).toEqual([false, false])
  expect(bed.heard).toEqual([])
  expect(bed.events).toContain('telegram.leftGroup')
  expect(bed.fake.callsOf('sendMessage')).toEqual([])
  expect(new Set(statuses())).toEqual(new Set([200]))
})

test('one chat keeps its order while another chat does not wait for it', async () => {
  const slow = Promise.withResolvers<void>()
  bed.receive((event) => (told(event) === '7 text first' ? slow.promise : Promise.resolve()))
  bed.fake.personWrites(7, 'first')
  bed.fake.personWrites(7, 'second')
  bed.fake.personWrites(8, 'other')
  await bed.fake.until(() => bed.heard.length === 1)
  expect(bed.heard).toEqual(['8 text other'])
  slow.resolve()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['8 text other', '7 text first', '7 text second'])
})

test('an event that cannot be committed is asked for again until it can', async () => {
  let failures = 2
  bed.receive(() => {
    failures -= 1
    return failures >= 0 ? Promise.reject(new Error('busy')) : Promise.resolve()
  })
  bed.fake.personWrites(7, 'one')
  bed.fake.personWrites(7, 'two')
  await bed.fake.idle()
  expect(statuses()).toEqual([503, 503, 200, 200])
  expect(bed.heard).toEqual(['7 text one', '7 text two'])
  expect(bed.counts).toEqual({ waiting: 2, taken: 2 })
  expect(bed.events).toEqual([])
})

test('an event that alone fails again and again is given up, and the next one of its chat is heard', async () => {
  bed.receive((event) => {
    if (told(event) !== '7 text poison') return Promise.resolve()
    // Others are committed in between, so the fault is the event's own.
    bed.fake.personWrites(8, 'other')
    return Promise.reject(new Error('poison'))
  })
  bed.fake.personWrites(7, 'poison')
  bed.fake.personWrites(7, 'after')
  await bed.fake.idle()
  expect(bed.heard.filter((line) => line.startsWith('7'))).toEqual(['7 text after'])
  expect(bed.events).toEqual(['telegram.updateGivenUp'])
})

test('while nothing can be committed, nothing is given up', async () => {
  let tries = 0
  bed.receive(() => {
    tries += 1
    return Promise.reject(new Error('disk is full'))
  })
  bed.fake.personWrites(7, 'help me')
  bed.fake.personWrites(8, 'help me too')
  await bed.fake.until(() => tries >= 10)
  expect(bed.fake.pending()).toHaveLength(2)
  expect(bed.events).toEqual([])
  bed.receive(async () => {})
  await bed.fake.idle()
  expect(bed.heard.toSorted()).toEqual(['7 text help me', '8 text help me too'])
})

test('an answer that is lost on the way brings the same event id again, and the press is answered once', async () => {
  bed.fake.chaos.loseAnswers(1)
  const press = bed.fake.personPressesDeleted(7, 'yes')
  await bed.fake.idle()
  expect(statuses()).toEqual(['cut', 200])
  expect(bed.heard).toEqual(['7 choice yes', '7 choice yes'])
  expect(new Set(bed.inbound.map(({ eventId }) => eventId.reveal())).size).toBe(1)
  await bed.telegram.stop()
  expect(bed.fake.pressWasAnswered(press)).toBe(true)
  expect(bed.fake.callsOf('answerCallbackQuery')).toHaveLength(1)
})

test('the memory of answered presses is bounded', async () => {
  const press = (n: number) => ({
    update_id: n,
    callback_query: {
      id: `q${n}`,
      data: 'x',
      message: { message_id: 1, date: 0, chat: { id: 7, type: 'private' } },
    },
  })
  const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET }
  for (const n of [...Array.from({ length: 1_001 }, (_, at) => at + 1), 2, 1])
    await bed.server.inject({ method: 'POST', url: PATH, headers, payload: press(n) })
  await bed.telegram.stop()
  const answered = bed.fake.callsOf('answerCallbackQuery').map(({ payload }) => payload['callback_query_id'])
  expect(answered).toHaveLength(1_002)
  expect(answered.filter((id) => id === 'q1')).toHaveLength(2)
})

test('what was not committed when the process died comes to the next one, on another port', async () => {
  const begun = Promise.withResolvers<void>()
  const never = Promise.withResolvers<void>()
  bed.receive((event) => {
    if (told(event) !== '7 text in the middle') return Promise.resolve()
    begun.resolve()
    return never.promise
  })
  bed.fake.personWrites(7, 'before')
  bed.fake.personWrites(7, 'in the middle')
  bed.fake.personWrites(7, 'after')
  await begun.promise
  bed.receive(async () => {})
  const restarted = bed.restart()
  never.reject(new Error('dead'))
  await restarted
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text before', '7 text in the middle', '7 text after'])
})

test('a stop waits for the answers to presses, and what comes after it is for the next process', async () => {
  bed.fake.fail('answerCallbackQuery', { kind: 'slow', ms: 30 })
  const press = bed.fake.personPressesDeleted(7, 'yes')
  await bed.fake.idle()
  await bed.telegram.stop()
  expect(bed.fake.pressWasAnswered(press)).toBe(true)
  bed.fake.personWrites(7, 'late')
  await bed.fake.until(() => statuses().at(-1) === 503)
  expect(bed.heard).toEqual(['7 choice yes'])
  await bed.restart()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 choice yes', '7 text late'])
})

test('a stop waits for what is being committed', async () => {
  const commit = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  bed.receive(() => {
    begun.resolve()
    return commit.promise
  })
  bed.fake.personWrites(7, 'hello')
  await begun.promise
  let stopped = false
  const stopping = bed.telegram.stop().then(() => (stopped = true))
  await new Promise(setImmediate)
  expect(stopped).toBe(false)
  commit.resolve()
  await stopping
  expect(bed.heard).toEqual(['7 text hello'])
})

test('a token that Telegram refuses stops the start with what to do', async () => {
  bed.fake.revokeToken()
  await expect(bed.telegram.start()).rejects.toMatchObject({
    name: 'TelegramFault',
    code: TOKEN_REFUSED,
    message: expect.stringContaining('TELEGRAM_BOT_TOKEN'),
  })
})

test('a line that is down does not stop the start, holds up no message, and is told when it is over', async () => {
  bed.fake.fail('getMe', { kind: 'cut' }, 2)
  bed.fake.fail('getMe', { kind: 'flood', seconds: 33 })
  bed.fake.fail('getMe', { kind: 'foreign', body: { ok: true, result: 'nobody' } })
  await bed.telegram.start()
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hello'])
  await expect.poll(() => bed.events).toContain('telegram.listening')
  expect(bed.waits).toEqual([1_000, 2_000, 33_000, 1_000])
  expect(bed.events).toEqual([
    'telegram.unreachable',
    'telegram.slowedDown',
    'telegram.unreachable',
    'telegram.listening',
  ])
})

test('a stop ends the waiting for a line that is down', async () => {
  bed.fake.fail('getMe', { kind: 'cut' }, 1_000_000)
  await bed.telegram.start()
  await bed.waited(3)
  await bed.telegram.stop()
  const calls = bed.waits.length
  await new Promise(setImmediate)
  expect(bed.waits).toHaveLength(calls)
})

test('a thousand messages of fifty people arrive once each, in order for each', async () => {
  bed.fake.chaos.hold()
  for (let n = 0; n < 1_000; n += 1) bed.fake.personWrites(1 + (n % 50), `m${String(n).padStart(4, '0')}`)
  bed.fake.chaos.release('newestChatFirst')
  await bed.fake.idle()
  expect(new Set(bed.heard).size).toBe(1_000)
  expect(bed.heard).toHaveLength(1_000)
  for (let person = 1; person <= 50; person += 1) {
    const lines = bed.heard.filter((line) => line.startsWith(`${person} `))
    expect(lines).toEqual(lines.toSorted())
  }
})
