import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  Accounts,
  Credential,
  InvitePurpose,
  StoredAccount,
  StoredInvite,
  StoredSession,
} from '../../src/storage/accounts.ts'
import type { AccountId } from '../../src/storage/cases.ts'

/** What every store of accounts must do; put another one under it by giving a function that opens an empty one. */
export const bytes = (length = 32) => new Uint8Array(randomBytes(length))
export const newId = () => randomBytes(16).toString('base64url')
const FAR = 10_000_000

export function account(more: Partial<StoredAccount> = {}): StoredAccount {
  return {
    id: newId() as AccountId,
    nameTag: bytes(),
    role: 'caseworker',
    disabled: false,
    language: 'en',
    capacity: 5,
    onShift: false,
    lastDay: '',
    sealed: bytes(60),
    ...more,
  }
}
export function invite(purpose: InvitePurpose, more: Partial<StoredInvite> = {}): StoredInvite {
  const role = purpose === 'first' ? 'administrator' : 'caseworker'
  return {
    id: newId(),
    token: bytes(),
    purpose,
    role,
    account: undefined,
    until: FAR,
    sealed: bytes(60),
    ...more,
  }
}
export function passkeyOf(owner: AccountId): Credential & { kind: 'passkey' } {
  return {
    kind: 'passkey',
    passkey: { id: newId(), account: owner, publicKey: bytes(77), counter: 0, transports: ['usb', 'nfc'] },
  }
}
export function session(owner: AccountId, more: Partial<StoredSession> = {}): StoredSession {
  return { secret: bytes(), account: owner, created: 1_000, lastSeen: 1_000, freshUntil: 2_000, ...more }
}
export const passwordOf = (owner: AccountId): Credential => ({
  kind: 'password',
  password: { account: owner, phc: '$argon2id$x', sealedTotp: bytes(70), lastStep: 10 },
})

export async function addedTo(store: Accounts, more: Partial<StoredAccount> = {}): Promise<StoredAccount> {
  const one = account(more)
  const asked = invite('invite', { role: one.role })
  await store.invite(asked)
  const accepted = { token: asked.token, now: 0, account: one, credential: passkeyOf(one.id) }
  expect(await store.accept(accepted)).toBe('accepted')
  return one
}

export type Opened = () => Promise<{ store: Accounts; done(): Promise<void> }>

