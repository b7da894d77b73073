import { afterEach, describe, expect, test, vi } from 'vitest'
import { base32, totpCode } from '../../src/desk/server/auth/totp.ts'
import { MOST_CASES_AN_HOUR } from '../../src/desk/server/tripwire.ts'
import type { PasswordSetup } from '../../src/desk/wire.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { CHANNEL } from '../../src/storage/redis/desk/redis-accounts.ts'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { cookieIn, ORIGIN, type Someone, type Started } from './start-desk.ts'
import { type Line, listen, told } from './listen.ts'
import { twoDesks } from './two-desks.ts'
import { fromBase32, PASSWORD } from './ways-in.ts'

/** A page asks one process and answers another: whichever of them takes a request, it is answered as by one. */
const two = twoDesks()
const device = () => createAuthenticator(ORIGIN)

async function optionsAt(path: string, body: object = {}, cookie?: string): Promise<unknown> {
  return (await two().post(`/api/${path}/options`, body, cookie)).json<{ options: unknown }>().options
}
async function joined(counter?: number) {
  const its = device()
  const [{ staff }] = two().desks
  const { token } = await staff.invite({ purpose: 'invite', role: 'administrator', name: 'Amina' })
  const options = await optionsAt('invite/accept/passkey', { token })
  const response = its.make(options, counter === undefined ? {} : { counter })
  const accepted = await two().post('/api/invite/accept/passkey', { token, response })
  return { its, accepted, cookie: cookieIn(accepted) }
}

test('the first administrator comes in by the link of any process, and by one alone', async () => {
  const address = 'http://127.0.0.1:8080'
  const links = await Promise.all(
    [...two().desks, ...two().desks].map(({ desk }) => desk.firstInvite(address)),
  )
  expect(new Set(links).size).toBe(1)
  const token = links[0]?.split('#invite=')[1] ?? ''
  const response = device().make(await optionsAt('invite/accept/passkey', { token }))
  expect((await two().post('/api/invite/accept/passkey', { token, response })).statusCode).toBe(200)
  for (const { desk } of two().desks) expect(await desk.firstInvite(address)).toBeUndefined()
})

test('a name is tried as often in two processes as in one, and another name goes on', async () => {
  const attempt = async (name: string) =>
    (await two().post('/api/sign-in/password', { name, password: PASSWORD, code: '000000' })).statusCode
  const codes: number[] = []
  for (let n = 0; n < 8; n += 1) codes.push(await attempt('Nobody'))
  expect(codes).toEqual([401, 401, 401, 401, 401, 401, 429, 429])
  expect([await attempt('Else'), await attempt('Else')]).toEqual([401, 401])
})

test('whoever tries names without end fills no more than so many places, and none of them says a name', async () => {
  const [{ accounts, clock }] = two().desks
  for (let n = 0; n < 200; n += 1)
    expect(await accounts.takeTry(`name ${n}`, { burst: 6, everyMs: 60_000 }, clock.now())).toBe(true)
  const wire = await two().wire()
  const [keys] = await wire.everywhere(['KEYS', '{desk}:tries:*'])
  await wire.close()
  const places = (keys as Buffer[]).map((key) => Number(/^\{desk\}:tries:(\d+)$/u.exec(key.toString())?.[1]))
  expect(places.length).toBeGreaterThan(150)
  for (const place of places) expect(place).toBeLessThan(65_536)
})

