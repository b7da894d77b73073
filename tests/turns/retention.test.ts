import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { KEPT_FOR } from '../../src/privacy/kept-for.ts'
import { createRetention, sweep, sweepOrphans } from '../../src/privacy/retention.ts'
import { turn } from '../storage/contract.ts'
import { type House, kept, openHouse } from './house.ts'

const DAY = 24 * 3_600_000
const retention = ({ conversations, eraseIdle }: House) => ({
  conversations,
  eraseIdle,
  idleMs: DAY,
  compactLater: () => {},
})

describe('what has outlived its time', () => {
  it('is erased after a day without a message, and not a minute earlier', async () => {
    const house = await openHouse()
    await house.receive('hello')
    await house.drain()
    expect(await sweep(retention(house), house.clock.now() + DAY - 60_000)).toBe(0)
    expect(await kept(house)).toBe(1)
    expect(await sweep(retention(house), house.clock.now() + DAY + 60_000)).toBe(1)
    expect(await kept(house)).toBe(0)
    const keys: string[] = []
    for await (const id of house.vault.ids()) keys.push(id)
    expect(keys).toEqual([])
    await house.close()
  })

  it('is kept by a clock that goes back an hour, and erased by one that jumps a year', async () => {
    const house = await openHouse()
    for (let person = 0; person < 250; person += 1) await house.receive('hello', { person: `p${person}` })
    expect(await sweep(retention(house), house.clock.now() - 3_600_000)).toBe(0)
    expect(await kept(house)).toBe(250)
    expect(await sweep(retention(house), house.clock.now() + 365 * DAY)).toBe(250)
    expect(await kept(house)).toBe(0)
    await house.close()
  })
})

describe('a clock that is wrong', () => {
  const EVERY = KEPT_FOR.conversation.sweptEveryMs
  const minutes = (ms: number) => ms / 60_000

  it('costs nobody anything when it is a year ahead for less than an hour, and everything idle goes when it stays', async () => {
    const house = await openHouse()
    await house.receive('hello')
    const run = await createRetention(retention(house), EVERY)
    const year = 365 * DAY
    house.clock.pass(minutes(year))
    for (let sweeps = 0; sweeps < 6; sweeps += 1) {
      expect(await run(house.clock.now())).toBe(0)
      house.clock.pass(minutes(EVERY))
    }
    // It is put right again, and jumps once more: the doubt begins anew.
    expect(await run(house.clock.now() - year)).toBe(0)
    for (let sweeps = 0; sweeps < 6; sweeps += 1) expect(await run(house.clock.now())).toBe(0)
    expect(await run(house.clock.now())).toBe(1)
    expect(await kept(house)).toBe(0)
    await house.close()
  })

  it('is not believed by a process that starts with it, and neither loses nor keeps by an hour back', async () => {
    const house = await openHouse()
    await house.receive('hello')
    const ahead = await createRetention(retention(house), EVERY)
    expect(await ahead(house.clock.now() + 365 * DAY)).toBe(0)
    const back = await createRetention(retention(house), EVERY)
    expect(await back(house.clock.now() - 3_600_000)).toBe(0)
    let sweeps = 0
    while ((await back(house.clock.now() - 3_600_000 + sweeps * EVERY)) === 0) sweeps += 1
    // One hour late, by as much as the clock was wrong, and one sweep.
    expect(sweeps * EVERY).toBe(DAY + 3_600_000 + EVERY)
    await house.close()
  })

  it('does not keep for a year what was said while it was a year ahead', async () => {
    const house = await openHouse()
    const run = await createRetention(retention(house), EVERY)
    house.clock.pass(minutes(365 * DAY))
    await house.receive('hello')
    house.clock.pass(-minutes(365 * DAY))
    let sweeps = 0
    do {
      sweeps += 1
      house.clock.pass(minutes(EVERY))
    } while ((await run(house.clock.now())) === 0 && sweeps < 1_000)
    expect(sweeps * EVERY).toBe(DAY + EVERY)
    expect(await kept(house)).toBe(0)
    await house.close()
  })
})

