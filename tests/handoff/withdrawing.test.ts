import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyIdOf } from '../../src/privacy/sealing/seal.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { findResidue } from '../privacy/residue.ts'
import {
  MINUTE,
  newAccount,
  newCase,
  newLink,
  newEntry,
  openHandoff,
  REQUEST,
  START,
} from './handoff-house.ts'

const [ada, ben] = [newAccount(), newAccount()]
const DAY = 24 * 60 * MINUTE
const canary = () => `canary ${randomBytes(9).toString('hex')}`

async function keysIn(ids: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const id of ids) all.push(id)
  return all
}

describe('what lies in cases.db', () => {
  it('can be read by nobody without the vault: no text, request, conversation or note', async () => {
    const house = openHandoff()
    const [link, hers, ours, note] = [newLink(), canary(), canary(), canary()]
    const checkPhrase = {
      salt: randomBytes(16).toString('base64url'),
      hash: randomBytes(32).toString('base64url'),
    }
    const id = await house.asked({ checkPhrase, need: 'trafficking', urgency: 'within120h' }, link)
    await house.claim(id, ada, 5)
    await house.says(id, hers)
    await house.write(id, ada, newEntry(), ours)
    await house.note(id, ada, newEntry(), note)
    const canaries = [
      hers,
      ours,
      note,
      link.conversation,
      link.address,
      checkPhrase.salt,
      checkPhrase.hash,
      'trafficking',
      'within120h',
    ]
    const folders = [join(house.folder, 'data'), join(house.folder, 'vault')]
    expect(findResidue(folders, canaries)).toEqual([])
    // The search finds what is there: the number of the case stands in the clear.
    expect(findResidue(folders, [id]).length).toBeGreaterThan(0)
    expect(await house.lines(id, ada)).toContain(`person ${hers}`)
  })

  it('keeps nothing of a withdrawn case, not even a sealed byte, and all of another', async () => {
    const house = openHandoff()
    const [id, stays] = [await house.asked(), await house.asked()]
    for (const one of [id, stays]) {
      await house.claim(one, ada, 5)
      await house.says(one, canary())
    }
    const sealedOf = async (one: typeof id) => {
      const [row, entries] = [await house.cases.load(one), await house.cases.entries(one, 0, 99)]
      return [row, ...entries].map((of, at) => ({
        name: `record ${at}`,
        bytes: (of?.sealed ?? new Uint8Array()).subarray(30, 54),
      }))
    }
    const [gone, kept] = [await sealedOf(id), await sealedOf(stays)]
    const data = [join(house.folder, 'data')]
    expect(new Set(findResidue(data, gone).map((one) => one.canary)).size).toBe(4)
    await house.withdraw(id)
    expect(findResidue(data, [...gone, id])).toEqual([])
    expect(new Set(findResidue(data, kept).map((one) => one.canary)).size).toBe(4)
    expect(await house.lines(stays, ada)).toHaveLength(3)
  })

  it('has one key for each case, which no other case shares', async () => {
    const house = openHandoff()
    const ids = [await house.asked(), await house.asked()]
    const rows = await Promise.all(ids.map((id) => house.cases.load(id)))
    expect(new Set(rows.map((row) => keyIdOf(row?.sealed ?? new Uint8Array()))).size).toBe(2)
    expect((await keysIn(house.keyIds())).toSorted()).toEqual((await keysIn(house.vault.ids())).toSorted())
  })
})

