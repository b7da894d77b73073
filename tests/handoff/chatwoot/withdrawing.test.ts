import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { findResidue } from '../../privacy/residue.ts'
import { MINUTE, newCase, newEntry, newLink, REQUEST, START } from '../handoff-house.ts'
import { canary, type ChatwootHouse, openChatwoot } from './chatwoot-house.ts'

const DAY = 24 * 60 * MINUTE
const has = ({ fake: { account } }: ChatwootHouse) => [
  account.contacts.size,
  account.conversations.size,
  account.messages.length,
]

async function rows(house: ChatwootHouse): Promise<number> {
  let count = 0
  for await (const _ of house.cases.keyIds()) count += 1
  return count
}

describe('a case that is withdrawn in the middle of a talk', () => {
  it('is gone here and at Chatwoot, and no other case is', async () => {
    const house = await openChatwoot()
    const [id, other] = [await house.asked(), await house.asked()]
    await house.says(id, 'one')
    await house.chatwoot.withdraw(id)
    expect(has(house)).toEqual([1, 1, 1])
    expect(house.thread(other)).toHaveLength(1)
    expect([await house.chatwoot.knows(id), await rows(house)]).toEqual([false, 1])
    await house.chatwoot.withdraw(id)
  })

  it('is not called gone before Chatwoot says that its conversation is', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    house.fake.linger(3)
    await house.chatwoot.withdraw(id)
    expect([house.pauses(), ...has(house)]).toEqual([3, 0, 0, 0])
    const next = await house.asked()
    house.fake.linger(99)
    await expect(house.chatwoot.withdraw(next)).rejects.toThrow('Chatwoot')
  })

  it.each([
    ['is away', 'cut' as const, /./u],
    ['fails', { status: 500 }, /./u],
    ['refuses the token', { status: 401 }, /accounts/u],
    ['takes no DELETE', { status: 403 }, /^DELETE/u],
    ['is another account, where nothing is found', { status: 404 }, /accounts/u],
  ])(
    'while Chatwoot %s is unreadable here at once, not called done, and done later',
    async (_, fault, matching) => {
      const house = await openChatwoot()
      const text = canary()
      const link = newLink()
      const id = await house.asked({}, link)
      await house.says(id, text)
      const row = await house.cases.load(id)
      house.fake.fault(fault, matching)
      await expect(house.chatwoot.withdraw(id)).rejects.toThrow('Chatwoot did not do what was asked')
      expect(row === undefined ? row : await house.vault.open(row.keyId)).toBeUndefined()
      expect(await house.cases.load(id)).toBeUndefined()
      await expect(house.chatwoot.withdraw(id)).rejects.toThrow('Chatwoot')
      expect(house.logged).toContain('chatwoot.wipeWaiting {}')
      house.fake.fault(undefined)
      await house.chatwoot.withdraw(id)
      expect([...has(house), await rows(house)]).toEqual([0, 0, 0, 0])
    },
  )

  it('whose deletion a crash cut off is deleted by the next process, asked or not', async () => {
    for (const finish of ['withdraw', 'sweep'] as const) {
      const house = await openChatwoot()
      const id = await house.asked()
      house.fake.fault({ status: 500 })
      await expect(house.chatwoot.withdraw(id)).rejects.toThrow('Chatwoot')
      await house.restart()
      await expect(house.chatwoot.withdraw(id)).rejects.toThrow('Chatwoot')
      house.fake.fault(undefined)
      if (finish === 'withdraw') await house.chatwoot.withdraw(id)
      else await house.sweep()
      expect([...has(house), await rows(house)]).toEqual([0, 0, 0, 0])
    }
  })

  it('whose contact may have been made, though no answer came, is looked for by its number', async () => {
    const house = await openChatwoot()
    const id = newCase()
    house.fake.fault('cutAfter', /^POST .*\/contacts$/u, 1)
    const item = { id: newEntry(), case: id, link: newLink(), request: REQUEST, at: START }
    await expect(house.chatwoot.opened(item)).rejects.toThrow('Chatwoot')
    expect(has(house)).toEqual([1, 0, 0])
    await house.chatwoot.withdraw(id)
    expect(has(house)).toEqual([0, 0, 0])
  })

  it('takes every conversation of its contact with it, those that agents began too', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const contact = house.contact(id)
    house.fake.account.converse(contact, 'another source', {})
    await house.chatwoot.withdraw(id)
    expect(has(house)).toEqual([0, 0, 0])
  })

  it('hears nothing of a late webhook, and nothing she wrote before is sent', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const { id: conversation } = house.conversation(id)
    house.fake.webhooks.hold()
    house.fake.agent.replies(conversation, 'hello')
    await house.chatwoot.withdraw(id)
    house.fake.webhooks.releaseReversed()
    await house.fake.webhooks.idle()
    await house.says(id, 'one')
    await house.is(id, 'here')
    await house.sweep()
    expect([house.person.heard, ...has(house)]).toEqual([[], 0, 0, 0])
  })

  it('while a message is under way waits for that call, and nothing comes after it', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const slow = house.fake.slow(/^POST .*public.*\/messages$/u)
    const saying = Promise.allSettled([house.says(id, 'one'), house.says(id, 'two')])
    await slow.came
    const withdrawing = house.chatwoot.withdraw(id)
    slow.release()
    await withdrawing
    await saying
    expect(has(house)).toEqual([0, 0, 0])
    expect(house.fake.recorded.filter((one) => one.includes('two'))).toEqual([])
  })

  it('waits for no turn: one may wait for it', async () => {
    const house = await openChatwoot()
    const id = await house.asked()
    const { id: conversation } = house.conversation(id)
    const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    house.person.answer = async () => {
      begun.resolve()
      await done.promise
      return 'notTaken' as const
    }
    house.fake.agent.replies(conversation, 'hello')
    await begun.promise
    await house.chatwoot.withdraw(id)
    done.resolve()
    await house.fake.webhooks.idle()
    expect(has(house)).toEqual([0, 0, 0])
  })
})

