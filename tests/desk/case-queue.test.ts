import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { QueueEntry } from '../../src/handoff/handoff.ts'
import { type Room, startRoom } from './start-room.ts'

/** How often the queue is read for all who ask. */

const QUEUE_MS = 2_000

let ours: Room
/** One for each time that the handoff was asked. */
let readings: PromiseWithResolvers<QueueEntry[]>[]

beforeEach(() => {
  readings = []
  ours = startRoom(() => ({
    queue() {
      const reading = Promise.withResolvers<QueueEntry[]>()
      readings.push(reading)
      return reading.promise
    },
  }))
})
afterEach(() => ours.stop())

describe('the queue', () => {
  test('is read once for all who ask within two seconds', async () => {
    const both = [ours.room.queue(), ours.room.queue()]
    ours.pass(QUEUE_MS - 1)
    both.push(ours.room.queue())
    expect(readings).toHaveLength(1)
    readings[0]?.resolve([])
    for (const queue of await Promise.all(both)) expect(queue).toEqual([])
    ours.pass(1)
    void ours.room.queue()
    expect(readings).toHaveLength(2)
  })

  test('is read anew as soon as a case changes', async () => {
    void ours.room.queue()
    const id = ours.cases.add()
    void ours.room.queue()
    expect(readings).toHaveLength(2)
    const entry = await ours.cases.find(id)
    readings[1]?.resolve(entry === undefined ? [] : [entry])
    expect(await ours.room.queue()).toEqual([entry])
    expect(readings).toHaveLength(2)
  })

  test('that cannot be read says so, and is read anew for the next who asks', async () => {
    const first = ours.room.queue()
    readings[0]?.reject(new RangeError('no disk'))
    await expect(first).rejects.toThrow('no disk')
    void ours.room.queue()
    expect(readings).toHaveLength(2)
  })

  test('keeps what it read when an older reading fails after it', async () => {
    const first = ours.room.queue()
    ours.pass(QUEUE_MS)
    const second = ours.room.queue()
    readings[0]?.reject(new RangeError('no disk'))
    await expect(first).rejects.toThrow('no disk')
    readings[1]?.resolve([])
    expect(await second).toEqual([])
    expect(await ours.room.queue()).toEqual([])
    expect(readings).toHaveLength(2)
  })
})
