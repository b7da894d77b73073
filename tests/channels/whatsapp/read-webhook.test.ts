import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readWebhook } from '../../../src/channels/whatsapp/read-webhook.ts'
import { bodyOf, fixture, FIXTURES, OURS, PRIVATE } from './fixtures.ts'
import { START, told } from './start-whatsapp.ts'

const A = `${OURS[0]}|`
const B = `${OURS[1]}|`
const her = `${A}XA.1000000000000001|999000000001`
const other = 'XA.1000000000000003|999000000003'

function read(body: Buffer, now = START) {
  const reading = readWebhook(body, new Set<string>(OURS), now)
  if (reading === undefined) throw new Error('not read')
  return reading
}
const readName = (name: string) => read(bodyOf(name))
const readJson = (body: unknown) => read(Buffer.from(JSON.stringify(body)))
const saying = (message: object, contacts: unknown[] = []) =>
  readJson({
    entry: [
      { changes: [{ value: { metadata: { phone_number_id: OURS[0] }, contacts, messages: [message] } }] },
    ],
  })

const MEANT: Record<string, string[]> = {
  text: [`${her} text I need a doctor`],
  'text-emoji': [`${her} text café 😀 a/b c@d`],
  'text-reply': [`${her} text quoted`],
  'text-without-phone': [`${A}XA.1000000000000001| text no phone`],
  'text-without-profile': [`${her} text no profile`],
  'text-without-user-id': [`${A}|999000000001 text phone only`],
  'text-user-id-in-contact-only': [`${her} text id beside`],
  'text-without-sender': [],
  'button-reply': [`${her} choice health.safeNow:yes`],
  'list-reply': [`${her} choice menu:rights`],
  'nfm-reply': [`${her} unsupported`],
  'template-button': [`${her} choice menu:talk`],
  'template-button-long': [`${her} text Talk to a person`],
  location: [`${her} place 12.35,-98.77`],
  image: [`${her} unsupported`],
  audio: [`${her} unsupported`],
  voice: [`${her} unsupported`],
  'voice-note': [`${her} unsupported`],
  video: [`${her} unsupported`],
  document: [`${her} unsupported`],
  sticker: [`${her} unsupported`],
  contacts: [`${her} unsupported`],
  order: [`${her} unsupported`],
  'ephemeral-of-the-future': [`${her} unsupported`],
  'unsupported-edit': [`${her} unsupported`],
  'unsupported-poll-creation': [`${her} unsupported`],
  'unsupported-media-placeholder': [`${her} unsupported`],
  'unsupported-unavailable': [`${her} unsupported`],
  'unsupported-reaction': [],
  'unsupported-pin': [],
  reaction: [],
  'request-welcome': [`${her} text hello`],
  'system-number-changed': [`${A}XA.1000000000000001| blocked`, `${A}|999000000001 blocked`],
  'system-user-id-changed': [`${A}XA.1000000000000001| blocked`],
  'system-customer-changed-number': [`${A}|999000000001 blocked`],
  'system-identity-changed': [],
  'account-error': [],
  group: [],
  'other-number': [],
  echo: [],
  'two-numbers': [
    `${her} text first`,
    `${A}${other} text second`,
    `${her} text third`,
    `${B}${other} text to the other number`,
    `${B}XA.1000000000000001|999000000001 text last`,
  ],
  'bad-neighbours': [`${her} text before`, `${her} text odd fields`, `${her} text after`],
  'statuses-out-of-order': [],
  'status-failed': [],
}

describe('each published kind of webhook call', () => {
  test('is told of here', () => expect(Object.keys(MEANT).toSorted()).toEqual([...FIXTURES].toSorted()))

  test.each(FIXTURES)('%s is read as what it means', (name) => {
    expect(readName(name).inbound.map(told)).toEqual(MEANT[name])
  })

  test.each(FIXTURES)('%s leaves nothing private in what could be printed', (name) => {
    const reading = readName(name)
    const printed = [
      JSON.stringify(reading),
      inspect(reading, { depth: Infinity, showHidden: true, getters: true }),
      reading.notes.join(),
    ].join('\n')
    expect(PRIVATE.exec(printed)?.[0]).toBeUndefined()
  })

  test.each([
    ['text-without-sender', ['whatsapp.senderMissing']],
    ['group', ['whatsapp.groupIgnored']],
    ['other-number', ['whatsapp.otherNumber']],
    ['account-error', ['whatsapp.accountError']],
    ['bad-neighbours', Array.from({ length: 6 }, () => 'whatsapp.itemUnreadable')],
    ['text', []],
    ['reaction', []],
    ['echo', []],
  ])('%s is noted in codes only', (name, notes) => {
    expect(readName(name).notes).toEqual(notes)
  })
})

test('a message carries its id and the names of its sender, and no id to delete it by', () => {
  const [inbound] = readName('text').inbound
  expect(inbound).toMatchObject({ channel: 'whatsapp', look: 'whatsapp', at: 1_772_366_400_000 })
  expect(inbound).not.toHaveProperty('messageId')
  expect(inbound?.eventId.reveal()).toBe('wamid.FIXTURETEXT')
  expect(inbound?.names?.map((name) => name.reveal())).toEqual([
    `${A}XA.1000000000000001`,
    `${A}999000000001`,
  ])
  const names = (name: string) => readName(name).inbound.map((event) => event.names?.map((n) => n.reveal()))
  expect(names('text-without-phone')).toEqual([[`${A}XA.1000000000000001`]])
  expect(names('text-without-user-id')).toEqual([[`${A}999000000001`]])
})