describe('a person who erases everything', () => {
  it('takes all her cases along, open and closed, by her conversation or by her address', async () => {
    const house = await openChatwoot()
    const link = newLink()
    const first = await house.asked({}, link)
    house.fake.agent.resolves(house.conversation(first).id)
    await house.fake.webhooks.idle()
    await house.asked({}, link)
    const others = await house.asked()
    const from = { channel: link.channel, address: sensitive(link.address) }
    await house.chatwoot.withdrawAll({ conversations: [newLink().conversation], from, case: '' })
    expect([has(house)[0], await rows(house)]).toEqual([1, 1])
    expect(house.thread(others)).toHaveLength(1)
  })

  it('is not told that it is done while Chatwoot has something of hers, however often and in whatever process', async () => {
    const house = await openChatwoot()
    const link = newLink()
    await house.asked({}, link)
    const her = { conversations: [link.conversation], case: '' }
    house.fake.fault({ status: 500 })
    await expect(house.chatwoot.withdrawAll(her)).rejects.toThrow('Chatwoot')
    await house.restart()
    await expect(house.chatwoot.withdrawAll(her)).rejects.toThrow('Chatwoot')
    // Another person's wipe has nothing to do with it.
    await house.chatwoot.withdrawAll({ conversations: [newLink().conversation], case: '' })
    house.fake.fault(undefined)
    await house.chatwoot.withdrawAll(her)
    expect([...has(house), await rows(house)]).toEqual([0, 0, 0, 0])
  })
})

describe('what lies on the disk', () => {
  it('of a case in Chatwoot and of what is left of one says nothing without the vault', async () => {
    const house = await openChatwoot()
    const [link, hers, theirs] = [newLink(), canary(), canary()]
    const id = await house.asked({}, link)
    await house.says(id, hers)
    house.fake.agent.replies(house.conversation(id).id, theirs)
    await house.fake.webhooks.idle()
    const { sources } = house.contact(id)
    const canaries = [hers, theirs, link.conversation, link.address, ...sources]
    const folders = [join(house.folder, 'data'), join(house.folder, 'vault')]
    expect(findResidue(folders, canaries)).toEqual([])
    expect(findResidue(folders, [id]).length).toBeGreaterThan(0)
    house.fake.fault({ status: 500 })
    await expect(house.chatwoot.withdraw(id)).rejects.toThrow('Chatwoot')
    expect(findResidue(folders, canaries)).toEqual([])
    house.fake.fault(undefined)
    await house.chatwoot.withdraw(id)
    expect(findResidue(folders, [...canaries, id])).toEqual([])
  })
})

describe('time', () => {
  it('erases a closed case after seven days, here and at Chatwoot, and an open one that nobody has seen', async () => {
    const house = await openChatwoot()
    const [closed] = [await house.asked(), await house.asked()]
    house.fake.agent.resolves(house.conversation(closed).id)
    await house.fake.webhooks.idle()
    house.clock.pass(6 * DAY)
    await house.sweep()
    expect(has(house)[0]).toBe(2)
    house.clock.pass(2 * DAY)
    await house.sweep()
    expect([...has(house), await rows(house)]).toEqual([0, 0, 0, 0])
  })

  it('begins with what the vault knows: rows without a key go, and every key in use is named', async () => {
    const house = await openChatwoot()
    const [id, stays] = [await house.asked(), await house.asked()]
    house.fake.fault({ status: 500 })
    const third = await house.asked().catch(() => undefined)
    await expect(house.chatwoot.withdraw(stays)).rejects.toThrow('Chatwoot')
    const named = new Set<string>()
    for await (const key of house.chatwoot.keyIds()) named.add(key)
    const living: string[] = []
    for await (const key of house.vault.ids()) living.push(key)
    expect([third, living.toSorted()]).toEqual([undefined, Array.from(named).toSorted()])
    const row = await house.cases.load(id)
    if (row !== undefined) await house.vault.destroy(row.keyId)
    expect(await house.chatwoot.sweepOrphans()).toBe(1)
    house.fake.fault(undefined)
    await house.sweep()
    expect(await house.chatwoot.knows(stays)).toBe(false)
  })
})
