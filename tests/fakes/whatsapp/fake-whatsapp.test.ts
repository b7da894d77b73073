import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts'
import { isObject, type Payload } from './graph-answer.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** What may be sent. The fake must refuse what Meta refuses, or every test that leans on it proves less than it says. */

const HER = '999000000001'
const clock = { time: 0, now: () => clock.time }
let receiver: Receiver
let fake: FakeWhatsApp

beforeEach(async () => {
  clock.time = Date.UTC(2026, 2, 1)
  receiver = await startReceiver('secret')
  fake = await startFakeWhatsApp({
    clock,
    webhook: receiver.url,
    appSecret: 'secret',
    verifyToken: 'verify',
    numbers: ['111', '222'],
    pairRate: true,
    perSecond: 80,
  })
  fake.personWrites(HER, 'hello')
})
afterEach(async () => {
  await fake.stop()
  await receiver.stop()
})

interface Options {
  path?: string
  token?: string
  type?: string
}

async function post(body: unknown, { path = 'v25.0/111/messages', token, type }: Options = {}) {
  const response = await fetch(`${fake.apiUrl}/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${token ?? fake.accessToken}`,
      'content-type': type ?? 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  return { status: response.status, headers: response.headers, body: isObject(answer) ? answer : {} }
}

const base = { messaging_product: 'whatsapp', recipient_type: 'individual', to: HER }
const text = (body: string, more: Payload = {}) => ({ ...base, type: 'text', text: { body }, ...more })
const interactive = (content: Payload) => ({ ...base, type: 'interactive', interactive: content })
const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } })
const buttons = (...list: unknown[]) =>
  interactive({ type: 'button', body: { text: 'x' }, action: { buttons: list } })
const list = (...sections: unknown[]) =>
  interactive({ type: 'list', body: { text: 'x' }, action: { button: 'Choose', sections } })
const rows = (count: number, first = 0) =>
  Array.from({ length: count }, (_, n) => ({ id: `r${first + n}`, title: `Row ${first + n}` }))

const refused = (code: number, details: RegExp | string = '', status = 400) =>
  expect.objectContaining({
    status,
    body: {
      error: {
        message: expect.stringContaining(`(#${code})`),
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details: expect.stringMatching(details) },
        fbtrace_id: expect.stringMatching(/^A/),
      },
    },
  })

describe('a send', () => {
  test('is answered with her number and an id that contains it, and stands on her screen', async () => {
    const { status, body } = await post(text('Good day'))
    expect(status).toBe(200)
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: HER, wa_id: HER }],
      messages: [{ id: fake.sends[0]?.wamid }],
    })
    const [prefix, frame = ''] = (fake.sends[0]?.wamid ?? '').split('.')
    expect(prefix).toBe('wamid')
    expect(Buffer.from(frame, 'base64').toString()).toContain(HER)
    expect(fake.sends).toMatchObject([{ number: '111', to: HER, body: text('Good day'), at: clock.time }])
    expect(fake.screen(HER)).toMatchObject([
      { from: 'person', text: 'hello', kind: 'text', number: '111' },
      { from: 'bot', text: 'Good day', kind: 'text', number: '111', buttons: [] },
    ])
    expect(fake.refusals()).toEqual([])
  })

  test('may go to her BSUID instead, which then is all that the answer names', async () => {
    fake.person(HER, { bsuid: 'XX.5', hidesPhone: true })
    const { body } = await post({
      messaging_product: 'whatsapp',
      recipient: 'XX.5',
      type: 'text',
      text: { body: 'x' },
    })
    expect(body['contacts']).toEqual([{ input: 'XX.5', user_id: 'XX.5' }])
    expect(fake.sends).toMatchObject([{ to: HER }])
  })

  test('may be of up to 3 buttons, a list of 10 rows in sections, or a request for a place', async () => {
    const parts = { header: { type: 'text', text: 'h' }, footer: { text: 'f' } }
    const three = [reply('a', 'One'), reply('b', 'Two 🌻'), reply('c', 'x'.repeat(20))]
    const two = [
      { title: 'First', rows: rows(5) },
      { title: 'Second', rows: [...rows(4, 5), { id: 'r9', title: 'Row 9', description: 'x'.repeat(72) }] },
    ]
    const place = { type: 'location_request_message', body: { text: 'x' }, action: { name: 'send_location' } }
    const { interactive: content } = buttons(...three)
    for (const body of [
      interactive({ ...content, ...parts }),
      list(...two),
      interactive(place),
      list({ rows: rows(1) }),
    ])
      expect(await post(body)).toMatchObject({ status: 200 })
    const [, asked, chosen, located] = fake.screen(HER)
    expect(asked?.buttons.map(({ id, label }) => [id, label])).toContainEqual(['b', 'Two 🌻'])
    expect(chosen?.buttons).toHaveLength(10)
    expect(located).toMatchObject({ kind: 'location_request_message', buttons: [] })
  })

  test('that marks a message as read is kept apart', async () => {
    await post({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.x',
      typing_indicator: { type: 'text' },
    })
    expect(fake.receipts).toEqual([{ kind: 'receipt', messageId: 'wamid.x' }])
    expect(fake.sends).toEqual([])
  })
})

