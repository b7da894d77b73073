import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { ORIGIN, type Someone, startDesk, type Started } from './start-desk.ts'
import { addDevice, optionsAt, OTHER_PASSWORD, PASSWORD, setPassword } from './ways-in.ts'

/** What one call takes away while another is under way. */
let started: Started
let me: Someone
beforeEach(async () => {
  started = startDesk()
  me = await started.someone('caseworker', 'Amina')
})
afterEach(() => started.stop())

describe('while it is under way', () => {
  /** Holds the next call back until it is let go of. */
  function held<T extends unknown[], R>(work: (...args: T) => Promise<R>) {
    let go = () => {}
    const gate = new Promise<void>((resolve) => (go = resolve))
    const reached = Promise.withResolvers<void>()
    return {
      go: () => go(),
      reached: reached.promise,
      async work(...args: T): Promise<R> {
        const result = await work(...args)
        reached.resolve()
        await gate
        return result
      },
    }
  }

  test('a sign-in by a passkey that is removed meanwhile opens nothing', async () => {
    const { its, id } = await addDevice(started, me.cookie)
    const response = its.touch(await optionsAt(started, 'sign-in/passkey'))
    const slow = held(started.accounts.usedPasskey)
    vi.spyOn(started.accounts, 'usedPasskey').mockImplementation(slow.work)
    const signingIn = started.post('/api/sign-in/passkey', { response })
    await slow.reached
    expect((await started.post('/api/me/passkey/remove', { id }, me.cookie)).statusCode).toBe(200)
    slow.go()
    const answer = await signingIn
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([401, undefined])
    expect(await started.accounts.sessions(me.id)).toHaveLength(1)
  })

  test('a sign-in by a password that is replaced meanwhile opens nothing', async () => {
    const { codeNow } = await setPassword(started, me.cookie)
    const slow = held(started.accounts.takeStep)
    vi.spyOn(started.accounts, 'takeStep').mockImplementation(slow.work)
    const body = { name: 'Amina', password: PASSWORD, code: codeNow(1) }
    const signingIn = started.post('/api/sign-in/password', body)
    await slow.reached
    expect((await setPassword(started, me.cookie, OTHER_PASSWORD)).answer.statusCode).toBe(200)
    slow.go()
    expect((await signingIn).statusCode).toBe(401)
    expect(await started.accounts.sessions(me.id)).toHaveLength(1)
  })

  test('a passkey that is added while the account is recovered is none', async () => {
    const { cookie: root } = await started.someone('administrator', 'Root')
    const its = createAuthenticator(ORIGIN)
    const response = its.make(await optionsAt(started, 'me/passkey', me.cookie))
    const add = started.accounts.addCredential
    vi.spyOn(started.accounts, 'addCredential').mockImplementation(async (...args) => {
      expect((await started.post(`/api/accounts/${me.id}/recover`, {}, root)).statusCode).toBe(200)
      return add(...args)
    })
    expect((await started.post('/api/me/passkey', { response }, me.cookie)).statusCode).toBe(400)
    expect(await started.accounts.passkeys(me.id)).toEqual([])
    const touched = its.touch(await optionsAt(started, 'sign-in/passkey'))
    expect((await started.post('/api/sign-in/passkey', { response: touched })).statusCode).toBe(401)
  })
})

test('of two administrators who disable each other at the same moment one stays', async () => {
  const [one, two] = [await started.someone('administrator'), await started.someone('administrator')]
  const disable = (whom: Someone, by: Someone) =>
    started.post(`/api/accounts/${whom.id}/disable`, {}, by.cookie)
  const change = started.accounts.change
  const both = Promise.withResolvers<void>()
  let asked = 0
  vi.spyOn(started.accounts, 'change').mockImplementation(async (...args) => {
    // Both sessions were looked at before either is ended.
    if ((asked += 1) === 2) both.resolve()
    await both.promise
    return change(...args)
  })
  const answers = await Promise.all([disable(one, two), disable(two, one)])
  expect(answers.map(({ statusCode }) => `${statusCode}`).toSorted()).toEqual(['200', '404'])
  const left = (await started.accounts.list()).filter(
    ({ role, disabled }) => role === 'administrator' && !disabled,
  )
  expect(left).toHaveLength(1)
})
