import { afterEach, beforeEach, expect, test } from 'vitest'
import { bodyOf, fixture, PRIVATE } from './fixtures.ts'
import { type Bed, signed, startBed, VERIFY_TOKEN } from './start-whatsapp.ts'

let bed: Bed
beforeEach(async () => {
  bed = await startBed()
})
afterEach(() => bed.stop())

/** `é` as `\u00e9`, as Meta's documentation describes what it signs. */
const escaped = (text: string) =>
  text.replaceAll(/\P{ASCII}/gu, (sign) =>
    Array.from(
      { length: sign.length },
      (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
const emoji = JSON.stringify(fixture('text-emoji'))

test('a signed call is taken, and what was said stays what it was', async () => {
  expect(await bed.post(bodyOf('text-emoji'))).toBe(200)
  expect(bed.heard.map((line) => line.split(' text ')[1])).toEqual(['café 😀 a/b c@d'])
  expect(bed.outcomes).toEqual(['taken'])
})

test.each([
  ['raw bytes of a raw body', emoji, signed(emoji), 200],
  ['raw bytes of an escaped body', escaped(emoji), signed(escaped(emoji)), 200],
  ['the escaped form of a raw body', emoji, signed(escaped(emoji)), 200],
  ['the raw form of an escaped body', escaped(emoji), signed(emoji), 401],
  ['upper-case hexadecimal in the header', emoji, `sha256=${signed(emoji).slice(7).toUpperCase()}`, 200],
  ['escaped slashes', emoji.replaceAll('/', '\\/'), signed(emoji.replaceAll('/', '\\/')), 200],
  ['another secret', emoji, signed(emoji, 'f'.repeat(32)), 401],
  ['a body that was cut', emoji.slice(0, -1), signed(emoji), 401],
  ['a body with one more blank', `${emoji} `, signed(emoji), 401],
  ['a header that was cut', emoji, signed(emoji).slice(0, -2), 401],
  ['a header that is too long', emoji, `${signed(emoji)}00`, 401],
  ['a header without its name', emoji, signed(emoji).slice(7), 401],
  ['the older hash', emoji, `sha1=${'0'.repeat(40)}`, 401],
  ['two signatures', emoji, `${signed(emoji)}, ${signed(emoji)}`, 401],
  ['no signature', emoji, '', 401],
  ['an empty body under an empty signature', '', '', 401],
])('a signature over %s', async (_, body, signature, code) => {
  expect(await bed.post(body, signature)).toBe(code)
  expect(bed.outcomes).toEqual([code === 200 ? 'taken' : 'forged'])
  if (code === 401) expect(bed.heard).toEqual([])
})

test('a call without a signature header is forged', async () => {
  const answer = await bed.server.inject({
    method: 'POST',
    url: '/webhooks/whatsapp',
    payload: { entry: [] },
  })
  expect(answer.statusCode).toBe(401)
})

test.each([
  ['no JSON', Buffer.from('{"entry":[')],
  ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['no entry', Buffer.from('{"object":"whatsapp_business_account"}')],
  ['100,000 lists in each other', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
  ['nothing', Buffer.alloc(0)],
])('a signed body that is %s is nonsense and not sent again', async (_, body) => {
  expect(await bed.post(body)).toBe(200)
  expect(bed.outcomes).toEqual(['nonsense'])
})

test('a body of 100,000 levels inside an item is read past', async () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
  const body = JSON.stringify(fixture('bad-neighbours')).replace('"x"', deep)
  expect(await bed.post(body)).toBe(200)
  expect(bed.heard).toHaveLength(3)
})

test('of a doubled key the last one counts, in signature and reading alike', async () => {
  const body = JSON.stringify(fixture('text')).replace('"body":', '"body":"first","body":')
  expect(await bed.post(body)).toBe(200)
  expect(bed.heard[0]).toMatch(/ text I need a doctor$/u)
})

test('keys that reach for an object’s insides do nothing', async () => {
  const body = JSON.stringify(fixture('text')).replace(
    '"body":',
    '"__proto__":{"x":1},"constructor":1,"body":',
  )
  expect(await bed.post(body)).toBe(200)
  expect(bed.heard).toHaveLength(1)
  expect(Reflect.get({}, 'x')).toBeUndefined()
})

test('a body over 3 MB is refused', async () => {
  expect(await bed.post(Buffer.alloc(3 * 1024 * 1024 + 1, 0x20))).toBe(413)
  expect(bed.outcomes).toEqual(['tooLarge'])
})

test('a body of 3 MB that is not ASCII is checked in both forms before it is called forged', async () => {
  expect(await bed.post(Buffer.from('é'.repeat(1_500_000)), `sha256=${'0'.repeat(64)}`)).toBe(401)
})

test('what cannot be committed is answered 503, and its repeat is taken', async () => {
  bed.receive(() => Promise.reject(new Error('I need a doctor 999000000001')))
  expect(await bed.post(bodyOf('two-numbers'))).toBe(503)
  expect(bed.events).toEqual(['whatsapp.itemsWaiting'])
  bed.receive(async () => {})
  expect(await bed.post(bodyOf('two-numbers'))).toBe(200)
  expect(bed.heard).toHaveLength(5)
  expect(bed.outcomes).toEqual(['waiting', 'taken'])
})

test('the same call twice hands on the same event ids, so that the second is known', async () => {
  await Promise.all([bed.post(bodyOf('text')), bed.post(bodyOf('text'))])
  expect(new Set(bed.inbound.map(({ eventId }) => eventId.reveal())).size).toBe(1)
})

test('messages of one person keep their order, and one that hangs holds up nobody else', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  bed.receive(async ({ address, content }) => {
    if (content.kind === 'text' && content.text.reveal() === 'second') await held
    expect(address.reveal()).toContain('|')
    if (content.kind === 'text' && content.text.reveal() === 'last') release()
  })
  expect(await bed.post(bodyOf('two-numbers'))).toBe(200)
  const words = bed.heard.map((line) => line.split(' text ')[1] ?? '')
  expect(words.indexOf('first')).toBeLessThan(words.indexOf('third'))
  expect(words.indexOf('second')).toBeGreaterThan(words.indexOf('last'))
})

test('a thousand strange calls make one line in the log until a minute is over', async () => {
  for (let n = 0; n < 20; n += 1) await bed.post(bodyOf('other-number'))
  expect(bed.events).toEqual(['whatsapp.otherNumber'])
  bed.clock.time += 60_000
  await bed.post(bodyOf('other-number'))
  expect(bed.events).toEqual(['whatsapp.otherNumber', 'whatsapp.otherNumber'])
})

test('the log of every kind of call holds codes and nothing else', async () => {
  for (const name of ['text', 'group', 'status-failed', 'account-error', 'bad-neighbours'])
    await bed.post(bodyOf(name))
  expect(bed.events.filter((code) => !/^whatsapp\.[a-zA-Z]+$/u.test(code) || PRIVATE.test(code))).toEqual([])
})

const asked = (query: string) => bed.server.inject({ method: 'GET', url: `/webhooks/whatsapp?${query}` })
const good = `hub.mode=subscribe&hub.verify_token=${VERIFY_TOKEN}&hub.challenge=1158201444`

test('Meta’s question is answered with its own challenge as plain text', async () => {
  const answer = await asked(good)
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toBe('1158201444')
  expect(answer.headers['content-type']).toMatch(/^text\/plain/u)
})

test.each([
  ['another token', good.replace(VERIFY_TOKEN, 'another')],
  ['no token', 'hub.mode=subscribe&hub.challenge=1'],
  ['another mode', good.replace('subscribe', 'unsubscribe')],
  ['no challenge', good.replace(/&hub\.challenge.*/u, '')],
  ['markup as a challenge', good.replace('1158201444', '%3Cscript%3E')],
  ['a challenge of 201 letters', good.replace('1158201444', 'x'.repeat(201))],
  ['a challenge with a line break', good.replace('1158201444', '1%0A2')],
  ['a doubled challenge', `${good}&hub.challenge=2`],
  ['a doubled token', `${good}&hub.verify_token=${VERIFY_TOKEN}`],
  ['a doubled mode', `${good}&hub.mode=subscribe`],
  ['broken escapes', 'hub.mode=%E0%A4%A&hub.challenge=%'],
  ['nothing at all', ''],
])('a question with %s is refused with an empty answer', async (_, query) => {
  const answer = await asked(query)
  expect(answer.statusCode).toBe(403)
  expect(answer.body).toBe('')
})