describe('refused is', () => {
  test.each<[string, Options, number, number]>([
    ['a wrong token', { token: 'x' }, 190, 401],
    ['an unknown number', { path: 'v25.0/333/messages' }, 100, 400],
    ['another version', { path: 'v24.0/111/messages' }, 100, 404],
    ['a query', { path: 'v25.0/111/messages?to=1' }, 100, 400],
    ['a body that is not told to be JSON', { type: 'text/plain' }, 100, 400],
  ])('%s', async (_, options, code, status) => {
    expect(await post(text('x'), options)).toEqual(refused(code, '', status))
  })

  test.each<[string, unknown, number, RegExp]>([
    ['half a body', '{"to":', 100, /JSON/],
    ['another product', text('x', { messaging_product: 'sms' }), 100, /messaging_product/],
    ['a group', text('x', { recipient_type: 'group' }), 100, /individual/],
    ['an unknown field', text('x', { priority: 'high' }), 100, /no field priority/],
    ['a field of every object', text('x', { constructor: {} }), 100, /no field constructor/],
    [
      'nobody to send to',
      { messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } },
      131008,
      /one of/,
    ],
    ['to and recipient together', text('x', { recipient: 'XX.5' }), 131008, /one of/],
    ['a number with a plus', text('x', { to: `+${HER}` }), 131009, /digits/],
    [
      'a recipient that is a phone',
      { ...text('x'), to: undefined, recipient: HER },
      131009,
      /business-scoped/,
    ],
    ['a template', { ...base, type: 'template', template: {} }, 100, /plays no type/],
    ['an image', { ...base, type: 'image', image: {} }, 100, /plays no type/],
    ['a quoted message', text('x', { context: { message_id: 'wamid.x' } }), 100, /does not play context/],
    [
      'a text in an interactive message',
      { ...buttons(reply('a', 'A')), text: { body: 'x' } },
      100,
      /no field text/,
    ],
    ['an empty text', text(' '), 131009, /empty/],
    ['a text of 4097', text('x'.repeat(4097)), 131009, /longer than 4096/],
    ['a preview', text('', { text: { body: 'x', preview_url: true } }), 131009, /preview_url/],
    ['an unknown field in the text', text('', { text: { body: 'x', format: 'md' } }), 100, /text.format/],
    ['an interactive type that is not played', interactive({ type: 'flow' }), 100, /not play/],
  ])('%s', async (_, body, code, details) => {
    expect(await post(body)).toEqual(refused(code, details))
    expect(fake.refusals()).toEqual([expect.stringMatching(details)])
    expect(fake.sends).toEqual([])
  })

  const words = (more: Payload) => interactive({ ...buttons(reply('a', 'A')).interactive, ...more })
  test.each<[string, unknown, RegExp]>([
    ['a body of 1025', words({ body: { text: 'x'.repeat(1025) } }), /longer than 1024/],
    ['a footer of 61', words({ footer: { text: 'x'.repeat(61) } }), /longer than 60/],
    ['a header of 61', words({ header: { type: 'text', text: 'x'.repeat(61) } }), /longer than 60/],
    ['a header with an image', words({ header: { type: 'image', image: {} } }), /header/],
    ['no button', buttons(), /1 to 3/],
    ['4 buttons', buttons(...['a', 'b', 'c', 'd'].map((id) => reply(id, id))), /1 to 3/],
    ['a title of 21', buttons(reply('a', 'x'.repeat(21))), /longer than 20/],
    ['a title with a line break', buttons(reply('a', 'x\ny')), /line break/],
    ['a title with markup', buttons(reply('a', '*x*')), /markup/],
    ['an id of 257', buttons(reply('x'.repeat(257), 'A')), /longer than 256/],
    ['an id with a blank', buttons(reply('a ', 'A')), /blank/],
    ['one id twice', buttons(reply('a', 'A'), reply('a', 'B')), /one id/],
    ['one title twice', buttons(reply('a', 'A'), reply('b', 'A')), /one title/],
    ['an unknown field of a button', buttons({ ...reply('a', 'A'), color: 'red' }), /button.color/],
    [
      '11 rows over two sections',
      list({ title: 'A', rows: rows(6) }, { title: 'B', rows: rows(5, 6) }),
      /1 to 10/,
    ],
    [
      'an untitled one of two sections',
      list({ rows: rows(1) }, { title: 'B', rows: rows(1, 1) }),
      /has a title/,
    ],
    ['a section without rows', list({ rows: [] }), /no rows/],
    ['a section title of 25', list({ title: 'x'.repeat(25), rows: rows(1) }), /longer than 24/],
    ['a row id of 201', list({ rows: [{ id: 'x'.repeat(201), title: 'A' }] }), /longer than 200/],
    ['a row title of 25', list({ rows: [{ id: 'a', title: 'x'.repeat(25) }] }), /longer than 24/],
    [
      'a description of 73',
      list({ rows: [{ id: 'a', title: 'A', description: 'x'.repeat(73) }] }),
      /than 72/,
    ],
    ['one row id twice', list({ rows: [...rows(1), ...rows(1)] }), /one id/],
  ])('an interactive message with %s', async (_, body, details) => {
    const { status, body: answer } = await post(body)
    expect(status).toBe(400)
    expect(JSON.stringify(answer)).toMatch(details)
  })
})

