import { argon2Sync, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isFitPassword } from '../../src/desk/server/auth/password-rules.ts'
import { base32, totpCode } from '../../src/desk/server/auth/totp.ts'
import { cookieIn, startDesk, type Started } from './start-desk.ts'
import { fromBase32 } from './ways-in.ts'

const PASSWORD = 'seven green lamps on a wet roof'
const STEP_MS = 30_000

let started: Started
/** How often a password was worked on. */
let derived: number
beforeEach(() => {
  derived = 0
  started = startDesk({
    derive: async (message, nonce) => {
      derived += 1
      return argon2Sync('argon2id', { memory: 8, passes: 1, parallelism: 1, tagLength: 32, message, nonce })
    },
  })
})
afterEach(() => started.stop())

async function withPassword(name: string) {
  const { token } = await started.staff.invite({ purpose: 'invite', role: 'caseworker', name })
  const asked = await started.post('/api/invite/accept/password/options', { token })
  const { setup, secret } = asked.json<{ setup: string; secret: string }>()
  const key = fromBase32(secret)
  const codeNow = (steps = 0) => totpCode(key, Math.floor(started.clock.now() / STEP_MS) + steps)
  const accept = (more: object = {}) =>
    started.post('/api/invite/accept/password', {
      token,
      setup,
      password: PASSWORD,
      code: codeNow(),
      ...more,
    })
  return { codeNow, accept }
}
const signIn = (name: string, password: string, code: string, cookie?: string) =>
  started.post('/api/sign-in/password', { name, password, code }, cookie)