describe('a page whose line another process holds', () => {
  const lines: Line[] = []
  afterEach(() => {
    for (const line of lines.splice(0)) line.close()
  })
  async function lineAt(desk: Started, { cookie }: Someone): Promise<Line> {
    const line = await listen(desk, cookie)
    lines.push(line)
    return line
  }

  test('hears the alarm, the glass and the tripwire, once each', async () => {
    const [first, second] = two().desks
    const [boss, worker, other] = [
      await first.someone('supervisor', 'Boss'),
      await first.someone('caseworker', 'Worker'),
      await first.someone('supervisor', 'Other'),
    ]
    const heard = [await lineAt(first, other), await lineAt(second, other)]
    const id = first.cases.add({ holder: worker.id })
    first.desk.alarm(id, 'unanswered')
    const broken = await first.post(`/api/cases/${id}/break-glass`, { reason: 'complaint' }, boss.cookie)
    for (let n = 0; n < MOST_CASES_AN_HOUR; n += 1) {
      const opening = {
        account: worker.id,
        id: String(20_000_000 + n) as CaseId,
        until: first.clock.now() + 3_600_000,
      }
      await second.accounts.noteOpening(opening, first.clock.now(), MOST_CASES_AN_HOUR)
    }
    expect((await first.get(`/api/cases/${id}`, worker.cookie)).statusCode).toBe(401)
    for (const line of heard) {
      const notices = told(await line.until('tripwire')).filter(
        (event) => 'kind' in event && event.kind !== 'queue',
      )
      expect(notices).toEqual([
        { kind: 'alarm', id, why: 'unanswered' },
        { kind: 'glass', id, by: boss.id, name: 'Boss', until: broken.json<{ until: number }>().until },
        { kind: 'tripwire', id: worker.id, name: 'Worker' },
      ])
    }
  })

  test('hears that a case is lost or withdrawn which it has from elsewhere', async () => {
    const [first, second] = two().desks
    const worker = await first.someone('caseworker')
    const { cookie } = await first.someone('supervisor')
    const [lost, gone] = [first.cases.add({ holder: worker.id }), first.cases.add({ holder: worker.id })]
    for (const id of [lost, gone])
      expect((await first.get(`/api/cases/${id}`, worker.cookie)).statusCode).toBe(200)
    const line = await lineAt(second, worker)
    await first.post(`/api/cases/${lost}/release`, { after: 0 }, cookie)
    expect(told(await line.until('lost'))).toContainEqual({ kind: 'lost', id: lost })
    first.cases.remove(gone)
    expect(told(await line.until('withdrawn'))).toContainEqual({ kind: 'withdrawn', id: gone })
  })

  test('that moves to another process hears there what it missed meanwhile', async () => {
    const [first, second] = two().desks
    const worker = await first.someone('caseworker')
    const before = await lineAt(first, worker)
    first.desk.alarm('12345678', 'released')
    await before.until('12345678')
    before.close()
    first.desk.alarm('12345679', 'unanswered')
    const after = await listen(second, worker.cookie, before.lastId())
    lines.push(after)
    expect(told(await after.until('12345679'))).toContainEqual({
      kind: 'alarm',
      id: '12345679',
      why: 'unanswered',
    })
  })

  test('ends at once with its session, wherever that was ended', async () => {
    const [first, second] = two().desks
    const worker = await first.someone('caseworker')
    const { cookie } = await first.someone('administrator')
    const line = await lineAt(second, worker)
    await first.post('/api/sign-out', {}, worker.cookie)
    expect(await line.ended()).toBe(true)
    const again = await lineAt(second, { ...worker, cookie: await first.cookieOf(worker.id) })
    await first.post(`/api/accounts/${worker.id}/disable`, {}, cookie)
    expect(await again.ended()).toBe(true)
  })

  test('is sent on its way by kinds and ids, and by no name', async () => {
    const [first] = two().desks
    const published: string[] = []
    const wire = await two().wire()
    await wire.subscribe(CHANNEL, (text) => published.push(text))
    const [boss, worker] = [
      await first.someone('supervisor', 'Boss'),
      await first.someone('caseworker', 'Worker'),
    ]
    const id = first.cases.add({ holder: worker.id })
    first.cases.say(id, 'secret words')
    await first.post(`/api/cases/${id}/break-glass`, { reason: 'complaint' }, boss.cookie)
    first.desk.alarm(id, 'released')
    await vi.waitFor(() => expect(published.join()).toContain('released'))
    expect(published.join()).toMatch(/"kind":"glass"/u)
    expect(published.join()).not.toMatch(/Boss|Worker|secret|complaint/u)
    await wire.close()
  })

  test('goes on over what nobody understands', async () => {
    const [first, second] = two().desks
    const line = await lineAt(second, await first.someone('supervisor'))
    const wire = await two().wire()
    for (const text of ['', '{', '{}', '{"from":"x","event":{"kind":"of a newer version"},"to":{}}'])
      await wire.publish(CHANNEL, text)
    first.desk.alarm('12345678', 'unanswered')
    const heard = told(await line.until('alarm'))
    expect(heard).toEqual([{ kind: 'alarm', id: '12345678', why: 'unanswered' }])
    await wire.close()
  })
})

