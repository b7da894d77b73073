import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuthenticator, type Misbehaviour } from '../fakes/authenticator.ts'
import { audited, cookieIn, ORIGIN, startDesk, type Started } from './start-desk.ts'

let started: Started
beforeEach(() => {
  started = startDesk()
})
afterEach(() => started.stop())

const device = () => createAuthenticator(ORIGIN)

async function optionsOf(path: string, body: object = {}, cookie?: string): Promise<unknown> {
  return (await started.post(`${path}/options`, body, cookie)).json<{ options: unknown }>().options
}
async function joined(name = 'Amina', its = device()) {
  const { token } = await started.staff.invite({ purpose: 'invite', role: 'administrator', name })
  const options = await optionsOf('/api/invite/accept/passkey', { token })
  const accepted = await started.post('/api/invite/accept/passkey', { token, response: its.make(options) })
  return { its, accepted, token, cookie: cookieIn(accepted) }
}
async function signIn(its: ReturnType<typeof device>, but?: Misbehaviour) {
  const response = its.touch(await optionsOf('/api/sign-in/passkey'), but)
  return { response, answer: await started.post('/api/sign-in/passkey', { response }) }
}

describe('a passkey', () => {
  test('comes in by an invitation and signs in afterwards', async () => {
    const { its, accepted } = await joined()
    expect([accepted.statusCode, accepted.json()]).toMatchObject([200, { name: 'Amina', passkeys: 1 }])
    const { answer } = await signIn(its)
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { name: 'Amina' }])
    expect((await started.get('/api/me', cookieIn(answer))).statusCode).toBe(200)
  })

  test('its answer is taken once', async () => {
    const { its } = await joined()
    const { response, answer } = await signIn(its)
    expect(answer.statusCode).toBe(200)
    expect((await started.post('/api/sign-in/passkey', { response })).statusCode).toBe(401)
  })

  test('its answer is taken once, also from a device that counts nothing, as synced passkeys do', async () => {
    const its = device()
    const { token } = await started.staff.invite({ purpose: 'invite', role: 'auditor', name: 'Amina' })
    const made = its.make(await optionsOf('/api/invite/accept/passkey', { token }), { counter: 0 })
    await started.post('/api/invite/accept/passkey', { token, response: made })
    for (const _ of [1, 2]) {
      const { response, answer } = await signIn(its, { counter: 0 })
      expect(answer.statusCode).toBe(200)
      expect((await started.post('/api/sign-in/passkey', { response })).statusCode).toBe(401)
    }
  })

  test('an answer that comes after five minutes is refused', async () => {
    const { its } = await joined()
    const response = its.touch(await optionsOf('/api/sign-in/passkey'))
    started.clock.pass(5 * 60_000)
    expect((await started.post('/api/sign-in/passkey', { response })).statusCode).toBe(401)
  })

  test.each<[string, Misbehaviour]>([
    ['did not verify its person', { verified: false }],
    ['was used on another page', { origin: 'http://localhost:8081' }],
    ['belongs to another place', { rpId: 'desk.example.org' }],
    ['answers a challenge that nobody made', { challenge: 'A'.repeat(43) }],
    ['counts backwards, as a copy would', { counter: 1 }],
  ])('is refused when it %s', async (_, but) => {
    const { its } = await joined()
    expect((await signIn(its)).answer.statusCode).toBe(200)
    const { answer } = await signIn(its, but)
    expect([answer.statusCode, answer.json()]).toEqual([401, { refused: 'signIn' }])
  })

  test('one that did not verify its person cannot be added', async () => {
    const { token } = await started.staff.invite({ purpose: 'invite', role: 'auditor', name: 'Amina' })
    const options = await optionsOf('/api/invite/accept/passkey', { token })
    const response = device().make(options, { verified: false })
    expect((await started.post('/api/invite/accept/passkey', { token, response })).statusCode).toBe(400)
    expect(await started.accounts.list()).toEqual([])
  })

  test('an answer made for one purpose is refused for another', async () => {
    const { its, cookie } = await joined()
    const other = await joined('Other')
    const forSignIn = its.touch(await optionsOf('/api/sign-in/passkey'))
    expect((await started.post('/api/again/passkey', { response: forSignIn }, cookie)).statusCode).toBe(403)
    const forAgain = its.touch(await optionsOf('/api/again/passkey', {}, cookie))
    expect((await started.post('/api/sign-in/passkey', { response: forAgain })).statusCode).toBe(401)
    const forMine = its.touch(await optionsOf('/api/again/passkey', {}, cookie))
    const theirs = await started.post('/api/again/passkey', { response: forMine }, other.cookie)
    expect(theirs.statusCode).toBe(403)
  })

  test("an invitation's challenge makes no account by another invitation", async () => {
    const mine = await started.staff.invite({ purpose: 'invite', role: 'auditor', name: 'Mine' })
    const other = await started.staff.invite({ purpose: 'invite', role: 'administrator', name: 'Other' })
    const response = device().make(await optionsOf('/api/invite/accept/passkey', { token: mine.token }))
    const tried = await started.post('/api/invite/accept/passkey', { token: other.token, response })
    expect(tried.statusCode).toBe(400)
  })

  test('a fresh touch opens what needs one, and a second passkey is added behind it', async () => {
    const { its, cookie } = await joined()
    started.clock.pass(5 * 60_000)
    expect((await started.post('/api/me/passkey/options', {}, cookie)).statusCode).toBe(403)
    const response = its.touch(await optionsOf('/api/again/passkey', {}, cookie))
    const touched = await started.post('/api/again/passkey', { response }, cookie)
    expect(touched.statusCode).toBe(200)
    const next = cookieIn(touched)
    expect((await started.get('/api/me', cookie)).statusCode).toBe(401)
    const second = device()
    const made = second.make(await optionsOf('/api/me/passkey', {}, next))
    const added = await started.post('/api/me/passkey', { response: made }, next)
    expect([added.statusCode, added.json()]).toMatchObject([200, { passkeys: 2 }])
    expect((await signIn(second)).answer.statusCode).toBe(200)
  })

  test('a recovered account takes none of its old passkeys', async () => {
    const { its, accepted } = await joined('Amina')
    const { cookie } = await joined('Other')
    const { id } = accepted.json<{ id: string }>()
    const recovered = await started.post(`/api/accounts/${id}/recover`, {}, cookie)
    expect((await started.get('/api/me', cookieIn(accepted))).statusCode).toBe(401)
    expect((await signIn(its)).answer.statusCode).toBe(401)
    const token = recovered.json<{ link: string }>().link.split('#invite=')[1] ?? ''
    const fresh = device()
    const response = fresh.make(await optionsOf('/api/invite/accept/passkey', { token }))
    const again = await started.post('/api/invite/accept/passkey', { token, response })
    expect([again.statusCode, again.json()]).toMatchObject([200, { id, name: 'Amina', passkeys: 1 }])
    expect((await signIn(fresh)).answer.statusCode).toBe(200)
  })

  test('is not offered at an address that is no name, where no browser makes one', async () => {
    const answer = await started.post('/api/sign-in/passkey/options', {}, undefined, {
      host: '127.0.0.1:8080',
    })
    expect([answer.statusCode, answer.json()]).toEqual([503, { refused: 'unavailable' }])
  })
})

