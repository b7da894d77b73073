import { z } from 'zod'
import type { Credential } from '../../../storage/accounts.ts'
import type { AccountId } from '../../../storage/cases.ts'
import type { PasswordSetup } from '../../wire.ts'
import type { Desk } from '../desk.ts'
import { isFitPassword, LONGEST_PASSWORD } from './password-rules.ts'
import { base32, stepOf, TOTP_SECRET_BYTES, totpAddress } from './totp.ts'

/** A password is never alone: it is set together with an app for one-time codes, and a first code proves the app. */

export function passwordForm<Shape extends z.ZodRawShape>(more: Shape) {
  return z.strictObject({
    setup: z.string().regex(/^[\w-]{43}$/u),
    password: z
      .string()
      .min(1)
      .max(LONGEST_PASSWORD * 4),
    code: z.string().regex(/^\d{6}$/u),
    ...more,
  })
}

export function askPassword({ questions }: Desk, purpose: string, name: string): PasswordSetup {
  const asked = questions.ask(codesOf(purpose))
  const secret = questions.secretOf(asked, TOTP_SECRET_BYTES)
  const setup = Buffer.from(asked).toString('base64url')
  return { setup, secret: base32(secret), address: totpAddress(secret, name) }
}

/** Undefined for a password that is not fit, a wrong code, or a setup that is over. */
export async function madePassword(
  { questions, staff, passwords, clock }: Desk,
  purpose: string,
  owner: { id: AccountId; name: string },
  given: { setup: string; password: string; code: string },
): Promise<Credential | undefined> {
  // A refused try does not use up the picture on the screen; the one that is taken does.
  const asked = questions.read(codesOf(purpose), given.setup)
  if (asked === undefined) return undefined
  const secret = questions.secretOf(asked.bytes, TOTP_SECRET_BYTES)
  const step = stepOf(secret, given.code, clock.now())
  if (step === undefined || !isFitPassword(given.password, owner.name)) return undefined
  const phc = await passwords.hash(given.password)
  if (phc === undefined || !(await questions.use(asked))) return undefined
  return {
    kind: 'password',
    password: { account: owner.id, phc, sealedTotp: staff.sealTotp(owner.id, secret), lastStep: step },
  }
}

/** A passkey may be asked for under the same purpose. */
function codesOf(purpose: string): string {
  return `codes ${purpose}`
}
