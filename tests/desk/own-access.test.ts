import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FRESH_MS, IDLE_MS } from '../../src/desk/server/auth/sessions.ts'
import type { OwnAccess } from '../../src/desk/wire.ts'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { type Line, listen } from './listen.ts'
import { audited, cookieIn, ORIGIN, type Someone, startDesk, type Started } from './start-desk.ts'
import { addDevice, optionsAt, OTHER_PASSWORD, PASSWORD, setPassword } from './ways-in.ts'

/** One's own ways in and sessions, over HTTP: what stays, what is out at once, and what the log says of it. */
let started: Started
let me: Someone
const lines: Line[] = []
beforeEach(async () => {
  started = startDesk()
  me = await started.someone('caseworker', 'Amina')
})
afterEach(async () => {
  for (const line of lines.splice(0)) line.close()
  await started.stop()
})

const post = (path: string, body: object, cookie = me.cookie) => started.post(`/api/me/${path}`, body, cookie)
const access = async (cookie = me.cookie) => (await started.get('/api/me/access', cookie)).json<OwnAccess>()
const status = async (cookie: string) => (await started.get('/api/me', cookie)).statusCode
async function streamOf(cookie: string): Promise<Line> {
  const line = await listen(started, cookie)
  lines.push(line)
  return line
}
describe('the own ways in', () => {
  test('are told to their owner alone, and no session by what the store finds it by', async () => {
    const other = await started.someone('caseworker', 'Other')
    started.clock.pass(60_000)
    const second = await started.cookieOf(me.id)
    const { its, id } = await addDevice(started, second)
    expect(its.ids()).toEqual([id])
    const told = await access(second)
    expect(told).toEqual({
      passkeys: [
        { id: me.passkey, transports: [] },
        { id, transports: ['internal'] },
      ],
      hasPassword: false,
      sessions: [
        {
          id: expect.stringMatching(/^[\w-]{22}$/u),
          began: started.clock.now() - 60_000,
          lastSeen: started.clock.now() - 60_000,
          isThis: false,
        },
        {
          id: expect.any(String),
          began: started.clock.now(),
          lastSeen: started.clock.now(),
          isThis: true,
        },
      ],
    })
    const stored = await started.accounts.sessions(me.id)
    for (const { secret } of stored)
      expect(JSON.stringify(told)).not.toContain(Buffer.from(secret).toString('base64url').slice(0, 22))
    expect((await access(other.cookie)).passkeys).toEqual([{ id: other.passkey, transports: [] }])
  })

  test('a passkey that is removed signs in no more, and the log says who did it', async () => {
    const { its, id } = await addDevice(started, me.cookie)
    const removed = await post('passkey/remove', { id })
    expect([removed.statusCode, removed.json()]).toMatchObject([200, { id: me.id, passkeys: 1 }])
    const response = its.touch(await optionsAt(started, 'sign-in/passkey'))
    expect((await started.post('/api/sign-in/passkey', { response })).statusCode).toBe(401)
    expect((await access()).passkeys.map((one) => one.id)).toEqual([me.passkey])
    expect(await audited(started)).toEqual([
      `${me.id} credential.add ${me.id} done`,
      `${me.id} credential.remove ${me.id} done`,
      'nobody session.start  refused',
    ])
  })

  test('the last one stays, and so does that of a colleague', async () => {
    const other = await started.someone('caseworker', 'Other')
    await addDevice(started, other.cookie)
    const last = await post('passkey/remove', { id: me.passkey })
    expect([last.statusCode, last.json()]).toEqual([403, { refused: 'forbidden' }])
    const theirs = await post('passkey/remove', { id: other.passkey })
    expect([theirs.statusCode, theirs.json()]).toEqual([404, { refused: 'gone' }])
    expect(await started.accounts.passkeys(me.id)).toHaveLength(1)
    expect(await started.accounts.passkeys(other.id)).toHaveLength(2)
    expect(await status(me.cookie)).toBe(200)
    expect((await audited(started)).slice(1)).toEqual([
      `${me.id} credential.remove ${me.id} refused`,
      `${me.id} credential.remove ${me.id} refused`,
    ])
  })

  test('of two calls at once that each remove one of two, one wins', async () => {
    const { id } = await addDevice(started, me.cookie)
    const second = await started.cookieOf(me.id)
    for (const round of [1, 2, 3]) {
      const codes = await Promise.all([
        post('passkey/remove', { id }).then(({ statusCode }) => `${statusCode}`),
        post('passkey/remove', { id: me.passkey }, second).then(({ statusCode }) => `${statusCode}`),
      ])
      if (round === 1) expect(codes.toSorted()).toEqual(['200', '403'])
      expect(await started.accounts.passkeys(me.id)).toHaveLength(1)
    }
  })

  test('a password makes the last passkey one that can go, and is then the way in', async () => {
    const { answer, codeNow } = await setPassword(started, me.cookie)
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { hasPassword: true, passkeys: 1 }])
    const removed = await post('passkey/remove', { id: me.passkey })
    expect([removed.statusCode, removed.json()]).toMatchObject([200, { hasPassword: true, passkeys: 0 }])
    const signIn = { name: 'Amina', password: PASSWORD, code: codeNow(1) }
    expect((await started.post('/api/sign-in/password', signIn)).statusCode).toBe(200)
  })

  test('a password that is set anew is the only one, and its code too', async () => {
    const first = await setPassword(started, me.cookie)
    started.clock.pass(30_000)
    const second = await setPassword(started, me.cookie, OTHER_PASSWORD)
    expect(second.answer.statusCode).toBe(200)
    const signIn = (password: string, code: string) =>
      started.post('/api/sign-in/password', { name: 'Amina', password, code })
    expect((await signIn(PASSWORD, first.codeNow(1))).statusCode).toBe(401)
    expect((await signIn(PASSWORD, second.codeNow(1))).statusCode).toBe(401)
    expect((await signIn(OTHER_PASSWORD, first.codeNow(1))).statusCode).toBe(401)
    expect((await signIn(OTHER_PASSWORD, second.codeNow(1))).statusCode).toBe(200)
  })

  test.each(['', '!', 'a'.repeat(1_401), 7, null])(
    'what is no name of a passkey is refused (%#)',
    async (id) => {
      const answer = await post('passkey/remove', { id })
      expect([answer.statusCode, answer.json()]).toEqual([400, { refused: 'invalid' }])
    },
  )

  test('what was made for another account, or in five minutes’ time, is added to none', async () => {
    const other = await started.someone('caseworker', 'Other')
    const its = createAuthenticator(ORIGIN)
    const foreign = its.make(await optionsAt(started, 'me/passkey', other.cookie))
    expect((await post('passkey', { response: foreign })).statusCode).toBe(400)
    const late = its.make(await optionsAt(started, 'me/passkey', me.cookie))
    started.clock.pass(FRESH_MS)
    expect((await post('passkey', { response: late })).json()).toEqual({ refused: 'again' })
    expect(await started.accounts.passkeys(me.id)).toHaveLength(1)
    expect(await started.accounts.passkeys(other.id)).toHaveLength(1)
  })
})