describe('the first administrator', () => {
  test('comes in by the link of the start, which is the same at the next start and none later', async () => {
    const early = (await started.desk.firstInvite('http://127.0.0.1:8080')) ?? ''
    const link = (await started.desk.firstInvite('http://127.0.0.1:8080')) ?? ''
    expect(link).toMatch(/^http:\/\/localhost:8080\/desk\/#invite=[\w-]{43}$/u)
    expect(early).toBe(link)
    const token = link.split('#invite=')[1] ?? ''
    const response = device().make(await optionsOf('/api/invite/accept/passkey', { token }))
    const accepted = await started.post('/api/invite/accept/passkey', { token, response })
    expect(accepted.json()).toMatchObject({ role: 'administrator' })
    expect(await started.desk.firstInvite('http://127.0.0.1:8080')).toBeUndefined()
    const made = (await audited(started)).filter((line) => line.includes('invite.make'))
    expect(made).toHaveLength(1)
    expect(await started.staff.invited(token)).toBeUndefined()
  })

  test('gets another link when the first is nearly over, or was made by a version that nobody can ask for it', async () => {
    const linkNow = async () => (await started.desk.firstInvite('http://127.0.0.1:8080')) ?? ''
    const { token } = await started.staff.invite({
      purpose: 'first',
      role: 'administrator',
      name: 'Administrator',
    })
    const first = await linkNow()
    expect(await started.staff.invited(token)).toBeUndefined()
    started.clock.pass(23 * 3_600_000)
    const second = await linkNow()
    expect(second).not.toBe(first)
    const tokenOf = (link: string) => link.split('#invite=')[1] ?? ''
    expect(await started.staff.invited(tokenOf(first))).toBeUndefined()
    expect(await started.staff.invited(tokenOf(second))).toBeDefined()
  })
})
