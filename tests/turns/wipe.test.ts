import { describe, expect, it } from 'vitest'
import { wipe as wipeInOrder } from '../../src/privacy/wipe.ts'
import type { KeyId, Vault } from '../../src/privacy/vault/vault.ts'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { type House, heardBy, kept, openHouse } from './house.ts'
import { aDeparture } from '../privacy/a-departure.ts'

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
    erase: (id) => store.erase(id).then((gone) => diary.push('erase') > 0 && gone),
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
    expect(house.platform.diary.slice(-5)).toEqual(['forget', 'withdraw', 'destroy', 'erase', `send ${line}`])
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

describe('a process that dies in the middle of a wipe', () => {
  const STEPS = ['fence', 'chat', 'destroy', 'erase', 'answer', 'compact'] as const

  /** Dies at one step, before or after that step took effect; from then on nothing has an effect. */
  async function dieAt(last: (typeof STEPS)[number] | 'never', when: 'before' | 'after') {
    const seen = { readable: true, acknowledged: false, steps: [] as string[] }
    let dead = false
    const step = (name: (typeof STEPS)[number], effect: () => void = () => {}) => {
      if (dead || (name === last && when === 'before')) dead = true
      else {
        seen.steps.push(name)
        effect()
        dead = name === last
      }
      return dead ? Promise.reject(new Error('dead')) : Promise.resolve()
    }
    await wipeInOrder({
      id: 'c' as ConversationId,
      keyId: 'k' as KeyId,
      departure: aDeparture(),
      raiseFence: () => void step('fence').catch(() => {}),
      deleteChat: () => step('chat'),
      vault: { destroy: () => step('destroy', () => (seen.readable = false)) },
      conversations: {
        erase: () => step('erase').then(() => true),
        compact: () => step('compact').then(() => true),
      },
      answer: (outcome) => step('answer', () => (seen.acknowledged = outcome === 'done')),
      wait: () => Promise.resolve(),
      compactLater: () => {},
    })
    return seen
  }

  it.each(STEPS.flatMap((step) => [[step, 'before'] as const, [step, 'after'] as const]))(
    'at %s, %s it took effect, has never acknowledged what can still be read',
    async (step, when) => {
      const { acknowledged, readable } = await dieAt(step, when)
      expect(acknowledged && readable).toBe(false)
    },
  )

  it('has acknowledged it when it lives, after all six steps in their order', async () => {
    expect(await dieAt('never', 'before')).toEqual({
      readable: false,
      acknowledged: true,
      steps: [...STEPS],
    })
  })

  it('erases all the same when the platform fails at deleting the chat', async () => {
    const house = await openHouse()
    await toMenu(house)
    house.platform.forget = () => Promise.reject(new Error('line cut'))
    await wipe(house)
    expect(await kept(house)).toBe(0)
    await house.close()
  })
})
