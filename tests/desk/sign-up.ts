import { createAuthenticator } from '../fakes/authenticator.ts'
import type { PasswordSetup } from '../../src/desk/wire.ts'
import { totpCode } from '../../src/desk/server/auth/totp.ts'
import { type BrowserLine, openLine } from './browser-line.ts'

/** People of the desk come in through the real doors: an invitation, a passkey, and for some a password with codes. */
export interface Login {
  name: string
  secret: Uint8Array
}

const PASSWORD = 'violet kettle by the 4th harbour'
const STEP_MS = 30_000

export async function acceptInvite(address: string, link: string): Promise<BrowserLine> {
  const line = openLine(address)
  const key = createAuthenticator(`http://localhost:${new URL(address).port}`)
  const token = link.split('invite=')[1] ?? ''
  const { options } = await line.post<{ options: unknown }>('invite/accept/passkey/options', { token })
  await line.post('invite/accept/passkey', { token, response: key.make(options), language: 'en' })
  return line
}

export async function invite(administrator: BrowserLine, name: string): Promise<string> {
  const { link } = await administrator.post<{ link: string }>('accounts/invite', { name, role: 'caseworker' })
  return link
}

/** With the code of the step before this one, so that this step's and the next one's are still to be used. */
export async function setPassword(line: BrowserLine, name: string): Promise<Login> {
  const { setup, secret } = await line.post<PasswordSetup>('me/password/options')
  const bytes = fromBase32(secret)
  await line.post('me/password', { setup, password: PASSWORD, code: totpCode(bytes, stepNow() - 1) })
  return { name, secret: bytes }
}

/** `ahead`: the second sign-in of an account within one step takes the next one's code. Rejects unless it comes in. */
export async function signIn(address: string, { name, secret }: Login, ahead: number): Promise<BrowserLine> {
  const line = openLine(address)
  await line.post('sign-in/password', { name, password: PASSWORD, code: totpCode(secret, stepNow() + ahead) })
  return line
}

/** An account has two sessions at most: one more would end that of the open page. */
export async function signOut(line: BrowserLine): Promise<void> {
  await line.post('sign-out')
  line.close()
}

const stepNow = () => Math.floor(Date.now() / STEP_MS)

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from({ length: bits.length >> 3 }, (_, n) =>
    Number.parseInt(bits.slice(n * 8, n * 8 + 8), 2),
  )
}