test('each old name of a person who moved ends by an event of its own, and the new names by none', () => {
  const { inbound } = readName('system-number-changed')
  expect(inbound.map(({ names }) => names?.map((name) => name.reveal()))).toEqual([
    [`${A}XA.1000000000000001`],
    [`${A}999000000001`],
  ])
  expect(new Set(inbound.map(({ eventId }) => eventId.reveal())).size).toBe(2)
})

test('one contact beside two writers is nobody’s unless an id says so', () => {
  const message = (id: string, from: string) => ({ id, from, type: 'text', text: { body: 'x' } })
  const { inbound } = readJson({
    entry: [
      {
        changes: [
          {
            value: {
              metadata: { phone_number_id: OURS[0] },
              contacts: [{ wa_id: '999000000001', user_id: 'XA.1' }],
              messages: [message('1', '999000000001'), message('2', '999000000002')],
            },
          },
        ],
      },
    ],
  })
  expect(inbound.map(told)).toEqual([`${A}XA.1|999000000001 text x`, `${A}|999000000002 text x`])
})

test('a lone contact lends its id to a message whose number is written another way, but never against its own id', () => {
  const message = { id: '1', from: '9990000000019', type: 'text', text: { body: 'x' } }
  const contact = { wa_id: '999000000001', user_id: 'XA.1' }
  expect(saying(message, [contact]).inbound.map(told)).toEqual([`${A}XA.1|9990000000019 text x`])
  expect(saying({ ...message, from_user_id: 'XA.2' }, [contact]).inbound.map(told)).toEqual([
    `${A}XA.2|9990000000019 text x`,
  ])
})

test('an id that could break an address apart is no id', () => {
  const message = { id: '1', type: 'text', text: { body: 'x' } }
  for (const from_user_id of ['XA.1|2', 'XA 1', '', '12', 'X'.repeat(300), '../x']) {
    expect(saying({ ...message, from_user_id }).inbound).toEqual([])
  }
  for (const from of ['12|3', 'abc', '1', '9'.repeat(30), '']) {
    expect(saying({ ...message, from }).inbound).toEqual([])
  }
  expect(saying({ ...message, from: '+999 0000-00001' }).inbound.map(told)).toEqual([
    `${A}|999000000001 text x`,
  ])
})

test.each([
  ['the past week', '1771800000', 1_771_800_000_000],
  ['a number instead of a text', 1_771_800_000, 1_771_800_000_000],
  ['nothing', undefined, START],
  ['milliseconds', '1771800000000', START],
  ['the year 1970', '1', START],
  ['next month', '1775000000', START],
  ['words', 'yesterday', START],
  ['a negative number', '-1', START],
])('the time is Meta’s, or now when that is absurd: %s', (_, timestamp, at) => {
  const message = { id: '1', from: '999000000001', timestamp, type: 'text', text: { body: 'x' } }
  expect(saying(message).inbound[0]?.at).toBe(at)
})

test('a text is cut at 4096 and stays whole Unicode', () => {
  const body = `${'x'.repeat(4095)}😀`
  const [inbound] = saying({ id: '1', from: '999000000001', type: 'text', text: { body } }).inbound
  const text = inbound?.content.kind === 'text' ? inbound.content.text.reveal() : ''
  expect(text).toHaveLength(4096)
  expect(text.isWellFormed()).toBe(true)
})

test('white space at the ends of a text is left to those who understand it', () => {
  const [inbound] = saying({
    id: '1',
    from: '999000000001',
    type: 'text',
    text: { body: '  exit \n' },
  }).inbound
  expect(inbound && told(inbound)).toBe(`${A}|999000000001 text   exit`)
})

test.each([
  ['a place beyond the pole', 'location', { latitude: 91, longitude: 0 }],
  ['a place without a longitude', 'location', { latitude: 1 }],
  ['a button without an id', 'interactive', { type: 'button_reply', button_reply: { title: 'Yes' } }],
  ['a row with an endless id', 'interactive', { type: 'list_reply', list_reply: { id: 'x'.repeat(257) } }],
  ['a text without a text', 'text', {}],
  ['a message without a body', 'text', undefined],
  ['an empty template button', 'button', {}],
])('%s is unsupported', (_, type, body) => {
  expect(saying({ id: '1', from: '999000000001', type, [type]: body }).inbound[0]?.content).toEqual({
    kind: 'unsupported',
  })
})

test('what another program on our number handles is not for us', () => {
  const standby = JSON.parse(
    JSON.stringify(fixture('text')).replace('"field":"messages"', '"field":"standby"'),
  )
  expect(readJson(standby)).toEqual({ inbound: [], delivered: [], notes: [] })
})

test.each([
  ['no JSON', '{'],
  ['an empty body', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['no entry', '{"object":"whatsapp_business_account"}'],
  ['an entry that is no list', '{"entry":{}}'],
])('%s is not Meta’s', (_, body) => {
  expect(readWebhook(Buffer.from(body), new Set(OURS), START)).toBeUndefined()
})

test('bytes that are no UTF-8 are not Meta’s', () => {
  expect(readWebhook(Buffer.from([0x7b, 0xff, 0x7d]), new Set(OURS), START)).toBeUndefined()
})
