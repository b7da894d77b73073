import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Inbound, Receive } from '../../src/channels/channel.ts'
import { createIntake } from '../../src/channels/intake.ts'
import { StoreFailed, WrittenByNewer } from '../../src/errors.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { RedisFailed } from '../../src/storage/redis/link/failure.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const event = (person: string, id: string): Inbound => ({
  channel: 'whatsapp',
  look: 'whatsapp',
  address: sensitive(person),
  eventId: sensitive(id),
  at: 0,
  content: { kind: 'unsupported' },
})

function start(receive: Receive) {
  let givenUp = 0
  const intake = createIntake({ receive, random, givenUp: () => void (givenUp += 1) })
  return { intake, givenUp: () => givenUp }
}

describe('what one webhook call brought', () => {
  it('is handled in order for one person, and side by side for several', async () => {
    const diary: string[] = []
    const waiting = new Map<string, PromiseWithResolvers<void>>()
    const { intake } = start(({ address, eventId }) => {
      const id = `${address.reveal()}${eventId.reveal()}`
      diary.push(id)
      const end = Promise.withResolvers<void>()
      waiting.set(id, end)
      return end.promise
    })
    const taken = intake.take([event('a', '1'), event('a', '2'), event('b', '1')])
    expect(diary).toEqual(['a1', 'b1'])
    waiting.get('a1')?.resolve()
    await Promise.resolve()
    await new Promise(setImmediate)
    expect(diary).toEqual(['a1', 'b1', 'a2'])
    waiting.get('a2')?.resolve()
    waiting.get('b1')?.resolve()
    expect(await taken).toBe(true)
  })

  it('keeps the order of one person who comes under several names', async () => {
    const order: string[] = []
    const { intake } = start(async ({ eventId }) => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push(eventId.reveal())
    })
    const named = (id: string, ...names: [string, ...string[]]): Inbound => ({
      ...event(id, id),
      names: names.map((name) => sensitive(name)) as [ReturnType<typeof sensitive<string>>],
    })
    await intake.take([named('1', 'id', 'phone'), named('2', 'phone'), named('3', 'id')])
    expect(order).toEqual(['1', '2', '3'])
  })

  it('comes again whole when one of it failed, and the neighbours are committed all the same', async () => {
    const committed: string[] = []
    const { intake } = start(({ eventId }) => {
      if (eventId.reveal() === '1') return Promise.reject(new Error('a secret text'))
      committed.push(eventId.reveal())
      return Promise.resolve()
    })
    expect(await intake.take([event('a', '1'), event('a', '2'), event('b', '3')])).toBe(false)
    expect(committed.toSorted()).toEqual(['2', '3'])
  })

  it('is given up only when others were committed between its failures, several times over', async () => {
    let down = true
    const { intake, givenUp } = start(({ eventId }) =>
      down || eventId.reveal() === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(),
    )
    for (let n = 0; n < 50; n += 1) expect(await intake.take([event('a', 'bad')])).toBe(false)
    expect(givenUp()).toBe(0)
    down = false
    for (let n = 0; n < 3; n += 1) {
      await intake.take([event('b', `good ${n}`)])
      expect(await intake.take([event('a', 'bad')])).toBe(n === 2)
    }
    expect(givenUp()).toBe(1)
  })

  it.each([
    ['a server of a cluster is away', new RedisFailed('AWAY')],
    ['its part of a cluster has no primary', new RedisFailed('CLUSTERDOWN')],
    ['no replica has it', new RedisFailed('UNREPLICATED')],
    ['a disk is full', Object.assign(new Error('database or disk is full'), { errcode: 13 })],
    ['a disk does not answer', Object.assign(new Error('disk I/O error'), { errcode: 266 })],
    ['a conversation changes under every try', new StoreFailed('a conversation changed')],
  ])('is never given up because %s, however many others are committed meanwhile', async (_, error) => {
    let isAway = true
    const { intake, givenUp } = start(({ eventId }) =>
      isAway && eventId.reveal() === 'hers' ? Promise.reject(error) : Promise.resolve(),
    )
    for (let n = 0; n < 20; n += 1) {
      expect(await intake.take([event('b', `another ${n}`)])).toBe(true)
      expect(await intake.take([event('a', 'hers')])).toBe(false)
    }
    isAway = false
    expect(await intake.take([event('a', 'hers')])).toBe(true)
    expect(givenUp()).toBe(0)
  })

  it('is given up where a page of the file is damaged, which holds up nobody else', async () => {
    const damaged = Object.assign(new Error('database disk image is malformed'), { errcode: 11 })
    const { intake, givenUp } = start(({ eventId }) =>
      eventId.reveal() === 'hers' ? Promise.reject(damaged) : Promise.resolve(),
    )
    for (let n = 0; n < 4; n += 1) {
      await intake.take([event('b', `another ${n}`)])
      await intake.take([event('a', 'hers')])
    }
    expect(givenUp()).toBe(1)
  })

  it.each([
    ['a store is away', new RedisFailed('AWAY')],
    ['only a newer Lantern can handle it', new WrittenByNewer()],
  ])(
    'is not overtaken by the next of the same person while %s, and another person goes on',
    async (_, error) => {
      let isAway = true
      const committed: string[] = []
      const { intake } = start(({ eventId }) => {
        if (isAway && eventId.reveal() === '1') return Promise.reject(error)
        committed.push(eventId.reveal())
        return Promise.resolve()
      })
      const call = [event('a', '1'), event('a', '2'), event('b', '3')]
      expect(await intake.take(call)).toBe(false)
      expect(committed).toEqual(['3'])
      isAway = false
      expect(await intake.take(call)).toBe(true)
      expect(committed.filter((id) => id !== '3')).toEqual(['1', '2'])
    },
  )

  it('is never given up while only a newer Lantern can handle it, however many others are committed', async () => {
    const { intake, givenUp } = start(({ eventId }) =>
      eventId.reveal() === 'of-newer' ? Promise.reject(new WrittenByNewer()) : Promise.resolve(),
    )
    for (let round = 0; round < 20; round += 1)
      expect(await intake.take([event('a', 'of-newer'), event('b', `${round}`)])).toBe(false)
    expect(givenUp()).toBe(0)
  })
})
