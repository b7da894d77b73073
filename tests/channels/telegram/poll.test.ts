import { afterEach, beforeEach, expect, test } from 'vitest'
import { ALLOWED_UPDATES } from '../../../src/channels/telegram/bot-api.ts'
import { TOKEN_REFUSED } from '../../../src/channels/telegram/inlets/token-refused.ts'
import { type Bed, startBed, told } from './start-bot.ts'

let bed: Bed
beforeEach(async () => {
  bed = await startBed()
})
afterEach(() => bed.stop())

const said = (line: string) => () => bed.heard.includes(line)

test('a message is heard, and confirmed only after it was committed', async () => {
  const commit = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  bed.receive(() => {
    begun.resolve()
    return commit.promise
  })
  await bed.telegram.start()
  bed.fake.personWrites(7, '/start')
  await begun.promise
  expect(bed.fake.pending()).toHaveLength(1)
  commit.resolve()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hello'])
  expect(bed.events).toEqual(['telegram.polling'])
})

test('polls ask for the four kinds of updates and nothing else, and wait 25 to 50 seconds', async () => {
  await bed.telegram.start()
  await bed.fake.idle()
  const payload = bed.fake.callsOf('getUpdates')[0]?.payload
  expect(payload?.['allowed_updates']).toEqual([...ALLOWED_UPDATES])
  expect(ALLOWED_UPDATES).toEqual(['message', 'edited_message', 'callback_query', 'my_chat_member'])
  expect(payload?.['timeout']).toBeGreaterThanOrEqual(25)
  expect(payload?.['timeout']).toBeLessThanOrEqual(50)
})

test('a webhook set elsewhere is removed at start, and what waited is not dropped', async () => {
  bed.fake.personWrites(7, 'waited')
  bed.fake.setWebhook('https://old.example/hook')
  await bed.telegram.start()
  await bed.fake.until(said('7 text waited'))
  expect(bed.fake.webhookUrl()).toBe('')
})

test('one chat keeps its order while another chat does not wait for it', async () => {
  const slow = Promise.withResolvers<void>()
  bed.receive((event) => (told(event) === '7 text first' ? slow.promise : Promise.resolve()))
  bed.fake.personWrites(7, 'first')
  bed.fake.personWrites(7, 'second')
  bed.fake.personWrites(8, 'other')
  await bed.telegram.start()
  await expect.poll(() => bed.heard).toEqual(['8 text other'])
  slow.resolve()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['8 text other', '7 text first', '7 text second'])
})

test('every kind of event comes through, and every press is answered without a text', async () => {
  await bed.telegram.start()
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  const to = bed.inbound[0]?.address
  if (to === undefined) throw new Error('nothing was heard')
  await bed.telegram.channel.send(to, {
    text: 'Hello. Is this a good moment to read?',
    choices: [{ id: 'yes', label: 'Yes, go on' }],
    layout: 'buttons',
  })
  const press = bed.fake.personPresses(7, 'Yes, go on')
  const gone = bed.fake.personPressesDeleted(7, 'old')
  bed.fake.personShares(7, { latitude: 1.239, longitude: 2.001 })
  bed.fake.personSends(7, 'photo', [{ file_id: 'x' }])
  bed.fake.personBlocks(7)
  bed.fake.personUnblocks(7)
  await bed.fake.idle()
  expect(bed.heard).toEqual([
    '7 text hello',
    '7 choice yes',
    '7 choice old',
    '7 place 1.24,2',
    '7 unsupported',
    '7 blocked',
  ])
  await bed.fake.until(() => bed.fake.pressWasAnswered(press) && bed.fake.pressWasAnswered(gone))
  for (const { payload } of bed.fake.callsOf('answerCallbackQuery')) {
    expect(Object.keys(payload)).toEqual(['callback_query_id'])
  }
  expect(bed.fake.refusals()).toEqual([])
})

test('a press is answered even while its event cannot be committed', async () => {
  bed.fake.personWrites(7, 'hello')
  await bed.telegram.start()
  await bed.fake.idle()
  bed.receive(() => Promise.reject(new Error('store is down')))
  const press = bed.fake.personPressesDeleted(7, 'yes')
  await bed.fake.until(() => bed.fake.pressWasAnswered(press))
  expect(bed.heard).toEqual(['7 text hello'])
})

