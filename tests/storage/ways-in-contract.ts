import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Accounts, StoredAccount, StoredSession, WayIn } from '../../src/storage/accounts.ts'
import { addedTo, invite, type Opened, passkeyOf, passwordOf, session } from './accounts-contract.ts'

/** What every store of accounts must keep to when ways in and sessions come and go at the same moment. */
export function waysInContract(name: string, open: Opened): void {
  describe(`${name} as a store of ways in`, () => {
    let store: Accounts
    let done: () => Promise<void>
    beforeEach(async () => ({ store, done } = await open()))
    afterEach(() => done())

    const added = (more: Partial<StoredAccount> = {}) => addedTo(store, more)
    const keyOf = async ({ id }: StoredAccount) => (await store.passkeys(id))[0]?.id ?? ''
    const begin = (started: StoredSession, way?: WayIn) =>
      store.startSession({ session: started, way, replaces: undefined, rotates: false, most: 2 })

    test('the last way in stays, also when all are removed at the same moment', async () => {
      const one = await added()
      const first = await keyOf(one)
      const { passkey } = passkeyOf(one.id)
      await store.addCredential({ kind: 'passkey', passkey })
      const outcomes = await Promise.all([first, passkey.id].map((key) => store.removePasskey(one.id, key)))
      expect(outcomes).toEqual(['removed', 'last'])
      expect(await store.passkeys(one.id)).toEqual([passkey])
      expect(await store.removePasskey(one.id, first)).toBe('gone')
      expect(await store.removePasskey(one.id, passkey.id)).toBe('last')
      await store.addCredential(passwordOf(one.id))
      expect(await store.removePasskey(one.id, passkey.id)).toBe('removed')
      expect(await store.passkeys(one.id)).toEqual([])
    })

    test("another's passkey is as good as unknown, and stays", async () => {
      const [one, other] = [await added(), await added()]
      await store.addCredential(passwordOf(one.id))
      const theirs = await keyOf(other)
      expect(await store.removePasskey(one.id, theirs)).toBe('gone')
      expect(await store.passkeys(other.id)).toHaveLength(1)
    })

    test('a new way in needs its session, so that a recovery leaves nothing to whoever was in', async () => {
      const one = await added()
      const living = session(one.id)
      await begin(living)
      const [early, late] = [passkeyOf(one.id), passkeyOf(one.id)]
      expect(await store.addCredential(early, living.secret)).toBe(true)
      const outcomes = await Promise.all([
        store.invite(invite('recover', { account: one.id })),
        store.addCredential(late, living.secret),
        store.addCredential(passwordOf(one.id), living.secret),
      ])
      expect(outcomes.slice(1)).toEqual([false, false])
      expect(await store.passkeys(one.id)).toEqual([])
      expect(await store.password(one.id)).toBeUndefined()
    })

    test('a session begins only by a way in that is still there, and is that of its account', async () => {
      const [one, other] = [await added(), await added()]
      const mine = await keyOf(one)
      await store.addCredential(passwordOf(one.id))
      const by = (way: WayIn) => begin(session(one.id), way)
      const theirs = await keyOf(other)
      expect(await by({ passkey: mine })).toBe(true)
      expect(await by({ passkey: theirs })).toBe(false)
      expect(await by({ phc: '$argon2id$x' })).toBe(true)
      expect(await by({ phc: '$argon2id$of before' })).toBe(false)
      const outcomes = await Promise.all([store.removePasskey(one.id, mine), by({ passkey: mine })])
      expect(outcomes).toEqual(['removed', false])
      expect(await begin(session(other.id), { phc: '' })).toBe(false)
    })

    test('ends all other sessions of an account and says which, and no one of a colleague', async () => {
      const [one, other] = [await added(), await added()]
      const [early, late, theirs] = [session(one.id), session(one.id, { created: 2_000 }), session(other.id)]
      for (const each of [early, late, theirs]) await begin(each)
      expect(await store.sessions(one.id)).toEqual([early, late])
      expect(await store.endOtherSessions(one.id, late.secret)).toEqual([early.secret])
      expect(await store.sessions(one.id)).toEqual([late])
      expect(await store.session(theirs.secret)).toEqual(theirs)
      await store.endSessions(one.id)
      expect(await store.sessions(one.id)).toEqual([])
      expect(await store.sessions(other.id)).toEqual([theirs])
    })

    test('of first invitations that are made at the same moment one stands, and everybody learns which', async () => {
      const [one, other] = [invite('first'), invite('first')]
      const keep = () => true
      const made = await Promise.all([one, other, one].map((each) => store.inviteFirst(each, 0, keep)))
      expect(made).toEqual([one, one, one])
      expect(await store.invites(0)).toEqual([one])
      expect(await store.findInvite(other.token)).toBeUndefined()
    })

    test('a first invitation makes room for another when it is over or not to be kept, and no other invitation does', async () => {
      const others = [invite('invite', { until: 9 }), invite('recover', { until: 9 })]
      for (const other of others) await store.invite(other)
      const [one, two, three] = [
        invite('first', { until: 5 }),
        invite('first', { until: 6 }),
        invite('first', { until: 7 }),
      ]
      expect(await store.inviteFirst(one, 0, () => true)).toEqual(one)
      expect(await store.inviteFirst(two, 5, () => true)).toEqual(two)
      expect(await store.inviteFirst(three, 0, ({ id }) => id !== two.id)).toEqual(three)
      const [first, ...rest] = (await store.invites(0)).map(({ id }) => id)
      expect(first).toBe(three.id)
      expect(new Set(rest)).toEqual(new Set(others.map(({ id }) => id)))
    })

    test('of two administrators who disable each other at the same moment one stays', async () => {
      const [one, other] = [await added({ role: 'administrator' }), await added({ role: 'administrator' })]
      const outcomes = await Promise.all([
        store.change(one.id, { disabled: true }, other.id),
        store.change(other.id, { disabled: true }, one.id),
        store.change(other.id, { role: 'auditor' }, one.id),
      ])
      expect(outcomes).toEqual([true, false, false])
      expect(await store.account(other.id)).toEqual(other)
      const worker = await added()
      expect(await store.change(other.id, { disabled: true }, worker.id)).toBe(false)
    })
  })
}
