import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Choice, Message } from '../../../src/conversation/message.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { OURS } from './fixtures.ts'
import { ACCESS_TOKEN, type Bed, startBed } from './start-whatsapp.ts'

let bed: Bed
beforeEach(async () => {
  bed = await startBed({ callMs: 5_000 })
})
afterEach(() => bed.stop())

const PHONE = '999000000001'
const USER_ID = 'XA.1000000000000001'
const her = sensitive(`${OURS[0]}|${USER_ID}|${PHONE}`)
const plain = (text: string): Message => ({ text, choices: [], layout: 'none' })
const asking = (choices: readonly Choice[], layout: Message['layout'] = 'buttons'): Message => ({
  text: 'Hello',
  choices,
  layout,
  ...(layout === 'list' ? { listLabel: 'Choose' } : {}),
})
const many = (count: number, label = 'Choice') =>
  Array.from({ length: count }, (_, n) => ({ id: `page:${n}`, label: `${label} ${n}` }))
const send = (message: Message, to = her) => bed.whatsapp.channel.send(to, message)
const base = { messaging_product: 'whatsapp', recipient_type: 'individual', to: PHONE }

describe('each form of a message is written as Meta publishes it', () => {
  test('a text, without a preview of its links', async () => {
    expect(await send(plain('Call https://example.org'))).toEqual({ kind: 'sent' })
    expect(bed.graph.calls).toEqual([
      {
        path: `/v25.0/${OURS[0]}/messages`,
        authorization: `Bearer ${ACCESS_TOKEN}`,
        body: { ...base, type: 'text', text: { body: 'Call https://example.org', preview_url: false } },
      },
    ])
  })

  test('up to three choices as buttons', async () => {
    await send(
      asking([
        { id: 'page:yes', label: 'Yes' },
        { id: 'page:no', label: 'No' },
      ]),
    )
    expect(bed.graph.calls[0]?.body).toEqual({
      ...base,
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Hello' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'page:yes', title: 'Yes' } },
            { type: 'reply', reply: { id: 'page:no', title: 'No' } },
          ],
        },
      },
    })
  })

  test('more as the rows of one section behind a button', async () => {
    await send(asking(many(4), 'list'))
    expect(bed.graph.calls[0]?.body).toEqual({
      ...base,
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Hello' },
        action: {
          button: 'Choose',
          sections: [{ rows: many(4).map(({ id, label }) => ({ id, title: label })) }],
        },
      },
    })
  })

  test('numbers in the text as a text', async () => {
    await send(asking(many(4), 'none'))
    expect(bed.graph.calls[0]?.body).toEqual({
      ...base,
      type: 'text',
      text: { body: 'Hello', preview_url: false },
    })
  })

  test('a place is asked for by WhatsApp’s own button where there is no choice', async () => {
    await send({ ...plain('Where are you?'), placeLabel: 'Share my place' })
    expect(bed.graph.calls[0]?.body).toEqual({
      ...base,
      type: 'interactive',
      interactive: {
        type: 'location_request_message',
        body: { text: 'Where are you?' },
        action: { name: 'send_location' },
      },
    })
  })

  test('choices win over the place, in every layout', async () => {
    for (const layout of ['buttons', 'list', 'none'] as const) {
      await send({ ...asking(many(2), layout), placeLabel: 'Share my place' })
    }
    expect(JSON.stringify(bed.graph.calls)).not.toContain('location_request')
    expect(bed.graph.calls).toHaveLength(3)
  })
})

test('a person known by a business-scoped id alone is written to by it', async () => {
  await send(plain('Hello'), sensitive(`${OURS[1]}|${USER_ID}|`))
  expect(bed.graph.calls[0]).toMatchObject({
    path: `/v25.0/${OURS[1]}/messages`,
    body: { recipient: USER_ID },
  })
  expect(bed.graph.calls[0]?.body).not.toHaveProperty('to')
})

test('a person known by the number alone is written to by it', async () => {
  await send(plain('Hello'), sensitive(`${OURS[0]}||${PHONE}`))
  expect(bed.graph.calls[0]?.body).toMatchObject({ to: PHONE })
  expect(bed.graph.calls[0]?.body).not.toHaveProperty('recipient')
})