describe('a glass that was broken in one process', () => {
  test('lets its supervisor read in the other, and nobody else, and is closed in both with another role', async () => {
    const [first, second] = two().desks
    const [boss, worker, colleague] = [
      await first.someone('supervisor'),
      await first.someone('caseworker'),
      await first.someone('supervisor'),
    ]
    const id = first.cases.add({ holder: worker.id })
    first.cases.say(id, 'secret words')
    const broken = await first.post(`/api/cases/${id}/break-glass`, { reason: 'complaint' }, boss.cookie)
    const { until } = broken.json<{ until: number }>()
    for (const desk of [first, second]) {
      expect((await desk.get(`/api/cases/${id}`, boss.cookie)).body).toContain('secret words')
      expect((await desk.get('/api/me', boss.cookie)).json()).toMatchObject({ glass: [{ id, until }] })
      expect((await desk.get(`/api/cases/${id}`, colleague.cookie)).statusCode).toBe(404)
    }
    const { cookie } = await second.someone('administrator')
    for (const role of ['auditor', 'supervisor'])
      expect((await second.post(`/api/accounts/${boss.id}/role`, { role }, cookie)).statusCode).toBe(200)
    const back = await second.cookieOf(boss.id)
    for (const desk of [first, second])
      expect((await desk.get(`/api/cases/${id}`, back)).statusCode).toBe(404)
  })
})

describe('what one process asked, another one takes the answer to', () => {
  test('a passkey comes in by an invitation, signs in, and makes a session fresh', async () => {
    const { its, accepted } = await joined()
    expect([accepted.statusCode, accepted.json()]).toMatchObject([200, { name: 'Amina', passkeys: 1 }])
    const response = its.touch(await optionsAt('sign-in/passkey'))
    const signedIn = await two().post('/api/sign-in/passkey', { response })
    expect(signedIn.statusCode).toBe(200)
    const cookie = cookieIn(signedIn)
    const again = its.touch(await optionsAt('again/passkey', {}, cookie))
    expect((await two().post('/api/again/passkey', { response: again }, cookie)).statusCode).toBe(200)
  })

  test('a password with codes is set up, and signs in', async () => {
    const [{ staff, clock }] = two().desks
    const { token } = await staff.invite({ purpose: 'invite', role: 'caseworker', name: 'Amina' })
    const asked = await two().post('/api/invite/accept/password/options', { token })
    const { setup, secret } = asked.json<PasswordSetup>()
    const code = () => totpCode(fromBase32(secret), Math.floor(clock.now() / 30_000))
    const given = { token, setup, password: PASSWORD, code: code() }
    expect((await two().post('/api/invite/accept/password', given)).statusCode).toBe(200)
    clock.pass(30_000)
    const login = { name: 'Amina', password: PASSWORD, code: code() }
    for (const desk of two().desks) {
      expect((await desk.post('/api/sign-in/password', login)).statusCode).toBe(
        desk === two().desks[0] ? 200 : 401,
      )
    }
  })

  test('one that was answered is answered to no other process, not even at the same moment', async () => {
    // As synced passkeys do, it counts nothing: only what the store knows keeps the answer from being taken again.
    const { its } = await joined(0)
    for (const moment of ['one after the other', 'at once']) {
      const response = its.touch(await optionsAt('sign-in/passkey'), { counter: 0 })
      const [first, second] = two().desks
      const tries = [first, second, first].map(
        (desk) => () => desk.post('/api/sign-in/passkey', { response }),
      )
      const codes: number[] = []
      if (moment === 'at once')
        codes.push(...(await Promise.all(tries.map((one) => one()))).map(({ statusCode }) => statusCode))
      else for (const one of tries) codes.push((await one()).statusCode)
      expect([moment, codes.toSorted((a, b) => a - b)]).toEqual([moment, [200, 401, 401]])
    }
  })

  test('one setup of codes makes one password', async () => {
    const { cookie } = await joined()
    const asked = await two().post('/api/me/password/options', {}, cookie)
    const { setup, secret } = asked.json<PasswordSetup>()
    const [{ clock }] = two().desks
    expect(base32(fromBase32(secret))).toBe(secret)
    const code = totpCode(fromBase32(secret), Math.floor(clock.now() / 30_000))
    const given = { setup, password: PASSWORD, code }
    expect((await two().post('/api/me/password', given, cookie)).statusCode).toBe(200)
    for (const desk of two().desks)
      expect((await desk.post('/api/me/password', given, cookie)).statusCode).toBe(400)
  })
})