export function accountsContract(name: string, open: Opened): void {
  describe(`${name} as a store of accounts`, () => {
    let store: Accounts
    let done: () => Promise<void>
    beforeEach(async () => ({ store, done } = await open()))
    afterEach(() => done())

    const added = (more: Partial<StoredAccount> = {}) => addedTo(store, more)
    const begin = (started: StoredSession, replaces?: Uint8Array, rotates = false) =>
      store.startSession({ session: started, way: undefined, replaces, rotates, most: 2 })

    test('gives back an account as it was made, by id and by name', async () => {
      const one = await added()
      expect(await store.account(one.id)).toEqual(one)
      expect(await store.byName(one.nameTag)).toEqual(one)
      expect(await store.list()).toEqual([one])
      expect(await store.account(newId() as AccountId)).toBeUndefined()
      expect(await store.byName(bytes())).toBeUndefined()
    })

    test('an invite is used once, also by two at the same moment', async () => {
      const asked = invite('invite')
      await store.invite(asked)
      const outcomes = await Promise.all(
        [account(), account()].map((one) =>
          store.accept({ token: asked.token, now: 0, account: one, credential: passkeyOf(one.id) }),
        ),
      )
      expect(outcomes.toSorted()).toEqual(['accepted', 'gone'])
      expect(await store.list()).toHaveLength(1)
    })

    test('an invite that ran out, names another role or whose name is taken makes no account and stays', async () => {
      const first = await added()
      const asked = invite('invite', { until: 5_000 })
      await store.invite(asked)
      const tried = async (one: StoredAccount, now: number) =>
        store.accept({ token: asked.token, now, account: one, credential: passkeyOf(one.id) })
      expect(await tried(account(), 5_000)).toBe('gone')
      expect(await tried(account({ role: 'administrator' }), 0)).toBe('gone')
      expect(await tried(account({ nameTag: first.nameTag }), 0)).toBe('nameTaken')
      expect(await store.list()).toHaveLength(1)
      expect(await store.invites(0)).toEqual([asked])
      expect(await store.invites(5_000)).toEqual([])
      expect(await tried(account(), 4_999)).toBe('accepted')
    })

    test('a passkey that is known already makes no second account', async () => {
      const one = await added()
      const [known] = await store.passkeys(one.id)
      const asked = invite('invite')
      await store.invite(asked)
      const other = account()
      const passkey = { ...passkeyOf(other.id).passkey, id: known?.id ?? '' }
      const tried = { token: asked.token, now: 0, account: other, credential: { kind: 'passkey', passkey } }
      expect(await store.accept(tried as Parameters<Accounts['accept']>[0])).toBe('gone')
      expect(await store.list()).toHaveLength(1)
      expect(await store.addCredential({ kind: 'passkey', passkey })).toBe(false)
    })

    test('a first invite replaces the one before and is worth nothing once there is an account', async () => {
      const early = invite('first')
      const late = invite('first')
      await store.invite(early)
      await store.invite(late)
      expect(await store.findInvite(early.token)).toBeUndefined()
      await added()
      const one = account({ role: 'administrator' })
      const tried = { token: late.token, now: 0, account: one, credential: passkeyOf(one.id) }
      expect(await store.accept(tried)).toBe('gone')
    })

    test('a recovery ends credentials and sessions at once and gives new ones to the same account only', async () => {
      const one = await added()
      const other = await added()
      await store.addCredential(passwordOf(one.id))
      const living = session(one.id)
      await begin(living)
      const asked = invite('recover', { account: one.id })
      await store.invite(asked)
      expect(await store.passkeys(one.id)).toEqual([])
      expect(await store.password(one.id)).toBeUndefined()
      expect(await store.session(living.secret)).toBeUndefined()
      expect(await store.passkeys(other.id)).toHaveLength(1)
      const tried = { token: asked.token, now: 0, account: undefined }
      expect(await store.accept({ ...tried, credential: passkeyOf(other.id) })).toBe('gone')
      expect(await store.accept({ ...tried, credential: passkeyOf(one.id) })).toBe('accepted')
      expect(await store.passkeys(one.id)).toHaveLength(1)
    })

    test('keeps passkeys with their counters, which only grow', async () => {
      const one = await added()
      const { passkey } = passkeyOf(one.id)
      expect(await store.addCredential({ kind: 'passkey', passkey })).toBe(true)
      await store.usedPasskey(passkey.id, 7)
      await store.usedPasskey(passkey.id, 3)
      expect(await store.passkey(passkey.id)).toEqual({ ...passkey, counter: 7 })
      expect(await store.passkeys(one.id)).toHaveLength(2)
    })

    test('takes each step of a one-time code once, and none before it', async () => {
      const one = await added()
      await store.addCredential(passwordOf(one.id))
      const outcomes = await Promise.all([store.takeStep(one.id, 12), store.takeStep(one.id, 12)])
      expect(outcomes.filter(Boolean)).toHaveLength(1)
      expect(await store.takeStep(one.id, 11)).toBe(false)
      expect(await store.takeStep(one.id, 13)).toBe(true)
      expect(await store.takeStep(newId() as AccountId, 13)).toBe(false)
    })

    test('keeps two sessions of an account, and the oldest makes room', async () => {
      const one = await added()
      const three = [session(one.id), session(one.id), session(one.id)]
      for (const each of three) expect(await begin(each)).toBe(true)
      const found = await Promise.all(three.map(({ secret }) => store.session(secret)))
      expect(found).toEqual([undefined, three[1], three[2]])
    })

    test('a rotation takes the place of its session, and none can be rotated that has ended', async () => {
      const one = await added()
      const before = session(one.id)
      const after = session(one.id)
      await begin(before)
      expect(await begin(after, before.secret, true)).toBe(true)
      expect(await store.session(before.secret)).toBeUndefined()
      expect(await begin(session(one.id), before.secret, true)).toBe(false)
      await store.endSession(after.secret)
      expect(await store.session(after.secret)).toBeUndefined()
    })

    test.each([{ disabled: true }, { role: 'auditor' as const }])('%j ends every session', async (change) => {
      const one = await added()
      const living = session(one.id)
      await begin(living)
      expect(await store.change(one.id, { capacity: 9, onShift: true })).toBe(true)
      expect(await store.session(living.secret)).toEqual(living)
      expect(await store.change(one.id, change)).toBe(true)
      expect(await store.session(living.secret)).toBeUndefined()
      expect(await begin(session(one.id))).toBe(!('disabled' in change))
      expect(await store.account(one.id)).toEqual({ ...one, capacity: 9, onShift: true, ...change })
      expect(await store.change(newId() as AccountId, change)).toBe(false)
    })

    test('drops sessions and invites whose time is over', async () => {
      const one = await added()
      const idle = session(one.id, { lastSeen: 1_000 })
      const living = session(one.id, { lastSeen: 1_001 })
      await begin(idle)
      await begin(living)
      await store.invite(invite('invite', { until: 3_000 }))
      await store.prune({ idleBefore: 1_000, createdBefore: 0, now: 3_000 })
      expect(await store.session(idle.secret)).toBeUndefined()
      expect(await store.session(living.secret)).toEqual(living)
      expect(await store.invites(0)).toEqual([])
      await store.seen(living.secret, 4_000)
      expect((await store.session(living.secret))?.lastSeen).toBe(4_000)
    })
  })
}