test.each<[string, Message]>([
  ['an empty text', plain(' \n')],
  ['a text of 4097 characters', plain('x'.repeat(4097))],
  ['a text of 1025 characters over buttons', { ...asking(many(2)), text: 'x'.repeat(1025) }],
  ['a text of 1025 characters over a list', { ...asking(many(4), 'list'), text: 'x'.repeat(1025) }],
  ['a text of 1025 characters over the request for a place', { ...plain('x'.repeat(1025)), placeLabel: 'x' }],
  ['four buttons', asking(many(4))],
  ['eleven rows', asking(many(11), 'list')],
  ['a button of 21 characters', asking([{ id: 'a', label: 'x'.repeat(21) }])],
  ['a row of 25 characters', asking([{ id: 'a', label: 'x'.repeat(25) }], 'list')],
  ['an empty button', asking([{ id: 'a', label: ' ' }])],
  ['an empty id', asking([{ id: '', label: 'x' }])],
  ['an id of 201 bytes', asking([{ id: 'x'.repeat(201), label: 'x' }], 'list')],
  [
    'two buttons of one id',
    asking([
      { id: 'a', label: 'x' },
      { id: 'a', label: 'y' },
    ]),
  ],
  [
    'two rows of one id',
    asking(
      [
        { id: 'a', label: 'x' },
        { id: 'a', label: 'y' },
      ],
      'list',
    ),
  ],
  [
    'two buttons of one name',
    asking([
      { id: 'a', label: 'x' },
      { id: 'b', label: 'x' },
    ]),
  ],
  ['a list without a name for its button', { text: 'Hello', choices: many(4), layout: 'list' }],
  ['a list whose button is too long', { ...asking(many(4), 'list'), listLabel: 'x'.repeat(21) }],
])('%s is refused without asking Meta', async (_, message) => {
  expect(await send(message)).toEqual({ kind: 'refused' })
  expect(bed.graph.calls).toEqual([])
})

test('what is just inside the limits is sent', async () => {
  const fits = [
    plain('x'.repeat(4096)),
    { ...asking(many(3)), text: 'x'.repeat(1024) },
    asking([{ id: 'x'.repeat(200), label: 'x'.repeat(20) }]),
    asking([...many(9), { id: 'last', label: 'x'.repeat(24) }], 'list'),
    asking(
      [
        { id: 'a', label: 'x' },
        { id: 'b', label: 'x' },
      ],
      'list',
    ),
  ]
  for (const message of fits) expect(await send(message)).toEqual({ kind: 'sent' })
})

test.each([
  '',
  '|',
  '||',
  PHONE,
  OURS[0],
  `${OURS[0]}||`,
  `${OURS[0]}||12`,
  `${OURS[0]}||${PHONE}|x`,
  `100000000000009||${PHONE}`,
  `../${OURS[0]}||${PHONE}`,
  `${OURS[0]}|bad id|`,
])('an address that was never ours (%j) is refused', async (address) => {
  expect(await send(plain('Hello'), sensitive(address))).toEqual({ kind: 'refused' })
  expect(bed.graph.calls).toEqual([])
})

test('nothing can be deleted, and nobody is asked to', async () => {
  expect(await bed.whatsapp.channel.forget(her, [sensitive('wamid.1')])).toBe(0)
  expect(bed.graph.calls).toEqual([])
  expect(bed.whatsapp.channel).toMatchObject({ name: 'whatsapp', pace: { burst: 10, everyMs: 6_000 } })
})

const LATER = { kind: 'later' }
const OPERATOR = { kind: 'later', afterMs: 60_000 }
test.each<[number, number, object, string?]>([
  [400, 131056, { kind: 'later', afterMs: 6_000 }, 'whatsapp.slowedDown'],
  [429, 130429, LATER, 'whatsapp.slowedDown'],
  [400, 80007, LATER, 'whatsapp.slowedDown'],
  [400, 4, LATER, 'whatsapp.slowedDown'],
  [400, 131048, LATER, 'whatsapp.slowedDown'],
  [400, 1, LATER, 'whatsapp.unreachable'],
  [503, 2, LATER, 'whatsapp.unreachable'],
  [500, 131000, LATER, 'whatsapp.unreachable'],
  [400, 131000, LATER, 'whatsapp.unreachable'],
  [400, 131016, LATER, 'whatsapp.unreachable'],
  [400, 133004, LATER, 'whatsapp.unreachable'],
  [500, 131009, LATER, 'whatsapp.unreachable'],
  [400, 131047, { kind: 'windowClosed' }],
  [401, 190, OPERATOR, 'whatsapp.tokenRefused'],
  [401, 0, OPERATOR, 'whatsapp.tokenRefused'],
  [403, 3, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 10, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 200, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 299, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 368, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 131031, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 130497, OPERATOR, 'whatsapp.accountTrouble'],
  [403, 131005, OPERATOR, 'whatsapp.accountTrouble'],
  [400, 131045, OPERATOR, 'whatsapp.accountTrouble'],
  [400, 133010, OPERATOR, 'whatsapp.accountTrouble'],
  [400, 131042, OPERATOR, 'whatsapp.accountTrouble'],
  [400, 100, { kind: 'refused' }],
  [400, 130472, { kind: 'refused' }],
  [400, 131008, { kind: 'refused' }],
  [400, 131009, { kind: 'refused' }],
  [400, 131021, { kind: 'refused' }],
  [400, 131026, { kind: 'refused' }],
  [400, 131049, { kind: 'refused' }],
  [400, 131050, { kind: 'refused' }],
  [400, 131051, { kind: 'refused' }],
  [400, 199_999, { kind: 'refused' }],
])('an answer %i with code %i', async (status, code, outcome, event) => {
  bed.graph.nextError(status, { code, type: 'OAuthException' })
  expect(await send(plain('Hello'))).toEqual(outcome)
  expect(bed.events).toEqual(event === undefined ? [] : [event])
})

