import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ABSOLUTE_MS,
  createSessions,
  FRESH_MS,
  IDLE_MS,
  type NewSession,
  type Sessions,
} from '../../src/desk/server/auth/sessions.ts'
import type { Accounts, StoredSession } from '../../src/storage/accounts.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import { memoryAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { addAccount } from './add-account.ts'

/** A session from its first secret to its end, over the real tables and a clock of ours. */

const BEGIN = Date.UTC(2030, 0, 15, 12)
const NOTE_MS = 30_000
const sha256 = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

let time: number
let drawn: number[]
let accounts: Accounts
let sessions: Sessions
let me: { id: AccountId; passkey: string }
const clock = { now: () => time }
/** Every draw is another byte, over and over. */
const random = {
  bytes(length: number) {
    drawn.push(length)
    return new Uint8Array(length).fill(drawn.length)
  },
}
const over = (store: Accounts) => createSessions(store, { clock, random })

beforeEach(async () => {
  time = BEGIN
  drawn = []
  accounts = memoryAccounts()
  sessions = over(accounts)
  me = await addAccount(accounts)
})
afterEach(() => accounts.close())

function begun(session: NewSession | undefined): NewSession {
  if (session === undefined) throw new Error('no session began')
  return session
}
const start = async (replaces?: string) =>
  begun(await sessions.start(me.id, { passkey: me.passkey }, replaces))
/** The row as it lies on the disk. */
const stored = (cookie: string) => accounts.session(sha256(cookie))
const put = (session: StoredSession) =>
  accounts.startSession({ session, way: undefined, replaces: undefined, rotates: false, most: 9 })

describe('a session that begins', () => {
  test('has 32 random bytes in its cookie, and only their SHA-256 in the store', async () => {
    const { cookie, session } = await start()
    expect(drawn).toEqual([32])
    expect(cookie).toBe(Buffer.alloc(32, 1).toString('base64url'))
    const row = {
      secret: sha256(cookie),
      account: me.id,
      created: BEGIN,
      lastSeen: BEGIN,
      freshUntil: BEGIN + FRESH_MS,
    }
    expect(session).toEqual({ ...row, until: BEGIN + ABSOLUTE_MS })
    expect(await stored(cookie)).toEqual(row)
  })

  test('takes the place of the one that the browser came with, whoever that belonged to', async () => {
    const other = await addAccount(accounts)
    const planted = begun(await sessions.start(other.id, { passkey: other.passkey }, undefined))
    const { cookie } = await start(planted.cookie)
    expect(await sessions.find(planted.cookie, false)).toBeUndefined()
    expect((await sessions.find(cookie, false))?.account.id).toBe(me.id)
  })

  test('begins all the same when what the browser came with is long over', async () => {
    const old = await start()
    await sessions.end(old.session)
    const { cookie } = await start(old.cookie)
    expect((await sessions.find(cookie, false))?.account.id).toBe(me.id)
  })

  test('does not begin when its way in was removed, nor for an account that is disabled', async () => {
    expect(await sessions.start(me.id, { passkey: 'AAAA' }, undefined)).toBeUndefined()
    await accounts.change(me.id, { disabled: true })
    expect(await sessions.start(me.id, { passkey: me.passkey }, undefined)).toBeUndefined()
    expect(await accounts.sessions(me.id)).toEqual([])
  })

  test('sweeps away what was idle for fifteen minutes or is ten hours old, and nothing younger', async () => {
    const other = await addAccount(accounts)
    const row = (name: string, created: number, lastSeen: number) => ({
      secret: sha256(name),
      account: other.id,
      created,
      lastSeen,
      freshUntil: 0,
    })
    await put(row('idle', BEGIN - IDLE_MS, BEGIN - IDLE_MS))
    await put(row('nearly idle', BEGIN - IDLE_MS, BEGIN - IDLE_MS + 1))
    await put(row('old', BEGIN - ABSOLUTE_MS, BEGIN))
    await put(row('nearly old', BEGIN - ABSOLUTE_MS + 1, BEGIN))
    await start()
    const left = await accounts.sessions(other.id)
    expect(left.map(({ secret }) => secret)).toEqual([sha256('nearly idle'), sha256('nearly old')])
  })
})