describe('what is kept', () => {
  it('is kept as long as the table says, where no setting says otherwise', () => {
    const read = readConfig({})
    if ('faults' in read) throw new Error('settings')
    expect(read.config.idleHours * 3_600_000).toBe(KEPT_FOR.conversation.ms)
    for (const { ms } of [KEPT_FOR.endedCase, KEPT_FOR.unseenCase, KEPT_FOR.conversationWithCase])
      expect(read.config.caseDays * DAY).toBe(ms)
  })

  it('as a message that waits is not sent when a day has passed, though nobody tried before', async () => {
    const house = await openHouse()
    await house.receive('hello')
    house.clock.pass(minutesOf(KEPT_FOR.waitingMessage.ms) - 1)
    await house.receive('hello', { person: 'eve' })
    house.clock.pass(2)
    await house.drain()
    expect(house.platform.sent.map(({ to }) => to)).toEqual(['eve'])
    await house.close()
  })

  it('as an id of an event or of a message goes in its time, and not before', async () => {
    const house = await openHouse()
    await house.receive('hello')
    await house.drain()
    const [row] = await house.conversations.idle(Number.MAX_SAFE_INTEGER, 1)
    const marks = async () => (row === undefined ? [] : await house.conversations.marks(row.id)).length
    const stays = { ...retention(house), eraseIdle: () => Promise.resolve(false) }
    await sweep(stays, house.clock.now() + KEPT_FOR.messageId.ms)
    expect(await marks()).toBe(2)
    await sweep(stays, house.clock.now() + KEPT_FOR.messageId.ms + 1)
    expect(await marks()).toBe(0)
    await house.close()
  })
})

const minutesOf = (ms: number) => ms / 60_000

describe('a person who writes while the sweep goes round', () => {
  it('stays: her turn counts, and her answer leaves', async () => {
    const house = await openHouse()
    await house.receive('hello')
    await house.drain()
    house.clock.pass(25 * 60)
    const { eraseIdle, ...rest } = retention(house)
    // The sweep has already found her idle when her message comes.
    const late: typeof eraseIdle = async (row, before) => {
      await house.receive('hello')
      return eraseIdle(row, before)
    }
    expect(await sweep({ ...rest, eraseIdle: late }, house.clock.now())).toBe(0)
    await house.drain()
    expect(await kept(house)).toBe(1)
    expect(house.platform.sent).toHaveLength(2)
    await house.close()
  })
})

describe('what a crash left', () => {
  it('rows without a key and keys without a row are removed, and nothing else', async () => {
    const house = await openHouse()
    await house.receive('hello', { person: 'stays' })
    await house.receive('hello', { person: 'keyless' })
    const rows = []
    for await (const row of house.conversations.keyIds()) rows.push(row)
    const before = rows.length
    expect(before).toBe(2)
    await house.vault.create()
    const [lost] = rows
    if (lost !== undefined) await house.vault.destroy(lost.keyId)
    expect(await sweepOrphans(house)).toBe(2)
    expect(await kept(house)).toBe(1)
    expect(await sweepOrphans(house)).toBe(0)
    await house.close()
  })
})

it('an idle conversation that had a turn in another process at the same moment stays, with its key', async () => {
  let isErasing = false
  const house = await openHouse({
    wrapStore: (store) => ({
      ...store,
      async load(id) {
        const stored = await store.load(id)
        // Between the look and the erasing, as another process would do it.
        if (stored !== undefined && isErasing) {
          const { keyId, revision, sealed } = stored
          await store.commit(turn(id, revision, { keyId, sealed, at: house.clock.now() }))
        }
        return stored
      },
    }),
  })
  await house.receive('hi')
  const [row] = await house.conversations.idle(Number.MAX_SAFE_INTEGER, 1)
  if (row === undefined) throw new Error('nothing was kept')
  house.clock.pass(48 * 60)
  isErasing = true
  expect(await house.eraseIdle(row, house.clock.now())).toBe(false)
  isErasing = false
  expect(await house.conversations.load(row.id)).toMatchObject({ revision: 2 })
  expect(await house.vault.open(row.keyId)).toBeDefined()
  await house.close()
})