test('a number’s id that the token does not know is the operator’s trouble, not the message’s', async () => {
  bed.graph.nextError(400, { code: 100, error_subcode: 33 })
  expect(await send(plain('Hello'))).toEqual(OPERATOR)
})

test('an error inside a success is an error', async () => {
  bed.graph.nextError(200, { code: 131047 })
  expect(await send(plain('Hello'))).toEqual({ kind: 'windowClosed' })
})

test.each([
  [429, 130429, '40', 40_000],
  [400, 131056, '2', 6_000],
  [400, 131056, '90', 90_000],
  [503, 131016, '5', 5_000],
  [429, 130429, '99999999', 3_600_000],
  [429, 130429, 'Infinity', 3_600_000],
])(
  'Retry-After of an answer %i with code %i and %s seconds is kept to',
  async (status, code, seconds, afterMs) => {
    bed.graph.nextError(status, { code }, { 'retry-after': seconds })
    expect(await send(plain('Hello'))).toEqual({ kind: 'later', afterMs })
  },
)

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  bed.graph.next((response) => {
    response.writeHead(status, headers).end(body)
  })
const HTML = '<html><body>Bad gateway</body></html>'
test.each<[string, number, string, Record<string, string>, object]>([
  ['a proxy’s 502', 502, HTML, { 'content-type': 'text/html' }, LATER],
  ['a proxy’s 502 that calls itself JSON', 502, HTML, { 'content-type': 'application/json' }, LATER],
  ['a proxy’s 403', 403, HTML, { 'content-type': 'text/html' }, LATER],
  ['a proxy’s 429', 429, HTML, { 'retry-after': '7' }, { kind: 'later', afterMs: 7_000 }],
  ['a page under 200', 200, HTML, { 'content-type': 'text/html' }, LATER],
  ['an empty 500', 500, '', {}, LATER],
  ['a redirect', 302, '', { location: 'http://127.0.0.1:9/elsewhere' }, LATER],
  ['an answer without end', 200, 'x'.repeat(200_000), {}, LATER],
  ['a 200 without an id', 200, '{}', { 'content-type': 'application/json' }, { kind: 'sent' }],
  [
    'a 200 that calls its JSON a script',
    200,
    '{"messages":[{"id":"x"}]}',
    { 'content-type': 'text/javascript' },
    { kind: 'sent' },
  ],
  [
    'a 200 with half of its JSON',
    200,
    '{"messages":[',
    { 'content-type': 'application/json' },
    { kind: 'sent' },
  ],
  ['an empty 200', 200, '', {}, { kind: 'sent' }],
  ['a 200 that says null', 200, 'null', { 'content-type': 'application/json' }, { kind: 'sent' }],
  ['a 204', 204, '', {}, { kind: 'sent' }],
])('%s', async (_, status, body, headers, outcome) => {
  answer(status, body, headers)
  expect(await send(plain('Hello'))).toEqual(outcome)
  expect(bed.graph.calls).toHaveLength(1)
})

test('a cut line means later, before and after the answer began', async () => {
  bed.graph.next((response) => response.destroy())
  expect(await send(plain('Hello'))).toEqual(LATER)
  bed.graph.next((response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"messages"', () => response.destroy())
  })
  expect(await send(plain('Hello'))).toEqual(LATER)
})

test('an answer that never comes, or never ends, is given up in time', async () => {
  const short = await startBed({ callMs: 150 })
  const { channel } = short.whatsapp
  short.graph.next(() => {})
  expect(await channel.send(her, plain('Hello'))).toEqual(LATER)
  short.graph.next((response) => {
    response.writeHead(200).write('{')
  })
  expect(await channel.send(her, plain('Hello'))).toEqual(LATER)
  await short.stop()
})

test('a server that is not there means later, and stopping twice is harmless', async () => {
  await bed.graph.stop()
  expect(await send(plain('Hello'))).toEqual(LATER)
  await bed.whatsapp.stop()
  expect(await send(plain('Hello'))).toEqual(LATER)
})

test('how the line is, is told once for each change and not in circles', async () => {
  const down = async () => {
    bed.graph.nextError(503, { code: 2 })
    await send(plain('Hello'))
  }
  await send(plain('Hello'))
  await down()
  await down()
  await send(plain('Hello'))
  await down()
  expect(bed.events).toEqual(['whatsapp.unreachable', 'whatsapp.sending'])
  bed.clock.time += 60_000
  await down()
  await down()
  await send(plain('Hello'))
  expect(bed.events.slice(2)).toEqual(['whatsapp.unreachable', 'whatsapp.sending'])
})
