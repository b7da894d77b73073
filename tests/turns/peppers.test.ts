import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { KEK_MS, PEPPER_MS, renewKeys } from '../../src/privacy/vault/key-upkeep.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { RotatingVault } from '../../src/privacy/vault/vault.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { heardBy, type House, kept, openHouse } from './house.ts'

let house: House
let vault: RotatingVault
beforeEach(async () => {
  house = await openHouse()
  vault = house.vault as RotatingVault
})
afterEach(() => house.close())

async function nameToday(person = 'ada'): Promise<ConversationId> {
  const [pepper] = await vault.peppers()
  if (pepper === undefined) throw new Error('no pepper')
  return pseudonym(pepper, 'telegram', sensitive(person))
}

async function onlyRow() {
  for await (const row of house.conversations.keyIds()) return row
  throw new Error('nothing is kept')
}

describe('a person whose pepper was changed', () => {
  it('goes on where she was, under the new name from her next turn on, and the old pepper goes then', async () => {
    for (const text of ['hello', 'yes', 'I understand']) await house.receive(text)
    await house.drain()
    const before = await onlyRow()
    expect(before.id).toBe(await nameToday())
    await renewKeys({ ...house, vault }, house.clock.now())
    expect((await vault.peppers()).length).toBe(2)
    expect(await house.conversations.namedBefore(2)).toBe(true)
    await renewKeys({ ...house, vault }, house.clock.now())
    expect((await vault.peppers()).length).toBe(2)

    const heard = heardBy(house).length
    await house.receive('health')
    await house.drain()
    expect(heardBy(house).at(heard)).not.toMatch(/^Hello/u)
    const after = await onlyRow()
    expect(after).toEqual({ id: await nameToday(), keyId: before.keyId })
    expect(after.id).not.toBe(before.id)
    expect(await house.conversations.load(before.id)).toBeUndefined()
    await renewKeys({ ...house, vault }, house.clock.now())
    expect((await vault.peppers()).length).toBe(1)
    await house.receive('menu')
    expect(await kept(house)).toBe(1)
  })

  it('keeps what waits for her, and every message that can still be deleted', async () => {
    for (const text of ['hello', 'yes']) await house.receive(text)
    await house.drain()
    house.platform.answer = () => ({ kind: 'later', afterMs: 1_000 })
    await house.receive('I understand')
    await house.drain()
    await vault.rotatePepper()
    await house.receive('health')
    house.platform.answer = () => ({ kind: 'sent', messageId: sensitive('late') })
    house.clock.pass(1)
    await house.drain()
    expect((await onlyRow()).id).toBe(await nameToday())
    expect(heardBy(house)).toHaveLength(4)
    await house.receive('exit')
    await house.drain()
    const hers = Array.from({ length: 5 }, () => expect.stringMatching(/^hers-/u) as string)
    expect(house.platform.forgotten.at(-1)?.ids).toEqual(expect.arrayContaining([...hers, 'bots-1', 'late']))
  })

  it('keeps her old name for the one turn in which a message to her is under way, and gets it once', async () => {
    await house.receive('hello')
    await house.drain()
    const sending = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    house.platform.answer = async () => {
      began.resolve()
      await sending.promise
      return { kind: 'sent', messageId: sensitive('slow') }
    }
    house.startCourier()
    const old = await onlyRow()
    await house.receive('yes')
    await began.promise
    await vault.rotatePepper()
    await house.receive('I understand')
    const during = await onlyRow()
    sending.resolve()
    await house.drain()
    await house.receive('health')
    await house.drain()
    expect(during).toEqual(old)
    expect((await onlyRow()).id).toBe(await nameToday())
    expect(new Set(heardBy(house)).size).toBe(heardBy(house).length)
    expect(await kept(house)).toBe(1)
  })

  it('erases everything under whichever name it is kept', async () => {
    await house.receive('hello')
    await vault.rotatePepper()
    await house.receive('erase')
    await house.receive('yes')
    expect(await kept(house)).toBe(0)
    const keys: string[] = []
    for await (const id of vault.ids()) keys.push(id)
    expect(keys).toEqual([])
  })
})

describe('the keys of the vault', () => {
  const epochs = async () => {
    const { kek, pepper } = await vault.epochs()
    return [kek.epoch, pepper.epoch]
  }
  const renew = () => renewKeys({ ...house, vault }, house.clock.now())

  it('are renewed when their time is over and not before, whatever the clock does', async () => {
    await renew()
    expect(await epochs()).toEqual([2, 2])
    house.clock.pass(KEK_MS / 60_000 - 1)
    await renew()
    expect(await epochs()).toEqual([2, 2])
    house.clock.pass(1)
    await renew()
    expect(await epochs()).toEqual([3, 2])
    house.clock.pass(PEPPER_MS / 60_000)
    await renew()
    expect(await epochs()).toEqual([4, 3])
    house.clock.pass(365 * 24 * 60)
    await renew()
    expect(await epochs()).toEqual([5, 4])
    // The clock is put right again: what was made in the future would otherwise stay for a year.
    house.clock.pass(-365 * 24 * 60)
    await renew()
    await renew()
    expect(await epochs()).toEqual([6, 5])
  })

  it('wait with a new pepper while somebody is known by the one before, however long that is', async () => {
    await house.receive('hello', { person: 'stays' })
    await renew()
    for (let weeks = 0; weeks < 3; weeks += 1) {
      house.clock.pass(PEPPER_MS / 60_000)
      await renew()
    }
    expect((await epochs())[1]).toBe(2)
    await house.receive('menu', { person: 'stays' })
    expect(await kept(house)).toBe(1)
    await renew()
    expect((await epochs())[1]).toBe(3)
  })
})
