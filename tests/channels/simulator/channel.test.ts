import { describe, expect, test } from 'vitest'
import type { SendOutcome } from '../../../src/channels/channel.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { HOUR, OWN_PAGE, plain, startSimulator, TELEGRAM, WHATSAPP } from './start-simulator.ts'

const to = { whatsapp: sensitive(WHATSAPP), telegram: sensitive(TELEGRAM) }

function idOf(outcome: SendOutcome) {
  if (outcome.kind !== 'sent' || outcome.messageId === undefined) throw new Error('not sent')
  return outcome.messageId
}

describe('what a phone writes', () => {
  test('is received with its address, look, time and id, withheld from every print', async () => {
    const { write, received, clock } = startSimulator()
    expect((await write(TELEGRAM, { kind: 'text', text: 'hello' }, 'tag-of-the-test-a')).json()).toEqual({
      at: clock.now(),
    })
    const [inbound] = received
    expect(inbound).toMatchObject({ channel: 'simulator', look: 'telegram', at: clock.now() })
    expect(inbound?.address.reveal()).toBe(TELEGRAM)
    expect(inbound?.eventId.reveal()).toBe('tag-of-the-test-a')
    expect(JSON.stringify(inbound)).not.toContain('hello')
    expect(JSON.stringify(inbound)).not.toContain(TELEGRAM)
  })

  test('can be deleted later on Telegram only, and a pressed button is no message there', async () => {
    const { write, received } = startSimulator()
    for (const phone of [TELEGRAM, WHATSAPP]) {
      await write(phone, { kind: 'text', text: 'hello' })
      await write(phone, { kind: 'choice', id: 'yes' })
    }
    expect(received.map(({ messageId }) => messageId !== undefined)).toEqual([true, false, false, false])
  })

  test('has the same id when it is sent again, so that it is one event', async () => {
    const { write, received } = startSimulator()
    await write(TELEGRAM, { kind: 'text', text: 'hello' }, 'tag-of-the-test-a')
    await write(TELEGRAM, { kind: 'text', text: 'hello' }, 'tag-of-the-test-a')
    expect(new Set(received.map(({ eventId }) => eventId.reveal())).size).toBe(1)
  })

  test('is not acknowledged when it was not committed', async () => {
    const { write, failing } = startSimulator()
    failing.receive = true
    const { statusCode, body } = await write(WHATSAPP, { kind: 'text', text: 'a secret text' })
    expect(statusCode).toBe(500)
    expect(body).not.toContain('a secret text')
  })

  test('gives a place rounded to about one kilometre', async () => {
    const { write, received } = startSimulator()
    await write(WHATSAPP, { kind: 'place', lat: 12.345678, lon: -98.765432 })
    expect(received[0]?.content).toEqual({ kind: 'place', place: { lat: 12.35, lon: -98.77 } })
  })

  test('is taken with broken surrogates, right-to-left marks and 100 kB', async () => {
    const { write, received } = startSimulator()
    for (const text of ['\ud800', '\u202etxt', '', 'x'.repeat(100_000)])
      expect((await write(WHATSAPP, { kind: 'text', text })).statusCode).toBe(200)
    expect(received).toHaveLength(4)
  })

  test('tells of a block on Telegram only', async () => {
    const { write, received } = startSimulator()
    await write(TELEGRAM, { kind: 'blocked' })
    await write(WHATSAPP, { kind: 'blocked' })
    await write(TELEGRAM, { kind: 'unblocked' })
    expect(received.map(({ look, content }) => [look, content.kind])).toEqual([['telegram', 'blocked']])
  })
})