describe('she can be written to', () => {
  test('for 24 hours after she wrote to that very number', async () => {
    clock.time += 24 * 3_600_000 - 1
    expect(await post(text('x'))).toMatchObject({ status: 200 })
    expect(await post(text('x'), { path: 'v25.0/222/messages' })).toEqual(refused(131047, 'never'))
    clock.time += 1
    expect(await post(text('x'))).toEqual(refused(131047, '24 hours'))
    fake.personSends(HER, 'sticker', { id: '1', mime_type: 'image/webp' })
    expect(await post(text('x'))).toMatchObject({ status: 200 })
  })

  test('not before she wrote, not when she blocked us, and not when nobody has the number', async () => {
    const other = '999000000002'
    expect(await post(text('x', { to: other }))).toEqual(refused(131026, 'Nobody'))
    fake.person(other)
    expect(await post(text('x', { to: other }))).toEqual(refused(131047, 'never'))
    fake.personBlocks(HER)
    expect(await post(text('x'))).toEqual(refused(131026, 'blocked'))
    expect(() => fake.personWrites(HER, 'x')).toThrow('blocked')
    fake.personUnblocks(HER)
    expect(await post(text('x'))).toMatchObject({ status: 200 })
  })

  test('in a burst of 45, then once in 6 seconds', async () => {
    for (let n = 0; n < 45; n += 1) expect(await post(text('x'))).toMatchObject({ status: 200 })
    expect(await post(text('x'))).toEqual(refused(131056))
    clock.time += 5_999
    expect(await post(text('x'))).toEqual(refused(131056))
    clock.time += 1
    expect(await post(text('x'))).toMatchObject({ status: 200 })
    expect(await post(text('x'))).toEqual(refused(131056))
  })

  test('while fewer than 80 messages a second go in and out', async () => {
    for (let n = 1; n < 79; n += 1) fake.personWrites(HER, 'x')
    expect(await post(text('x'))).toMatchObject({ status: 200 })
    expect(await post(text('x'))).toEqual(refused(130429))
    clock.time += 1_000
    expect(await post(text('x'))).toMatchObject({ status: 200 })
  })
})

describe('a send can be made to go wrong', () => {
  test('with an error of a code, so many times, and then no more', async () => {
    fake.fail('text', { kind: 'error', status: 429, code: 130429, retryAfter: 7 }, 2)
    const first = await post(text('x'))
    expect(first).toMatchObject({ status: 429, body: { error: { code: 130429 } } })
    expect(first.headers.get('retry-after')).toBe('7')
    expect(await post(buttons(reply('a', 'A')))).toMatchObject({ status: 200 })
    expect(await post(text('x'))).toMatchObject({ status: 429 })
    expect(await post(text('x'))).toMatchObject({ status: 200 })
    expect(fake.refusals()).toEqual([])
    expect(fake.calls).toHaveLength(4)
  })

  test('with a page, half an answer, a foreign one or a redirect', async () => {
    fake.fail('*', { kind: 'html', status: 502 })
    fake.fail('*', { kind: 'garbage' })
    fake.fail('*', { kind: 'foreign', body: {} })
    await expect(post(text('x'))).rejects.toThrow(SyntaxError)
    await expect(post(text('x'))).rejects.toThrow(SyntaxError)
    expect(await post(text('x'))).toMatchObject({ status: 200, body: {} })
    fake.fail('*', { kind: 'redirect', to: 'http://127.0.0.1:1/' })
    await expect(post(text('x'))).rejects.toThrow(SyntaxError)
    expect(fake.sends).toEqual([])
  })

  test('by a line that is cut before it was taken, or after', async () => {
    fake.fail(HER, { kind: 'cut' })
    fake.fail('999000000002', { kind: 'cut' })
    await expect(post(text('x'))).rejects.toThrow('fetch failed')
    expect(fake.sends).toEqual([])
    fake.fail('*', { kind: 'cutAfter' })
    await expect(post(text('x'))).rejects.toThrow('fetch failed')
    expect(fake.sends).toHaveLength(1)
    fake.fail('*', { kind: 'slow', ms: 1 })
    expect(await post(text('x'))).toMatchObject({ status: 200 })
  })

  test('by silence, until the caller gives up', async () => {
    fake.fail('*', { kind: 'silent' }, 2)
    const signal = new AbortController()
    const { apiUrl, accessToken } = fake
    const call = fetch(`${apiUrl}/v25.0/111/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(text('x')),
      signal: signal.signal,
    })
    await fake.until(() => fake.calls.length === 1)
    signal.abort()
    await expect(call).rejects.toThrow('abort')
    fake.heal()
    expect(await post(text('x'))).toMatchObject({ status: 200 })
  })
})
