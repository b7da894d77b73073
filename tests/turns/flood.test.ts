import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Inbound, InboundContent } from '../../src/channels/channel.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { FLOOD, guardFromFlood } from '../../src/turns/flood.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'

async function start() {
  let now = MONDAY
  const taken: Inbound[] = []
  const dropped: Inbound[] = []
  const receive = guardFromFlood({
    engine: await englishEngine({ entrance: 'open' }),
    clock: { now: () => now },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    moment: () => ({ now, desk: 'none' }),
    receive: (inbound) => Promise.resolve(void taken.push(inbound)),
    dropped: (inbound) => void dropped.push(inbound),
  })
  const from = (person: string, content: InboundContent | string) =>
    receive({
      channel: 'whatsapp',
      look: 'whatsapp',
      address: sensitive(`${person}-address`),
      names: [sensitive(person)],
      eventId: sensitive('event'),
      at: now,
      content: typeof content === 'string' ? { kind: 'text', text: sensitive(content) } : content,
    })
  const of = (list: Inbound[], person: string) =>
    list.filter(({ names }) => names?.[0].reveal() === person).length
  return { from, taken, dropped, of, pass: (ms: number) => void (now += ms) }
}

describe('a flood of messages', () => {
  it('is dropped past what anyone types, and takes nothing from others', async () => {
    const { from, taken, dropped, of } = await start()
    for (let n = 0; n < 1_000; n += 1) await from('ada', 'menu')
    for (let n = 0; n < 10; n += 1) await from('zoe', 'menu')
    expect(of(taken, 'ada')).toBe(FLOOD.burst)
    expect(of(dropped, 'ada')).toBe(1_000 - FLOOD.burst)
    expect(of(taken, 'zoe')).toBe(10)
  })

  it.each([
    'exit',
    'erase',
    'stop',
    'help',
    'he is going to kill me',
    'my husband hits me',
    'I want to die',
    'blue cup',
    'talk to a person',
    { kind: 'choice', id: 'menu.start:exit' },
    { kind: 'choice', id: 'privacy.wipeConfirm:yes' },
    { kind: 'blocked' },
  ] as const)('never holds back %j', async (content) => {
    const { from, taken } = await start()
    for (let n = 0; n < 100; n += 1) await from('ada', { kind: 'unsupported' })
    const before = taken.length
    await from('ada', content)
    expect(taken).toHaveLength(before + 1)
  })

  it('is over after a while', async () => {
    const { from, taken, pass } = await start()
    for (let n = 0; n < 100; n += 1) await from('ada', 'menu')
    pass(FLOOD.everyMs)
    await from('ada', 'menu')
    expect(taken).toHaveLength(FLOOD.burst + 1)
  })
})
