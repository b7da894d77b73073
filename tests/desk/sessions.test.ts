import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ABSOLUTE_MS, IDLE_MS } from '../../src/desk/server/auth/sessions.ts'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { cookieIn, ORIGIN, startDesk, type Started } from './start-desk.ts'

let started: Started
beforeEach(() => {
  started = startDesk()
})
afterEach(() => started.stop())
const status = async (cookie: string) => (await started.get('/api/me', cookie)).statusCode

describe('a session', () => {
  test('ends after fifteen minutes without a sign of its person; reading alone is none', async () => {
    const { cookie } = await started.someone('caseworker')
    for (let at = 0; at < 3; at += 1) {
      started.clock.pass(IDLE_MS - 1)
      expect((await started.post('/api/me', {}, cookie)).statusCode).toBe(200)
    }
    started.clock.pass(IDLE_MS - 1)
    expect(await status(cookie)).toBe(200)
    started.clock.pass(1)
    const late = await started.get('/api/me', cookie)
    expect([late.statusCode, late.json()]).toEqual([401, { refused: 'signIn' }])
    expect(late.headers['set-cookie']).toContain('Max-Age=0')
  })

  test('ends after ten hours, however busy', async () => {
    const { cookie } = await started.someone('caseworker')
    const { until } = (await started.get('/api/me', cookie)).json<{ until: number }>()
    expect(until).toBe(started.clock.now() + ABSOLUTE_MS)
    const step = 10 * 60_000
    for (let passed = step; passed < ABSOLUTE_MS; passed += step) {
      started.clock.pass(step)
      expect((await started.post('/api/me', {}, cookie)).statusCode).toBe(200)
    }
    started.clock.pass(step)
    expect((await started.post('/api/me', {}, cookie)).statusCode).toBe(401)
  })

  test('is one of two at most; the oldest makes room', async () => {
    const { id, cookie } = await started.someone('caseworker')
    const second = await started.cookieOf(id)
    const third = await started.cookieOf(id)
    expect(await Promise.all([cookie, second, third].map(status))).toEqual([401, 200, 200])
  })

  test('a sign-in gives a new secret and ends the one that the browser came with, ours or planted', async () => {
    const its = createAuthenticator(ORIGIN)
    const { token } = await started.staff.invite({ purpose: 'invite', role: 'caseworker', name: 'Amina' })
    const { options } = (await started.post('/api/invite/accept/passkey/options', { token })).json<{
      options: unknown
    }>()
    await started.post('/api/invite/accept/passkey', { token, response: its.make(options) })
    const planted = await started.someone('caseworker', 'Attacker')
    const asked = (await started.post('/api/sign-in/passkey/options', {})).json<{ options: unknown }>()
    const response = its.touch(asked.options)
    const signedIn = await started.post('/api/sign-in/passkey', { response }, planted.cookie)
    expect(cookieIn(signedIn)).toMatch(/^desk=[\w-]{43}$/u)
    expect(cookieIn(signedIn)).not.toBe(planted.cookie)
    expect(await status(planted.cookie)).toBe(401)
    expect((await started.get('/api/me', cookieIn(signedIn))).json()).toMatchObject({ name: 'Amina' })
  })

  test('ends with a sign-out, which also clears the browser', async () => {
    const { cookie } = await started.someone('caseworker')
    const out = await started.post('/api/sign-out', {}, cookie)
    expect(out.headers['clear-site-data']).toBe('"cache", "cookies", "storage"')
    expect(out.headers['set-cookie']).toContain('Max-Age=0')
    expect(await status(cookie)).toBe(401)
  })

  test.each(['disable', 'role'])('ends at once when its account meets %s', async (verb) => {
    const worker = await started.someone('caseworker')
    const { cookie } = await started.someone('administrator')
    const body = verb === 'role' ? { role: 'auditor' } : {}
    expect((await started.post(`/api/accounts/${worker.id}/${verb}`, body, cookie)).statusCode).toBe(200)
    expect(await status(worker.cookie)).toBe(401)
  })

  test('a planted second cookie of the same name is no session', async () => {
    const { cookie } = await started.someone('caseworker')
    expect(await status(`${cookie}; ${cookie}`)).toBe(401)
    expect(await status('desk=')).toBe(401)
    expect(await status(`other=1; ${cookie}`)).toBe(200)
  })
})

describe('an administrator', () => {
  test.each(['disable', 'enable', 'role', 'recover'])('cannot %s the own account', async (verb) => {
    const me = await started.someone('administrator')
    const body = verb === 'role' ? { role: 'auditor' } : {}
    const answer = await started.post(`/api/accounts/${me.id}/${verb}`, body, me.cookie)
    expect([answer.statusCode, answer.json()]).toEqual([403, { refused: 'forbidden' }])
  })

  test('sees who is there and who is invited, and invites nobody under a name that is taken', async () => {
    const { cookie } = await started.someone('administrator', 'Root')
    const invited = await started.post('/api/accounts/invite', { name: 'New', role: 'auditor' }, cookie)
    expect(invited.json<{ link: string }>().link).toMatch(
      /^http:\/\/localhost:8080\/desk\/#invite=[\w-]{43}$/u,
    )
    const list = (await started.get('/api/accounts', cookie)).json()
    expect(list).toMatchObject({
      accounts: [{ name: 'Root', role: 'administrator', disabled: false, passkeys: 1, hasPassword: false }],
      invites: [{ name: 'New', role: 'auditor' }],
    })
    const taken = await started.post('/api/accounts/invite', { name: ' ROOT ', role: 'auditor' }, cookie)
    expect([taken.statusCode, taken.json()]).toEqual([409, { refused: 'taken' }])
  })
})