describe('a withdrawal', () => {
  it('destroys the key, then erases the rows, then tells the desk', async () => {
    const diary: string[] = []
    const house = openHandoff({
      wrapVault: (vault) => ({
        ...vault,
        destroy: (id) => vault.destroy(id).then(() => void diary.push('destroy')),
      }),
      wrapCases: (cases) => ({
        ...cases,
        erase: (id) => cases.erase(id).then(() => void diary.push('erase')),
        compact: () => cases.compact().finally(() => diary.push('compact')),
      }),
    })
    const id = await house.asked()
    house.changes((_, what) => void diary.push(what))
    await house.withdraw(id)
    expect(diary).toEqual(['destroy', 'erase', 'withdrawn', 'compact'])
    await house.withdraw(id)
    expect(await keysIn(house.vault.ids())).toEqual([])
  })

  it('makes everything answer that it is gone', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.offer(id, ada, ben)
    await house.withdraw(id)
    expect(await house.queue()).toEqual([])
    for (const by of [ada, ben]) {
      expect(await house.thread(id, by, 0)).toBeUndefined()
      expect([
        await house.claim(id, by, 5),
        await house.release(id, by),
        await house.offer(id, by, ben),
        await house.accept(id, by, 5),
        await house.reject(id, by),
        await house.close(id, by, 'ended'),
        await house.write(id, by, newEntry(), 'hi'),
        await house.card(id, by, newEntry(), 'svc-1'),
        await house.note(id, by, newEntry(), 'hm'),
      ]).toEqual(Array(9).fill('gone'))
    }
    await house.says(id, 'hello')
    await house.is(id, 'here')
    expect(house.person.heard).toEqual(['claimed'])
    expect(await house.cases.load(id)).toBeUndefined()
  })

  it('while a reply is on its way to her is not undone by it, and does not wait for it', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    const { promise, resolve } = Promise.withResolvers<'shown'>()
    house.person.answer = () => promise
    const reply = house.write(id, ada, newEntry(), 'hello')
    while (!house.person.heard.includes('wrote hello')) await new Promise(setImmediate)
    await house.withdraw(id)
    expect(await house.cases.load(id)).toBeUndefined()
    resolve('shown')
    await reply
    expect(await house.cases.load(id)).toBeUndefined()
    expect(await house.cases.entries(id, 0, 9)).toEqual([])
    expect(await keysIn(house.vault.ids())).toEqual([])
  })

  it('while a message is being written, here or in another process, leaves nothing of it', async () => {
    let before = () => Promise.resolve()
    const house = openHandoff({
      wrapCases: (cases) => ({ ...cases, commit: (change) => before().then(() => cases.commit(change)) }),
    })
    const other = house.beside()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    before = async () => {
      before = () => Promise.resolve()
      await other.withdraw(id)
    }
    expect(await house.write(id, ada, newEntry(), 'hello')).toBe('gone')
    expect(await house.cases.load(id)).toBeUndefined()
    const next = await house.asked()
    await house.claim(next, ada, 5)
    expect(
      await Promise.all([house.write(next, ada, newEntry(), 'hello'), house.withdraw(next)]),
    ).toHaveLength(2)
    expect(await house.cases.load(next)).toBeUndefined()
    expect(await house.cases.entries(next, 0, 9)).toEqual([])
  })

  it('is not undone by a late write when the number was given to someone else meanwhile', async () => {
    let before = () => Promise.resolve()
    const house = openHandoff({
      wrapCases: (cases) => ({ ...cases, commit: (change) => before().then(() => cases.commit(change)) }),
    })
    const [other, third] = [house.beside(), house.beside()]
    const id = await house.asked()
    await house.claim(id, ada, 5)
    before = async () => {
      before = () => Promise.resolve()
      await other.withdraw(id)
      const item = { id: newEntry(), case: id, link: newLink(), at: START }
      await third.opened({ ...item, request: REQUEST })
      await third.claim(id, ada, 5)
    }
    expect(await house.write(id, ada, newEntry(), 'for the other one')).toBe('gone')
    expect((await house.cases.entries(id, 0, 9)).map(({ seq }) => seq)).toEqual([1, 2])
  })

  it('is not undone by her own request that comes once more', async () => {
    const house = openHandoff()
    const link = newLink()
    const item = { id: newEntry(), case: await house.asked(), link, request: REQUEST, at: START }
    await house.withdraw(item.case)
    expect(await house.opened(item)).toEqual({ kind: 'gone' })
    expect(await house.queue()).toEqual([])
    expect(await keysIn(house.vault.ids())).toEqual([])
  })

  it('is not claimed to be done while the key may live, but hides the case, and is tried again', async () => {
    let broken = true
    const house = openHandoff({
      wrapVault: (vault) => ({
        ...vault,
        destroy: (id) => (broken ? Promise.reject(new Error('full')) : vault.destroy(id)),
      }),
    })
    const id = await house.asked()
    await house.queue()
    await expect(house.withdraw(id)).rejects.toThrow('full')
    for (let others = 0; others < 250; others += 1) await house.withdraw(newCase())
    expect(await house.queue()).toEqual([])
    expect(await house.claim(id, ada, 5)).toBe('gone')
    broken = false
    await house.sweep(house.clock.now())
    expect(await house.cases.load(id)).toBeUndefined()
    expect(await keysIn(house.vault.ids())).toEqual([])
  })

  it('is done when the files cannot be cleaned at once', async () => {
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        compact: () => {
          throw new Error('busy')
        },
      }),
    })
    const id = await house.asked()
    await house.withdraw(id)
    expect(await house.cases.load(id)).toBeUndefined()
  })

  it('is done when the rows are in the way, and the sweep takes them', async () => {
    let broken = true
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        erase: (id) => (broken ? Promise.reject(new Error('busy')) : cases.erase(id)),
      }),
    })
    const id = await house.asked()
    await house.queue()
    await house.withdraw(id)
    expect(await keysIn(house.vault.ids())).toEqual([])
    expect(await house.queue()).toEqual([])
    broken = false
    await house.sweep(house.clock.now())
    expect(await house.cases.load(id)).toBeUndefined()
  })

  it('in another process empties this one too, whatever it had read before', async () => {
    const house = openHandoff()
    const other = house.beside()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    await house.queue()
    await other.withdraw(id)
    expect(await house.queue()).toEqual([])
    expect(await house.thread(id, ada, 0)).toBeUndefined()
  })
})

