import { describe, expect, it } from 'vitest'
import type { Vault } from '../../src/privacy/vault.ts'
import type { Conversations } from '../../src/storage/conversations.ts'
import { type House, heardBy, kept, openHouse } from './house.ts'

async function toMenu(house: House): Promise<void> {
  for (const text of ['hello', 'yes', 'I understand']) await house.receive(text)
  await house.drain()
}

async function wipe(house: House): Promise<void> {
  await house.receive('erase')
  await house.drain()
  await house.receive('yes')
}

const noted = (diary: string[]) => ({
  vault: (vault: Vault): Vault => ({
    ...vault,
    destroy: (id) => vault.destroy(id).then(() => void diary.push('destroy')),
  }),
  store: (store: Conversations): Conversations => ({
    ...store,
    erase: (id) => store.erase(id).then(() => void diary.push('erase')),
  }),
})

describe('a wipe', () => {
  it('goes in the order that is safe: chat, key, rows, and only then one ordinary line', async () => {
    const house = await openHouse({
      wrapVault: (vault, diary) => noted(diary).vault(vault),
      wrapStore: (store, diary) => noted(diary).store(store),
    })
    await toMenu(house)
    await wipe(house)
    const line = house.engine.coverLine('en', house.clock.now()).text
    expect(house.platform.diary.slice(-4)).toEqual(['forget', 'destroy', 'erase', `send ${line}`])
    expect(await kept(house)).toBe(0)
    const ids: string[] = []
    for await (const id of house.vault.ids()) ids.push(id)
    expect(ids).toEqual([])
    await house.close()
  })

  it('deletes the chat including the message that asked for it', async () => {
    const house = await openHouse()
    await toMenu(house)
    await wipe(house)
    const ids = house.platform.forgotten.at(-1)?.ids ?? []
    expect(ids.filter((id) => id.startsWith('hers-'))).toHaveLength(5)
    expect(ids.filter((id) => id.startsWith('bots-'))).toHaveLength(4)
    await house.close()
  })

  it('is never acknowledged when the key could not be destroyed, and can be asked for again', async () => {
    let broken = true
    const house = await openHouse({
      wrapVault: (vault) => ({
        ...vault,
        destroy: (id) => (broken ? Promise.reject(new Error('full')) : vault.destroy(id)),
      }),
    })
    await toMenu(house)
    await wipe(house)
    expect(heardBy(house).at(-1)).toMatch(/^This is not done yet/u)
    expect(await kept(house)).toBe(1)
    broken = false
    await wipe(house)
    expect(heardBy(house).at(-1)).toBe(house.engine.coverLine('en', house.clock.now()).text)
    expect(await kept(house)).toBe(0)
    await house.close()
  })

  it('leaves nothing readable when the rows could not be erased, and the sweep takes the rest', async () => {
    let broken = true
    const house = await openHouse({
      wrapStore: (store) => ({
        ...store,
        erase: (id) => (broken ? Promise.reject(new Error('read-only')) : store.erase(id)),
      }),
    })
    await toMenu(house)
    await wipe(house)
    for await (const { keyId } of house.conversations.keyIds())
      expect(await house.vault.open(keyId)).toBeUndefined()
    broken = false
    await house.receive('hello')
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Hello. Is this a good moment/u)
    await house.close()
  })

  it('lets nothing out that was still waiting', async () => {
    const house = await openHouse()
    await toMenu(house)
    const before = house.platform.sent.length
    await house.receive('rights')
    await house.receive('erase')
    await house.receive('yes')
    await house.drain()
    const line = house.engine.coverLine('en', house.clock.now()).text
    expect(house.platform.sent.slice(before).map(({ message }) => message.text)).toEqual([line])
    await house.close()
  })

  it('is silent and complete from under the cover', async () => {
    const house = await openHouse()
    await toMenu(house)
    await house.receive('exit')
    await house.receive('erase')
    await house.drain()
    expect(await kept(house)).toBe(0)
    expect(heardBy(house).at(-1)).toBe(house.engine.coverLine('en', house.clock.now()).text)
    await house.close()
  })

  it('leaves a stranger who writes next with nothing to learn', async () => {
    const house = await openHouse()
    await toMenu(house)
    await house.receive('rights')
    await house.drain()
    await wipe(house)
    await house.receive('hi')
    await house.receive('hi', { person: 'never here' })
    await house.drain()
    expect(heardBy(house).at(-1)).toBe(heardBy(house, 'never here').at(-1))
    await house.close()
  })
})