test('the bot leaves groups and channels and hears nothing of them', async () => {
  await bed.telegram.start()
  bed.fake.botJoins(-5, 'group')
  bed.fake.groupWrites(-5, 'who are you?')
  bed.fake.botJoins(-1_000_000_000_001, 'channel')
  await bed.fake.until(() => !bed.fake.botIsIn(-5) && !bed.fake.botIsIn(-1_000_000_000_001))
  await bed.fake.idle()
  expect(bed.heard).toEqual([])
  expect(bed.events).toContain('telegram.leftGroup')
  expect(bed.fake.callsOf('sendMessage')).toEqual([])
})

test('an edit makes no turn', async () => {
  await bed.telegram.start()
  const id = bed.fake.personWrites(7, 'hepl')
  bed.fake.personEdits(7, id, 'help')
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hepl'])
})

test('what was not committed when the process died comes again to the next one', async () => {
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
  await bed.telegram.start()
  await begun.promise
  const before = bed.inbound[0]?.eventId.reveal()
  // The process is gone without a word: its answer was never confirmed.
  bed.receive(async () => {})
  const next = bed.another()
  await next.start()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text before', '7 text before', '7 text in the middle', '7 text after'])
  // The repeat carries the same event id, by which the turn knows it.
  expect(bed.inbound[1]?.eventId.reveal()).toBe(before)
  await next.stop()
  never.reject(new Error('dead'))
})

test('a stop commits what was begun, confirms it, and leaves the rest', async () => {
  const commit = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  bed.receive(() => {
    begun.resolve()
    return commit.promise
  })
  bed.fake.personWrites(7, 'first')
  bed.fake.personWrites(7, 'second')
  await bed.telegram.start()
  await begun.promise
  const stopped = bed.telegram.stop()
  commit.resolve()
  await stopped
  expect(bed.heard).toEqual(['7 text first'])
  expect(bed.fake.pending()).toHaveLength(1)
  bed.receive(async () => {})
  await bed.telegram.start()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text first', '7 text second'])
})

test('a stop ends an open poll at once', async () => {
  await bed.telegram.start()
  await bed.fake.idle()
  await bed.telegram.stop()
  await bed.telegram.stop()
  expect(bed.fake.callsOf('getUpdates')).toHaveLength(1)
})

test('a failing commit is tried again with growing pauses, in order', async () => {
  let failures = 3
  bed.receive(() => {
    failures -= 1
    return failures >= 0 ? Promise.reject(new Error('busy')) : Promise.resolve()
  })
  bed.fake.personWrites(7, 'one')
  bed.fake.personWrites(7, 'two')
  await bed.telegram.start()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text one', '7 text two'])
  expect(bed.waits).toEqual([200, 400, 800])
})

test('while nothing can be committed nothing is given up, however long it takes', async () => {
  let tries = 0
  bed.receive(() => {
    tries += 1
    return Promise.reject(new Error('disk is full'))
  })
  bed.fake.personWrites(7, 'help me')
  bed.fake.personWrites(8, 'help me too')
  await bed.telegram.start()
  await bed.fake.until(() => tries > 60)
  expect(bed.fake.pending()).toHaveLength(2)
  expect(bed.events).toEqual(['telegram.updatesWaiting'])
  expect(Math.max(...bed.waits)).toBe(5_000)
  bed.receive(async () => {})
  await bed.fake.idle()
  expect(bed.heard.toSorted()).toEqual(['7 text help me', '8 text help me too'])
  expect(bed.events).toEqual(['telegram.updatesWaiting', 'telegram.polling'])
})

test('an update that alone fails again and again holds up nobody and is given up in the end', async () => {
  let tries = 0
  bed.receive((event) => {
    if (told(event) !== '7 text poison') return Promise.resolve()
    tries += 1
    return Promise.reject(new Error('poison'))
  })
  await bed.telegram.start()
  bed.fake.personWrites(7, 'poison')
  for (let n = 0; n < 4; n += 1) {
    const before = tries
    bed.fake.personWrites(n === 0 ? 7 : 8, `after ${n}`)
    await bed.fake.until(() => bed.heard.some((line) => line.endsWith(`after ${n}`)))
    if (!bed.events.includes('telegram.updateGivenUp')) await bed.fake.until(() => tries > before)
  }
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text after 0', '8 text after 1', '8 text after 2', '8 text after 3'])
  expect(bed.events.filter((event) => event === 'telegram.updateGivenUp')).toHaveLength(1)
})

