import { base32, totpCode } from '../../src/desk/server/auth/totp.ts'
import type { PasswordSetup } from '../../src/desk/wire.ts'
import { expect } from 'vitest'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { ORIGIN, type Started } from './start-desk.ts'

/** Passkeys and passwords of somebody who is signed in already. */
export const PASSWORD = 'seven green lamps on a wet roof'
export const OTHER_PASSWORD = 'eight blue kettles by an open door'

export async function optionsAt(started: Started, path: string, cookie?: string): Promise<unknown> {
  return (await started.post(`/api/${path}/options`, {}, cookie)).json<{ options: unknown }>().options
}

/** One more passkey, from a device of its own. */
export async function addDevice(started: Started, cookie: string) {
  const its = createAuthenticator(ORIGIN)
  const response = its.make(await optionsAt(started, 'me/passkey', cookie))
  expect((await started.post('/api/me/passkey', { response }, cookie)).statusCode).toBe(200)
  return { its, id: its.ids()[0] ?? '' }
}

export async function setPassword(started: Started, cookie: string, password = PASSWORD) {
  const asked = await started.post('/api/me/password/options', {}, cookie)
  const { setup, secret } = asked.json<PasswordSetup>()
  const codeNow = (steps = 0) =>
    totpCode(fromBase32(secret), Math.floor(started.clock.now() / 30_000) + steps)
  const answer = await started.post('/api/me/password', { setup, password, code: codeNow() }, cookie)
  return { answer, codeNow }
}

export function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text)
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const bytes = Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)))
  expect(base32(bytes)).toBe(text)
  return bytes
}