describe('a case that was taken back in another process', () => {
  const newKey = () => randomBytes(16).toString('base64url') as KeyId
  const late = () => {
    const link = { ...newLink(), key: newKey() }
    return { id: newEntry(), case: newCase(), link, request: REQUEST, at: START }
  }

  it('is not opened by a request of hers that comes late, and its number stays free for anyone else', async () => {
    const house = openHandoff()
    const item = late()
    await house.beside().withdraw(item.case, item.link.key)
    expect(await house.opened(item)).toEqual({ kind: 'gone' })
    expect(await house.queue()).toEqual([])
    expect(await keysIn(house.vault.ids())).toEqual([])
    const another = { ...late(), case: item.case }
    expect(await house.opened(another)).toEqual({ kind: 'opened', case: item.case })
  })

  it('is not opened by one that was between its look and its write', async () => {
    const item = late()
    let before = (): Promise<void> => Promise.resolve()
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        async commit(change) {
          await before()
          return cases.commit(change)
        },
      }),
    })
    const other = house.beside()
    before = () => other.withdrawAll({ conversations: [], key: item.link.key, case: item.case })
    expect(await house.opened(item)).toEqual({ kind: 'gone' })
    expect([await house.queue(), await keysIn(house.vault.ids())]).toEqual([[], []])
  })

  it('is forgotten after a day, in which nothing says whose it was or when', async () => {
    const notes: [Uint8Array, number][] = []
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        noteWithdrawn(mark, until) {
          notes.push([mark, until])
          return cases.noteWithdrawn(mark, until)
        },
      }),
    })
    const item = late()
    house.clock.pass(17 * MINUTE)
    await house.beside().withdraw(item.case, item.link.key)
    expect(notes.map(([mark, until]) => [mark.length, until - START])).toEqual([[16, DAY]])
    const traces = [item.case, item.link.key, item.link.conversation, item.link.address]
    expect(findResidue([join(house.folder, 'data')], traces)).toEqual([])
    house.clock.pass(DAY - 17 * MINUTE)
    await house.sweep(house.clock.now())
    const mark = { name: 'the mark', bytes: Buffer.from(notes[0]?.[0] ?? []) }
    expect(findResidue([join(house.folder, 'data')], [mark])).toEqual([])
    expect(await house.opened(item)).toEqual({ kind: 'opened', case: item.case })
  })

  it('is taken back though that cannot be noted now, and is noted with the next sweep', async () => {
    let broken = true
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        noteWithdrawn: (mark, until) =>
          broken ? Promise.reject(new Error('full')) : cases.noteWithdrawn(mark, until),
      }),
    })
    const item = late()
    expect(await house.opened(item)).toMatchObject({ kind: 'opened' })
    await house.withdraw(item.case, item.link.key)
    expect(await keysIn(house.vault.ids())).toEqual([])
    broken = false
    await house.sweep(house.clock.now())
    expect(await house.beside().opened(item)).toEqual({ kind: 'gone' })
  })
})

