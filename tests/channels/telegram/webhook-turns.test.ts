import { afterEach, beforeEach, expect, test } from 'vitest'
import { heardBy, type House, kept, openHouse } from '../../turns/house.ts'
import { startWebhookBed, type WebhookBed } from './start-webhook.ts'

/** Deliveries in front of real turns on real files: what a platform repeats, she sees once. */

let bed: WebhookBed
let house: House
beforeEach(async () => {
  house = await openHouse()
  bed = await startWebhookBed()
  bed.receive((inbound) => house.receive(inbound.content, { ...inbound, at: house.clock.now() }))
})
afterEach(async () => {
  await bed.stop()
  await house.close()
})

test('the same update twice at the same instant is answered once', async () => {
  bed.fake.chaos.repeat(2)
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  await house.drain()
  expect(bed.fake.posts.map(({ status }) => status)).toEqual([200, 200])
  expect(bed.heard).toHaveLength(2)
  expect(heardBy(house, '7')).toHaveLength(1)
  expect(await kept(house)).toBe(1)
})

test('an update whose answer was lost is answered once', async () => {
  bed.fake.chaos.loseAnswers(1)
  bed.fake.personWrites(7, 'hello')
  await bed.fake.idle()
  await house.drain()
  expect(heardBy(house, '7')).toHaveLength(1)
})

test('two messages of a new person 200 ms apart make one conversation and two answers', async () => {
  bed.fake.chaos.hold()
  bed.fake.personWrites(7, 'hello')
  bed.clock.time += 200
  bed.fake.personWrites(7, 'hello?')
  bed.fake.chaos.release()
  await bed.fake.idle()
  await house.drain()
  expect(bed.heard).toEqual(['7 text hello', '7 text hello?'])
  expect(await kept(house)).toBe(1)
  expect(heardBy(house, '7')).toHaveLength(2)
})

test('two first messages of a new person that arrive together make one conversation', async () => {
  const first = (n: number) =>
    JSON.stringify({
      update_id: n,
      message: { message_id: n, date: 1_772_000_000, chat: { id: 7, type: 'private' }, text: 'hello' },
    })
  expect(await Promise.all([bed.post(first(1)), bed.post(first(2))])).toEqual([200, 200])
  await house.drain()
  expect(await kept(house)).toBe(1)
  expect(heardBy(house, '7')).toHaveLength(2)
})