test('an update without the published form is skipped, the others are not', async () => {
  bed.fake.personWrites(7, 'before')
  bed.fake.pushUpdate({ update_id: 731_000_050, message: { message_id: 'x', chat: null, text: ['?'] } })
  bed.fake.pushUpdate({ update_id: 731_000_051, some_update_of_the_future: { id: 1 } })
  bed.fake.personWrites(7, 'after')
  await bed.telegram.start()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text before', '7 text after'])
  expect(bed.events).toEqual(['telegram.updateUnreadable', 'telegram.polling'])
})

test('a poller elsewhere is told to the operator once and waited out ever more calmly', async () => {
  const conflict = {
    kind: 'error',
    code: 409,
    description: 'Conflict: terminated by other getUpdates request',
  } as const
  bed.fake.personWrites(7, 'before')
  await bed.telegram.start()
  await bed.fake.idle()
  bed.fake.fail('getUpdates', conflict, 6)
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  bed.fake.personWrites(7, 'again')
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text before', '7 text hello', '7 text again'])
  expect(bed.waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  expect(bed.events).toEqual(['telegram.polling', 'telegram.anotherPoller', 'telegram.polling'])
})

test('a second process with the same token meets a conflict instead of a share of the messages', async () => {
  await bed.telegram.start()
  await bed.fake.idle()
  const second = bed.another()
  await second.start()
  await bed.fake.until(() => bed.events.includes('telegram.anotherPoller'))
  await second.stop()
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hello'])
})

test('a webhook that is set while we poll is told to the operator', async () => {
  await bed.telegram.start()
  await bed.fake.idle()
  bed.fake.setWebhook('https://other.example/hook')
  await bed.fake.until(() => bed.events.includes('telegram.webhookSet'))
  bed.fake.setWebhook('')
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hello'])
  expect(bed.events.at(-1)).toBe('telegram.polling')
})

test('a token that Telegram refuses stops the start with what to do', async () => {
  bed.fake.revokeToken()
  await expect(bed.telegram.start()).rejects.toMatchObject({
    code: TOKEN_REFUSED,
    message: expect.stringContaining('TELEGRAM_BOT_TOKEN'),
  })
  expect(bed.fake.calls).toEqual([])
})

test('a token that is revoked later is told once, and polling goes on trying calmly', async () => {
  await bed.telegram.start()
  await bed.fake.idle()
  bed.fake.revokeToken()
  bed.fake.personWrites(7, 'hello')
  await expect.poll(() => bed.waits.length).toBeGreaterThan(3)
  expect(bed.waits.slice(0, 3)).toEqual([30_000, 60_000, 60_000])
  expect(bed.events.filter((event) => event === 'telegram.tokenRefused')).toHaveLength(1)
})

test('a line that is down at the start is waited out', async () => {
  bed.fake.fail('getMe', { kind: 'cut' }, 2)
  bed.fake.fail('deleteWebhook', { kind: 'html', status: 503 })
  bed.fake.personWrites(7, 'hello')
  await bed.telegram.start()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hello'])
  expect(bed.events).toEqual(['telegram.unreachable', 'telegram.polling'])
})

test.each([
  ['a proxy page', { kind: 'html', status: 502 }],
  ['broken JSON', { kind: 'garbage' }],
  ['an answer that is no list', { kind: 'foreign', body: { ok: true, result: 'x' } }],
  ['updates without numbers', { kind: 'foreign', body: { ok: true, result: [{ message: {} }] } }],
  ['a cut line', { kind: 'cut' }],
] as const)('%s instead of updates loses nothing', async (_, fault) => {
  bed.fake.fail('getUpdates', fault, 2)
  bed.fake.personWrites(7, 'hello')
  await bed.telegram.start()
  await bed.fake.idle()
  expect(bed.heard).toEqual(['7 text hello'])
  expect(bed.waits).toEqual([1_000, 2_000])
})

test('a 429 on polling is waited out with its own time', async () => {
  bed.fake.fail('getUpdates', { kind: 'flood', seconds: 33 })
  await bed.telegram.start()
  await bed.fake.idle()
  expect(bed.waits).toEqual([33_000])
})

test('a thousand messages of fifty people arrive once each, in order for each', async () => {
  for (let n = 0; n < 1_000; n += 1) bed.fake.personWrites(1 + (n % 50), `m${String(n).padStart(4, '0')}`)
  await bed.telegram.start()
  await bed.fake.idle()
  expect(new Set(bed.heard).size).toBe(1_000)
  expect(bed.heard).toHaveLength(1_000)
  for (let person = 1; person <= 50; person += 1) {
    const lines = bed.heard.filter((line) => line.startsWith(`${person} `))
    expect(lines).toEqual(lines.toSorted())
  }
})
