import { describe, expect, it } from 'vitest'
import { sweep, sweepOrphans } from '../../src/privacy/retention.ts'
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
