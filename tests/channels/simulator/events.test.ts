import { expect, test } from 'vitest'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { openStream, OWN_PAGE, plain, startSimulator, TELEGRAM, WHATSAPP } from './start-simulator.ts'

const phone = sensitive(WHATSAPP)

async function texts(events: ReturnType<ReturnType<typeof startSimulator>['events']>): Promise<string[]> {
  return (await events).map(({ event }) => (event.kind === 'message' ? event.message.text : event.kind))
}

test('messages wait in order until the phone is there', async () => {
  const { simulator, events } = startSimulator()
  for (const text of ['one', 'two', 'three']) await simulator.channel.send(phone, plain(text))
  expect(await texts(events(WHATSAPP))).toEqual(['one', 'two', 'three'])
})

test('a phone that names its last event gets exactly what came after it', async () => {
  const { simulator, events } = startSimulator()
  for (const text of ['one', 'two', 'three']) await simulator.channel.send(phone, plain(text))
  const [, second] = await events(WHATSAPP)
  expect(await texts(events(WHATSAPP, second?.id))).toEqual(['three'])
})

test('a phone that did not say that it has them gets them again', async () => {
  const { simulator, events } = startSimulator()
  await simulator.channel.send(phone, plain('one'))
  expect(await texts(events(WHATSAPP))).toEqual(['one'])
  expect(await texts(events(WHATSAPP))).toEqual(['one'])
})

test('what the phone has is kept no longer', async () => {
  const { simulator, events, server } = startSimulator()
  await simulator.channel.send(phone, plain('one'))
  const [first] = await events(WHATSAPP)
  await server.inject({
    method: 'POST',
    url: '/simulator/api/write',
    headers: { ...OWN_PAGE, 'x-phone': WHATSAPP, 'last-event-id': first?.id ?? '' },
    payload: { tag: 'tag-of-the-test-a', content: { kind: 'text', text: 'hello' } },
  })
  expect(await texts(events(WHATSAPP))).toEqual([])
})

test('an event id of an earlier run of the server holds nothing back', async () => {
  const { simulator, events } = startSimulator()
  await simulator.channel.send(phone, plain('one'))
  for (const last of ['0123456789ab-99', 'nonsense', ''])
    expect(await texts(events(WHATSAPP, last))).toEqual(['one'])
})

test('an open stream brings what is sent while it is open', async () => {
  const { simulator, server } = startSimulator()
  const response = await openStream(server, TELEGRAM)
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const stream = response.stream()
  let text = ''
  stream.on('data', (piece: Buffer) => (text += piece.toString()))
  await simulator.channel.send(sensitive(TELEGRAM), plain('Hello\n\nthere'))
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  expect(text).toMatch(/id: [0-9a-f]{12}-1\ndata: \{.*"Hello\\n\\nthere".*\}\n\n/u)
  stream.destroy()
})

test('an open stream does not keep the server from closing', async () => {
  const { server } = startSimulator()
  const stream = (await openStream(server, WHATSAPP)).stream()
  const ended = new Promise((resolve) => {
    stream.on('end', resolve)
  })
  stream.resume()
  await server.close()
  await ended
})

test('two hundred phones may wait, and then the longest silent gives way', async () => {
  const { simulator, events } = startSimulator()
  const name = (number: number) => `whatsapp/${String(number).padStart(22, '0')}`
  for (let number = 0; number <= 200; number += 1)
    await simulator.channel.send(sensitive(name(number)), plain('Hello'))
  expect(await texts(events(name(1)))).toEqual(['Hello'])
  expect(await texts(events(name(0)))).toEqual([])
})