describe('the other sessions', () => {
  test.each(['a passkey that is removed', 'a password that is set'])(
    'end with %s, on an open line too, and the own goes on',
    async (what) => {
      const { id } = await addDevice(started, me.cookie)
      const theirs = await started.cookieOf(me.id)
      const [own, other] = [await streamOf(me.cookie), await streamOf(theirs)]
      const answer = what.includes('passkey')
        ? await post('passkey/remove', { id })
        : (await setPassword(started, me.cookie)).answer
      expect(answer.statusCode).toBe(200)
      expect(await other.ended()).toBe(true)
      expect([await status(theirs), await status(me.cookie)]).toEqual([401, 200])
      started.desk.alarm('12345678', 'released')
      expect(await own.until('alarm')).toContain('12345678')
      expect((await audited(started)).at(-1)).toBe(`${me.id} session.endOther ${me.id} done`)
    },
  )

  test('one of them is ended from another, at once; the own one and a guess are not there', async () => {
    const theirs = await started.cookieOf(me.id)
    const line = await streamOf(theirs)
    const { sessions } = await access()
    const idOf = (isThis: boolean) => sessions.find((one) => one.isThis === isThis)?.id ?? ''
    for (const id of [idOf(true), 'A'.repeat(22)]) {
      const answer = await post('session/end', { id })
      expect([answer.statusCode, answer.json()]).toEqual([404, { refused: 'gone' }])
    }
    expect(await status(theirs)).toBe(200)
    expect((await post('session/end', { id: idOf(false) })).json()).toEqual({})
    expect(await line.ended()).toBe(true)
    expect([await status(theirs), await status(me.cookie)]).toEqual([401, 200])
    expect((await post('session/end', { id: idOf(false) })).statusCode).toBe(404)
    expect(await audited(started)).toEqual([`${me.id} session.endOther ${me.id} done`])
  })

  test('nobody ends that of a colleague', async () => {
    const other = await started.someone('auditor', 'Other')
    const [{ id } = { id: '' }] = (await access(other.cookie)).sessions
    expect((await post('session/end', { id })).statusCode).toBe(404)
    expect(await status(other.cookie)).toBe(200)
  })

  test('all of them and the own one end together, and the browser forgets', async () => {
    const theirs = await started.cookieOf(me.id)
    const open = [await streamOf(me.cookie), await streamOf(theirs)]
    const colleague = await started.someone('caseworker', 'Other')
    const answer = await post('session/end-all', {})
    expect([answer.statusCode, answer.json()]).toEqual([200, {}])
    expect(answer.headers['clear-site-data']).toBe('"cache", "cookies", "storage"')
    expect(answer.headers['set-cookie']).toContain('Max-Age=0')
    for (const line of open) expect(await line.ended()).toBe(true)
    expect(await Promise.all([me.cookie, theirs, colleague.cookie].map(status))).toEqual([401, 401, 200])
    expect(await audited(started)).toEqual([`${me.id} session.endAll  done`])
  })

  test('that is over by its time is not listed', async () => {
    await started.cookieOf(me.id)
    started.clock.pass(IDLE_MS)
    const now = await started.cookieOf(me.id)
    expect((await access(now)).sessions.map(({ isThis }) => isThis)).toEqual([true])
  })
})

test('a session whose passkey was removed changes nothing any more', async () => {
  const { its, id } = await addDevice(started, me.cookie)
  const response = its.touch(await optionsAt(started, 'sign-in/passkey'))
  const theirs = cookieIn(await started.post('/api/sign-in/passkey', { response }))
  await post('passkey/remove', { id })
  const answer = await started.post('/api/me', { onShift: true }, theirs)
  expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([
    401,
    expect.stringContaining('Max-Age=0'),
  ])
  expect((await started.accounts.account(me.id))?.onShift).toBe(false)
})