describe('a session that is looked for', () => {
  test('is found by its cookie, with its account and the time when it ends in any case', async () => {
    const { cookie, session } = await start()
    time += 1
    expect(await sessions.find(cookie, false)).toEqual({ session, account: await accounts.account(me.id) })
    expect(session.until).toBe(BEGIN + ABSOLUTE_MS)
  })

  test('is none without a cookie, and none for a cookie of another form, whatever the store holds', async () => {
    const lives = { account: me.id, created: BEGIN, lastSeen: BEGIN, freshUntil: BEGIN }
    const forms = ['', 'short', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}+`, `${'A'.repeat(43)}\n`]
    for (const form of forms) await put({ ...lives, secret: sha256(form) })
    for (const form of [undefined, ...forms]) expect(await sessions.find(form, true)).toBeUndefined()
    await put({ ...lives, secret: sha256('A'.repeat(43)) })
    expect(await sessions.find('A'.repeat(43), true)).toBeDefined()
  })

  test('is none for a secret that the store does not know', async () => {
    await start()
    expect(await sessions.find('A'.repeat(43), true)).toBeUndefined()
  })

  test.each(['disabled', 'gone'])(
    'is none when its account is %s, although its row is there',
    async (how) => {
      const { cookie, session } = await start()
      const account = await accounts.account(me.id)
      const held = over({
        ...accounts,
        account: async () =>
          how === 'gone' || account === undefined ? undefined : { ...account, disabled: true },
      })
      expect(await stored(cookie)).toBeDefined()
      expect(await held.find(cookie, true)).toBeUndefined()
      expect(await held.lives(session)).toBe(false)
      expect(await sessions.lives(session)).toBe(true)
    },
  )

  test('has ended fifteen minutes after the last sign of its person, and its row is taken out', async () => {
    const { cookie, session } = await start()
    time = BEGIN + IDLE_MS - 1
    expect(await sessions.find(cookie, false)).toBeDefined()
    expect(await sessions.lives(session)).toBe(true)
    time = BEGIN + IDLE_MS
    expect(await sessions.find(cookie, true)).toBeUndefined()
    expect(await stored(cookie)).toBeUndefined()
    expect(await sessions.lives(session)).toBe(false)
  })

  test('has ended ten hours after its beginning, although its person was there a moment ago', async () => {
    const { cookie, session } = await start()
    await accounts.seen(session.secret, BEGIN + ABSOLUTE_MS - 1)
    time = BEGIN + ABSOLUTE_MS - 1
    expect(await sessions.lives(session)).toBe(true)
    time = BEGIN + ABSOLUTE_MS
    expect(await sessions.lives(session)).toBe(false)
    expect(await stored(cookie)).toBeUndefined()
  })
})

describe('a sign of its person', () => {
  test('is written once thirty seconds have passed since the last, and not before', async () => {
    const { cookie } = await start()
    time = BEGIN + NOTE_MS - 1
    expect((await sessions.find(cookie, true))?.session.lastSeen).toBe(BEGIN)
    expect((await stored(cookie))?.lastSeen).toBe(BEGIN)
    time = BEGIN + NOTE_MS
    expect((await sessions.find(cookie, true))?.session.lastSeen).toBe(time)
    expect((await stored(cookie))?.lastSeen).toBe(time)
  })

  test('changes nothing else of what is found', async () => {
    const { cookie, session } = await start()
    time = BEGIN + NOTE_MS
    expect(await sessions.find(cookie, true)).toEqual({
      session: { ...session, lastSeen: time },
      account: await accounts.account(me.id),
    })
  })

  test('is none when a page merely reads', async () => {
    const { cookie } = await start()
    time = BEGIN + NOTE_MS * 2
    expect((await sessions.find(cookie, false))?.session.lastSeen).toBe(BEGIN)
    expect((await stored(cookie))?.lastSeen).toBe(BEGIN)
  })
})

describe('a fresh touch', () => {
  test('gives the session a new secret, keeps its beginning, and the old secret opens nothing', async () => {
    const before = await start()
    time = BEGIN + FRESH_MS
    const after = begun(await sessions.refresh(before.session))
    expect(after.cookie).not.toBe(before.cookie)
    const row = {
      secret: sha256(after.cookie),
      account: me.id,
      created: BEGIN,
      lastSeen: time,
      freshUntil: time + FRESH_MS,
    }
    expect(after.session).toEqual({ ...row, until: BEGIN + ABSOLUTE_MS })
    expect(await accounts.sessions(me.id)).toEqual([row])
    expect(await sessions.find(before.cookie, true)).toBeUndefined()
    expect(await sessions.lives(before.session)).toBe(false)
    expect(await sessions.lives(after.session)).toBe(true)
  })

  test('does not revive a session that has ended meanwhile', async () => {
    const { session } = await start()
    await sessions.end(session)
    expect(await sessions.refresh(session)).toBeUndefined()
    expect(await accounts.sessions(me.id)).toEqual([])
  })

  test('needs no way in of its own', async () => {
    const second = await addAccount(accounts)
    const { session } = begun(await sessions.start(second.id, { passkey: second.passkey }, undefined))
    await accounts.addCredential({
      kind: 'passkey',
      passkey: { id: 'AAAA', account: second.id, publicKey: new Uint8Array(1), counter: 0, transports: [] },
    })
    expect(await accounts.removePasskey(second.id, second.passkey)).toBe('removed')
    expect(await sessions.refresh(session)).toBeDefined()
  })

  test('counts as fresh for five minutes to the millisecond', async () => {
    const { session } = await start()
    expect(sessions.isFresh(session)).toBe(true)
    time = BEGIN + FRESH_MS - 1
    expect(sessions.isFresh(session)).toBe(true)
    time = BEGIN + FRESH_MS
    expect(sessions.isFresh(session)).toBe(false)
    time = BEGIN + FRESH_MS + 1
    expect(sessions.isFresh(session)).toBe(false)
  })
})

describe('the sessions of an account', () => {
  test('are its own alone, oldest first', async () => {
    const other = await addAccount(accounts)
    const first = await start()
    begun(await sessions.start(other.id, { passkey: other.passkey }, undefined))
    const second = await start()
    const secrets = (await sessions.list(me.id)).map(({ secret }) => secret)
    expect(secrets).toEqual([first.session.secret, second.session.secret])
  })

  test('leave out one whose time is over while its row still lies there', async () => {
    const { session } = await start()
    await put({ ...session, secret: sha256('over'), lastSeen: BEGIN - IDLE_MS })
    expect(await accounts.sessions(me.id)).toHaveLength(2)
    expect((await sessions.list(me.id)).map(({ secret }) => secret)).toEqual([session.secret])
  })

  test('are two at most: a third makes the oldest give way', async () => {
    const [first, second, third] = [await start(), await start(), await start()]
    const alive = await Promise.all([first, second, third].map(({ session }) => sessions.lives(session)))
    expect(alive).toEqual([false, true, true])
  })

  test('end one by one', async () => {
    const [first, second] = [await start(), await start()]
    await sessions.end(first.session)
    expect(await sessions.list(me.id)).toHaveLength(1)
    expect(await sessions.find(first.cookie, true)).toBeUndefined()
    expect(await sessions.find(second.cookie, true)).toBeDefined()
  })
})
