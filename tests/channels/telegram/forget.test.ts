import { afterEach, beforeEach, expect, test } from 'vitest'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { type Bed, START, startBed } from './start-bot.ts'

let bed: Bed
beforeEach(async () => {
  bed = await startBed()
})
afterEach(() => bed.stop())

const HOUR = 3_600_000
const her = sensitive('7')
const forget = (ids: readonly number[]) =>
  bed.telegram.channel.forget(
    her,
    ids.map((id) => sensitive(String(id))),
  )
const visible = () => bed.fake.chat(7).map((message) => message.text)

async function botSays(text: string): Promise<number> {
  const outcome = await bed.telegram.channel.send(her, { text, choices: [], layout: 'none' })
  return outcome.kind === 'sent' ? Number(outcome.messageId?.reveal()) : 0
}

test('messages of both sides disappear, and only those that were named', async () => {
  const hers = bed.fake.personWrites(7, 'he hit me')
  const ours = await botSays('Are you safe now?')
  const voice = bed.fake.personSends(7, 'voice', { file_id: 'x' })
  const other = bed.fake.personWrites(8, 'another chat')
  bed.fake.personWrites(7, 'not named')
  expect(await forget([hers, ours, voice, other])).toBe(4)
  expect(visible()).toEqual(['not named'])
  expect(bed.fake.chat(8)).toHaveLength(1)
  expect(bed.fake.callsOf('deleteMessages')).toHaveLength(1)
})

test('an edited message is deleted by the id that it came with', async () => {
  const id = bed.fake.personWrites(7, 'he hit me')
  bed.fake.personEdits(7, id, 'nothing')
  expect(await forget([id])).toBe(1)
  expect(visible()).toEqual([])
})

test('47:59:59.999 can be deleted, 48:00:00 cannot, and the old one does not save the young ones', async () => {
  const old = bed.fake.personWrites(7, 'old')
  bed.clock.time = START + 1
  const young = bed.fake.personWrites(7, 'young')
  const ours = await botSays('ours')
  bed.clock.time = START + 48 * HOUR
  expect(await forget([old, young, ours])).toBe(2)
  expect(visible()).toEqual(['old'])
  expect(bed.fake.callsOf('deleteMessage').map((call) => call.payload['message_id'])).toEqual([
    ours,
    young,
    old,
  ])
})

test('250 ids go in batches of at most 100, newest first, each id once', async () => {
  const ids = Array.from({ length: 250 }, (_, n) => bed.fake.personWrites(7, `m${n}`))
  expect(await forget([...ids, ...ids.slice(0, 50)])).toBe(250)
  expect(visible()).toEqual([])
  const batches = bed.fake.callsOf('deleteMessages').map((call) => call.payload['message_ids'])
  expect(batches.map((batch) => (Array.isArray(batch) ? batch.length : 0))).toEqual([100, 100, 50])
  expect(batches[0]).toEqual(ids.toReversed().slice(0, 100))
  expect(bed.fake.refusals()).toEqual([])
})

test('unknown ids are skipped, senseless ones are not even asked for, none asks nothing', async () => {
  const id = bed.fake.personWrites(7, 'one')
  expect(
    await bed.telegram.channel.forget(her, [sensitive(String(id)), sensitive('99999'), sensitive('x')]),
  ).toBe(2)
  expect(visible()).toEqual([])
  expect(await forget([])).toBe(0)
  expect(await bed.telegram.channel.forget(sensitive('-100'), [sensitive('1')])).toBe(0)
  expect(bed.fake.callsOf('deleteMessages')).toHaveLength(1)
})

test('a 429 is waited out with its own time', async () => {
  const id = bed.fake.personWrites(7, 'one')
  bed.fake.fail('deleteMessages', { kind: 'flood', seconds: 9 })
  expect(await forget([id])).toBe(1)
  expect(bed.waits).toEqual([9_000])
  expect(visible()).toEqual([])
})

test('a 429 that takes too long ends it, and the number says so', async () => {
  const ids = Array.from({ length: 150 }, (_, n) => bed.fake.personWrites(7, `m${n}`))
  bed.fake.fail('deleteMessages', { kind: 'slow', ms: 1 })
  bed.fake.fail('deleteMessages', { kind: 'flood', seconds: 31 })
  expect(await forget(ids)).toBe(100)
  expect(bed.waits).toEqual([])
  expect(bed.fake.chat(7)).toHaveLength(50)
})

test('cut lines and 500s are tried again; a line that stays cut gives up calmly', async () => {
  const id = bed.fake.personWrites(7, 'one')
  bed.fake.fail('deleteMessages', { kind: 'cut' })
  bed.fake.fail('deleteMessages', { kind: 'html', status: 502 })
  expect(await forget([id])).toBe(1)
  expect(bed.waits).toEqual([1_000, 1_000])

  const next = bed.fake.personWrites(7, 'two')
  bed.fake.fail('deleteMessages', { kind: 'cut' }, 10)
  expect(await forget([next])).toBe(0)
})

test('deletion reaches the chat of a person who has blocked the bot', async () => {
  const id = bed.fake.personWrites(7, 'one')
  bed.fake.personBlocks(7)
  expect(await forget([id])).toBe(1)
  expect(visible()).toEqual([])
})