describe('what is sent to a phone', () => {
  test('arrives on that phone only', async () => {
    const { simulator, events } = startSimulator()
    const { channel } = simulator
    const outcome = await channel.send(to.whatsapp, plain('Hello'))
    expect(outcome.kind).toBe('sent')
    expect((await events(WHATSAPP)).map(({ event }) => event)).toMatchObject([
      { kind: 'message', message: { text: 'Hello' } },
    ])
    expect(await events(TELEGRAM)).toEqual([])
  })

  test('is refused over the limit of its platform, and nothing arrives', async () => {
    const { simulator, events } = startSimulator()
    const long = plain('t'.repeat(1025))
    expect(await simulator.channel.send(to.whatsapp, long)).toEqual({ kind: 'refused' })
    expect((await simulator.channel.send(to.telegram, long)).kind).toBe('sent')
    expect(await events(WHATSAPP)).toEqual([])
  })

  test('is refused on WhatsApp 24 hours after she last wrote', async () => {
    const { simulator, write, clock } = startSimulator()
    for (const phone of [WHATSAPP, TELEGRAM]) await write(phone, { kind: 'text', text: 'hello' })
    clock.pass(24 * HOUR)
    expect((await simulator.channel.send(to.whatsapp, plain('Hello'))).kind).toBe('sent')
    clock.pass(1)
    expect((await simulator.channel.send(to.whatsapp, plain('Hello'))).kind).toBe('refused')
    expect((await simulator.channel.send(to.telegram, plain('Hello'))).kind).toBe('sent')
  })

  test('does not reach a phone that blocked us, which only Telegram says', async () => {
    const { simulator, write, events } = startSimulator()
    for (const phone of [WHATSAPP, TELEGRAM]) await write(phone, { kind: 'blocked' })
    expect(await simulator.channel.send(to.telegram, plain('Hello'))).toEqual({ kind: 'gone' })
    expect(await simulator.channel.send(to.whatsapp, plain('Hello'))).toEqual({ kind: 'sent' })
    expect([await events(WHATSAPP), await events(TELEGRAM)]).toEqual([[], []])
    await write(TELEGRAM, { kind: 'unblocked' })
    expect((await simulator.channel.send(to.telegram, plain('Hello'))).kind).toBe('sent')
  })

  test('has nowhere to go when the address is of another channel', async () => {
    const { simulator } = startSimulator()
    expect(await simulator.channel.send(sensitive('12345'), plain('Hello'))).toEqual({ kind: 'gone' })
    expect(await simulator.channel.forget(sensitive('12345'), [sensitive('1.a')])).toBe(0)
  })
})

describe('forgetting', () => {
  test('deletes messages of both sides on Telegram and counts them', async () => {
    const { simulator, write, received, events } = startSimulator()
    await write(TELEGRAM, { kind: 'text', text: 'hello' }, 'tag-of-the-test-a')
    const hers = received[0]?.messageId
    const ours = idOf(await simulator.channel.send(to.telegram, plain('Hello')))
    if (hers === undefined) throw new Error('no id')
    expect(await simulator.channel.forget(to.telegram, [hers, ours, ours])).toBe(2)
    const [sent, forgotten] = (await events(TELEGRAM)).map(({ event }) => event)
    expect(forgotten).toMatchObject({
      kind: 'forgotten',
      tags: ['tag-of-the-test-a', sent?.kind === 'message' ? sent.tag : ''],
    })
  })

  test('reaches back less than 48 hours', async () => {
    const { simulator, clock } = startSimulator()
    const old = idOf(await simulator.channel.send(to.telegram, plain('Old')))
    clock.pass(1)
    const young = idOf(await simulator.channel.send(to.telegram, plain('Young')))
    clock.pass(48 * HOUR - 1)
    expect(await simulator.channel.forget(to.telegram, [old, young])).toBe(1)
    clock.pass(1)
    expect(await simulator.channel.forget(to.telegram, [old, young])).toBe(0)
  })

  test('works after the server was killed, for ids that another run gave', async () => {
    const first = startSimulator()
    const id = idOf(await first.simulator.channel.send(to.telegram, plain('Hello')))
    const second = startSimulator()
    expect(await second.simulator.channel.forget(to.telegram, [id])).toBe(1)
    expect((await second.events(TELEGRAM)).map(({ event }) => event.kind)).toEqual(['forgotten'])
  })

  test('can do nothing on WhatsApp', async () => {
    const { simulator, events } = startSimulator()
    const id = idOf(await simulator.channel.send(to.whatsapp, plain('Hello')))
    expect(await simulator.channel.forget(to.whatsapp, [id])).toBe(0)
    expect((await events(WHATSAPP)).map(({ event }) => event.kind)).toEqual(['message'])
  })

  test('skips what is no id', async () => {
    const { simulator } = startSimulator()
    const ids = ['', '.', 'abc', '!!.tag', 'zz.'].map((id) => sensitive(id))
    expect(await simulator.channel.forget(to.telegram, ids)).toBe(0)
  })
})

describe('what the server keeps', () => {
  const ask = async (started: ReturnType<typeof startSimulator>) =>
    (
      await started.server.inject({
        url: '/simulator/api/kept',
        headers: { ...OWN_PAGE, 'x-phone': WHATSAPP },
      })
    ).json<unknown>()

  test('is shown with its sealed bytes in hex', async () => {
    const started = startSimulator()
    const record = { state: 'menu.start', context: { language: 'en' }, outboxWaiting: 2, revision: 7 }
    started.kept.record = { ...record, stored: [Uint8Array.of(1, 254)] }
    expect(await ask(started)).toEqual({ at: started.clock.now(), kept: { ...record, stored: ['01fe'] } })
  })

  test('is nothing when there is no record', async () => {
    const started = startSimulator()
    expect(await ask(started)).toEqual({ at: started.clock.now(), kept: null })
  })
})
