import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { totpCode } from '../../src/desk/server/auth/totp.ts'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { cookieIn, ORIGIN, startDesk } from './start-desk.ts'
import { fromBase32 } from './ways-in.ts'

const NAME = 'Zenobia Quartermaine'
const PASSWORD = 'seven green lamps on a wet roof'

test('no name, password, code, token or cookie stands in a log line, in an audit line or readable in the file', async () => {
  const started = startDesk({
    services: () => Promise.reject(new Error(`${NAME} asked for ${PASSWORD}`)),
  })
  const { token } = await started.staff.invite({ purpose: 'invite', role: 'caseworker', name: NAME })
  const asked = await started.post('/api/invite/accept/password/options', { token })
  const { setup, secret } = asked.json<{ setup: string; secret: string }>()
  const key = fromBase32(secret)
  const code = totpCode(key, Math.floor(started.clock.now() / 30_000))
  const body = { token, setup, password: PASSWORD, code }
  const accepted = await started.post('/api/invite/accept/password', body)
  expect(accepted.statusCode).toBe(200)
  const cookie = cookieIn(accepted)
  const device = createAuthenticator(ORIGIN)
  const { options } = (await started.post('/api/me/passkey/options', {}, cookie)).json<{ options: unknown }>()
  expect((await started.post('/api/me/passkey', { response: device.make(options) }, cookie)).statusCode).toBe(
    200,
  )
  await started.post('/api/sign-in/password', { name: NAME, password: 'a wrong one', code: '000000' })
  const failed = await started.get('/api/services', cookie)
  expect([failed.statusCode, failed.json()]).toEqual([500, { refused: 'unavailable' }])

  expect(started.lines.join('')).toContain('desk.failed')
  const files = () =>
    Buffer.concat(readdirSync(started.folder).map((file) => readFileSync(join(started.folder, file))))
  const audit = JSON.stringify(await started.accounts.auditFrom(1, 100))
  const places = [started.lines.join(''), audit, files().toString('latin1')]
  for (const told of [
    NAME,
    'Zenobia',
    PASSWORD,
    code,
    token,
    setup,
    secret,
    key.toString('latin1'),
    cookie.slice(5),
  ])
    for (const place of places) expect(place.includes(told)).toBe(false)
  await started.stop()
})