describe('a key that is damaged', () => {
  it('hides its own case and no other, and stops neither a start nor a sweep', async () => {
    let damaged = ''
    const house = openHandoff({
      wrapVault: (vault) => ({
        ...vault,
        open: (id) => (id === damaged ? Promise.reject(new Error('damaged')) : vault.open(id)),
      }),
    })
    const [bad, good] = [await house.asked(), await house.asked()]
    damaged = (await house.cases.load(bad))?.keyId ?? ''
    expect((await house.queue()).map(({ id }) => id)).toEqual([good])
    expect(await house.sweepOrphans()).toBe(0)
    house.clock.pass(15 * MINUTE)
    expect((await house.sweep(house.clock.now())).unanswered).toBe(1)
    await house.asked()
    await house.withdraw(bad)
    expect(await house.cases.load(bad)).toBeUndefined()
  })
})

describe('what has outlived its time', () => {
  it('is erased, key first: a closed case after seven days and not before', async () => {
    const house = openHandoff()
    const [closed, open] = [await house.asked(), await house.asked()]
    await house.claim(closed, ada, 5)
    await house.close(closed, ada, 'helped')
    await house.claim(open, ada, 5)
    await house.write(open, ada, newEntry(), 'hello')
    house.clock.pass(6 * DAY)
    await house.says(open, 'still here')
    house.clock.pass(DAY)
    await house.sweep(house.clock.now())
    expect(await house.cases.load(closed)).toBeDefined()
    house.clock.pass(1)
    expect((await house.sweep(house.clock.now())).erased).toBe(1)
    expect(await house.cases.load(closed)).toBeUndefined()
    expect(await house.cases.load(open)).toBeDefined()
    expect(await keysIn(house.vault.ids())).toEqual(await keysIn(house.keyIds()))
  })

  it('is not a case that another process opened while a start looked for rows without a key', async () => {
    let meanwhile = (): Promise<unknown> => Promise.resolve()
    const house = openHandoff({
      wrapVault: (vault) => ({
        ...vault,
        async *ids() {
          yield* vault.ids()
          await meanwhile()
        },
      }),
    })
    let opened: CaseId | undefined
    meanwhile = async () => (opened = await house.asked())
    expect(await house.sweepOrphans()).toBe(0)
    expect(opened && (await house.cases.load(opened))).toBeDefined()
  })

  it('loses its rows at the next start when its key is gone', async () => {
    const house = openHandoff()
    const [orphan, stays] = [await house.asked(), await house.asked()]
    const row = await house.cases.load(orphan)
    if (row === undefined) throw new Error('no row')
    await house.vault.destroy(row.keyId)
    expect(await house.sweepOrphans()).toBe(1)
    expect(await house.cases.load(orphan)).toBeUndefined()
    expect(await house.cases.load(stays)).toBeDefined()
    expect(readFileSync(join(house.folder, 'data', 'cases.db')).includes(orphan)).toBe(false)
  })
})

describe('erasing all of one person', () => {
  it('reaches waiting, taken and closed cases under any of her names, and nobody else', async () => {
    const house = openHandoff()
    const [hers, other] = [newLink(), newLink()]
    const closed = await house.asked({}, hers)
    await house.claim(closed, ada, 5)
    await house.says(closed, 'an old talk')
    await house.close(closed, ada, 'helped')
    const waiting = await house.asked({}, hers)
    const theirs = await house.asked({}, other)
    await house.withdrawAll({ conversations: [newLink().conversation, hers.conversation], case: '' })
    expect(await keysIn(house.keyIds())).toHaveLength(1)
    expect((await house.queue()).map(({ id }) => id)).toEqual([theirs])
    expect(await house.cases.load(closed)).toBeUndefined()
    expect(await house.cases.load(waiting)).toBeUndefined()
  })

  it('finds her by the address when her name is another by now', async () => {
    const house = openHandoff()
    const hers = newLink()
    await house.asked({}, hers)
    const from = { channel: hers.channel, address: sensitive(hers.address) }
    await house.withdrawAll({ conversations: [newLink().conversation], from, case: '' })
    expect(await keysIn(house.keyIds())).toEqual([])
  })

  it('takes with it a case that has not come in yet', async () => {
    const house = openHandoff()
    const [hers, id] = [newLink(), newCase()]
    await house.withdrawAll({ conversations: [hers.conversation], case: id })
    const late = { id: newEntry(), case: id, link: hers, request: REQUEST, at: START }
    expect(await house.opened(late)).toEqual({ kind: 'gone' })
  })
})