describe('a password and a code', () => {
  test('come in by an invitation, and its link is worth nothing afterwards', async () => {
    const { accept } = await withPassword('Amina')
    const accepted = await accept()
    expect(accepted.statusCode).toBe(200)
    expect(accepted.json()).toMatchObject({
      name: 'Amina',
      role: 'caseworker',
      hasPassword: true,
      passkeys: 0,
    })
    expect((await started.get('/api/me', cookieIn(accepted))).statusCode).toBe(200)
    expect((await accept()).statusCode).toBe(404)
  })

  test('the setup stays while the password is not fit or the code is wrong', async () => {
    const { accept } = await withPassword('Amina')
    expect((await accept({ password: 'too short' })).statusCode).toBe(400)
    expect((await accept({ password: 'passwordpassword123' })).statusCode).toBe(400)
    expect((await accept({ code: '000000' })).statusCode).toBe(400)
    expect((await accept()).statusCode).toBe(200)
  })

  test('an invitation is over after a day', async () => {
    const { token } = await started.staff.invite({ purpose: 'invite', role: 'auditor', name: 'Late' })
    started.clock.pass(24 * 3_600_000 - 1)
    expect((await started.post('/api/invite', { token })).json()).toEqual({ name: 'Late', role: 'auditor' })
    started.clock.pass(1)
    expect((await started.post('/api/invite', { token })).statusCode).toBe(404)
  })

  test('sign in, whatever the case and spacing of the name, and a code is taken once', async () => {
    const { accept, codeNow } = await withPassword('Amina Diallo')
    await accept()
    expect((await signIn('Amina Diallo', PASSWORD, codeNow())).statusCode).toBe(401)
    const next = codeNow(1)
    const signedIn = await signIn(' amina  DIALLO ', PASSWORD, next)
    expect(signedIn.statusCode).toBe(200)
    expect((await signIn('Amina Diallo', PASSWORD, next)).statusCode).toBe(401)
    started.clock.pass(STEP_MS)
    expect((await signIn('Amina Diallo', PASSWORD, codeNow(-1))).statusCode).toBe(401)
    expect((await signIn('Amina Diallo', PASSWORD, codeNow(1))).statusCode).toBe(200)
  })

  test('codes more than one step away are refused', async () => {
    const { accept, codeNow } = await withPassword('Amina')
    await accept()
    started.clock.pass(10 * STEP_MS)
    expect((await signIn('Amina', PASSWORD, codeNow(2))).statusCode).toBe(401)
    expect((await signIn('Amina', PASSWORD, codeNow(-2))).statusCode).toBe(401)
    expect((await signIn('Amina', PASSWORD, codeNow(-1))).statusCode).toBe(200)
  })

  test('an unknown name, a wrong password, a wrong code and a disabled account cost and answer the same', async () => {
    const { accept, codeNow } = await withPassword('Amina')
    await accept()
    await started.someone('caseworker', 'Only Passkey')
    const off = await started.someone('caseworker', 'Off')
    await started.accounts.change(off.id, { disabled: true })
    started.clock.pass(STEP_MS * 4)
    const tries = [
      ['Nobody', PASSWORD, codeNow()],
      ['Amina', 'eight green lamps on a wet roof', codeNow()],
      ['Amina', PASSWORD, '000000'],
      ['Only Passkey', PASSWORD, codeNow()],
      ['Off', PASSWORD, codeNow()],
    ] as const
    for (const [name, password, code] of tries) {
      derived = 0
      const before = (await started.accounts.auditHead())?.seq ?? 0
      const answer = await signIn(name, password, code)
      expect([answer.statusCode, answer.body, answer.headers['set-cookie']]).toEqual([
        401,
        '{"refused":"signIn"}',
        undefined,
      ])
      expect(derived).toBe(1)
      expect((await started.accounts.auditHead())?.seq).toBe(before + 1)
    }
  })

  test('too many tries of one name are told so, known or not, and another name goes on', async () => {
    const { accept, codeNow } = await withPassword('Amina')
    await accept()
    for (const name of ['Amina', 'Nobody']) {
      for (let at = 0; at < 6; at += 1) await signIn(name, 'wrong words', '000000')
      const answer = await signIn(name, PASSWORD, codeNow(1))
      expect([answer.statusCode, answer.json()]).toEqual([429, { refused: 'tooMany' }])
    }
    expect((await signIn('Somebody', 'wrong words', '000000')).statusCode).toBe(401)
    started.clock.pass(60_000)
    expect((await signIn('Amina', PASSWORD, codeNow())).statusCode).toBe(200)
  })

  test('a fresh touch by password gives the session a new secret and ends the old one', async () => {
    const { accept, codeNow } = await withPassword('Amina')
    const first = cookieIn(await accept())
    const wrong = await started.post('/api/again/password', { password: PASSWORD, code: codeNow() }, first)
    expect([wrong.statusCode, wrong.json()]).toEqual([403, { refused: 'again' }])
    const again = await started.post('/api/again/password', { password: PASSWORD, code: codeNow(1) }, first)
    expect(again.statusCode).toBe(200)
    expect(cookieIn(again)).not.toBe(first)
    expect((await started.get('/api/me', first)).statusCode).toBe(401)
    expect((await started.get('/api/me', cookieIn(again))).statusCode).toBe(200)
  })
})

test('codes are those of RFC 6238, and secrets are written as RFC 4648 says', () => {
  const secret = Buffer.from('12345678901234567890')
  expect([1, 37037036, 41152263, 66666666, 666666666].map((step) => totpCode(secret, step))).toEqual([
    '287082',
    '081804',
    '005924',
    '279037',
    '353130',
  ])
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  const any = randomBytes(20)
  expect(fromBase32(base32(any)).equals(any)).toBe(true)
})

test.each([
  ['fourteen chars', false],
  ['password12345678', false],
  ['Password Password 1234', false],
  ['qwertyuiopasdfghjk', false],
  ['aaaaaaaaaaaaaaaaaaaa', false],
  ['1234567890123456', false],
  ['aminaaminaaminaamina', false],
  ['correct horse battery staple', false],
  ['seven green lamps on a wet roof', true],
  ['tyw oqm dke pvr', true],
  ['семь зелёных ламп', true],
  ['x'.repeat(257), false],
])('%s as a password: %s', (password, fit) => expect(isFitPassword(password, 'Amina')).toBe(fit))
