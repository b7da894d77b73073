import { z } from 'zod'
import { assertion, placeAt } from '../auth/passkeys.ts'
import { LONGEST_PASSWORD } from '../auth/password-rules.ts'
import type { NewSession, Session } from '../auth/sessions.ts'
import { stepOf } from '../auth/totp.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse, type Reply } from '../http/reply.ts'
import type { WayIn } from '../../../storage/accounts.ts'
import type { AccountId } from '../../../storage/cases.ts'
import { meOf } from './me.ts'

/**
 * Coming in, going out and the fresh touch. A wrong name, password or code, a foreign passkey and a disabled account get
 * the same answer after the same work. Signing in and a fresh touch both give the session a new secret.
 */
const empty = z.strictObject({})
const password = z
  .string()
  .min(1)
  .max(LONGEST_PASSWORD * 4)
const code = z.string().regex(/^\d{6}$/u)
const name = z.string().min(1).max(200)

/** A page that is older than this server signs in too: what was typed before a night is sent then. */
export function signInRoutes({ open, route }: Registrar, desk: Desk): void {
  const { limits, passkeys, sessions, accounts, staff, audit, events, everywhere } = desk

  open({
    method: 'POST',
    path: '/api/sign-in/passkey/options',
    roles: 'public',
    olderPages: true,
    body: empty,
    async handler({ at, request }) {
      if (!limits.address(request)) return refuse('tooMany')
      const place = placeAt(at.origin)
      if (place === undefined) return refuse('unavailable')
      return answer({ options: await passkeys.askTouch(place, SIGN_IN) })
    },
  })

  open({
    method: 'POST',
    path: '/api/sign-in/passkey',
    roles: 'public',
    olderPages: true,
    body: z.strictObject({ response: assertion }),
    async handler({ at, request, body, cookie }) {
      if (!limits.address(request)) return refuse('tooMany')
      const place = placeAt(at.origin)
      const account = place && (await passkeys.touched(place, SIGN_IN, body.response))
      return signIn(account, { passkey: body.response.id }, cookie)
    },
  })

  open({
    method: 'POST',
    path: '/api/sign-in/password',
    roles: 'public',
    olderPages: true,
    body: z.strictObject({ name, password, code }),
    async handler({ request, body, cookie }) {
      if (!limits.address(request) || !(await limits.name(staff.tag(body.name)))) return refuse('tooMany')
      const found = await staff.byName(body.name)
      const outcome = await checkPassword(desk, found?.disabled === false ? found.id : undefined, body)
      if (outcome === 'busy') return refuse('tooMany')
      return signIn(outcome?.account, { phc: outcome?.phc ?? '' }, cookie)
    },
  })

  route({
    method: 'POST',
    path: '/api/sign-out',
    roles: 'anySession',
    olderPages: true,
    body: empty,
    async handler({ session, me }) {
      await sessions.end(session)
      everywhere.ended(me.id, session.secret)
      await audit.note({ actor: me.id, verb: 'session.end' })
      return answer({}, 'forget')
    },
  })

  route({
    method: 'POST',
    path: '/api/again/passkey/options',
    roles: 'anySession',
    body: empty,
    async handler({ at, session, me }) {
      const place = placeAt(at.origin)
      if (place === undefined) return refuse('unavailable')
      return answer({ options: await passkeys.askTouch(place, againOf(session), me.id) })
    },
  })

  route({
    method: 'POST',
    path: '/api/again/passkey',
    roles: 'anySession',
    body: z.strictObject({ response: assertion }),
    async handler({ at, session, me, body }) {
      if (!(await limits.name(me.id))) return refuse('tooMany')
      const place = placeAt(at.origin)
      const account = place && (await passkeys.touched(place, againOf(session), body.response))
      return again(account === me.id, session)
    },
  })

  route({
    method: 'POST',
    path: '/api/again/password',
    roles: 'anySession',
    body: z.strictObject({ password, code }),
    async handler({ session, me, body }) {
      if (!(await limits.name(me.id))) return refuse('tooMany')
      const outcome = await checkPassword(desk, me.id, body)
      return outcome === 'busy' ? refuse('tooMany') : again(outcome?.account === me.id, session)
    },
  })

  async function signIn(
    account: AccountId | undefined,
    way: WayIn,
    cookie: string | undefined,
  ): Promise<Reply> {
    const begun = account === undefined ? undefined : await beginSession(desk, account, way, cookie)
    if (begun !== undefined) return begun
    // Known or not, one line: the answer takes as long for a name that nobody has.
    await audit.note({ actor: 'nobody', verb: 'session.start', subject: account ?? '', outcome: 'refused' })
    return refuse('signIn')
  }

  async function again(touched: boolean, session: Session): Promise<Reply> {
    const { account: actor } = session
    const next = touched ? await sessions.refresh(session) : undefined
    await audit.note({ actor, verb: 'session.again', outcome: next === undefined ? 'refused' : 'done' })
    if (next === undefined) return refuse('again')
    events.renewed(session, next.session)
    const stored = await accounts.account(actor)
    if (stored === undefined) return refuse('signIn')
    return answer(await meOf(desk, staff.read(stored), next.session), next)
  }
}

const SIGN_IN = 'signIn'

function againOf({ secret }: Session): string {
  return `again ${Buffer.from(secret).toString('base64url')}`
}

/** Starts a session and answers with who it is; undefined for an account that may not. */
export async function beginSession(
  desk: Desk,
  account: AccountId,
  way: WayIn,
  cookie: string | undefined,
): Promise<Reply | undefined> {
  const { sessions, accounts, staff, audit, clock } = desk
  const begun: NewSession | undefined = await sessions.start(account, way, cookie)
  if (begun === undefined) return undefined
  await accounts.change(account, { lastDay: new Date(clock.now()).toISOString().slice(0, 10) })
  await audit.note({ actor: account, verb: 'session.start' })
  const stored = await accounts.account(account)
  if (stored === undefined) return undefined
  return answer(await meOf(desk, staff.read(stored), begun.session), begun)
}

/** One argon2 whoever asks; the code is looked at only behind a right password, and taken once. */
async function checkPassword(
  { accounts, passwords, staff, clock }: Desk,
  account: AccountId | undefined,
  given: { password: string; code: string },
): Promise<{ account: AccountId; phc: string } | 'busy' | undefined> {
  const kept = account === undefined ? undefined : await accounts.password(account)
  const isRight = await passwords.check(given.password, kept?.phc)
  if (isRight === undefined) return 'busy'
  if (!isRight || kept === undefined || account === undefined) return undefined
  const secret = staff.openTotp(account, kept.sealedTotp)
  const step = secret === undefined ? undefined : stepOf(secret, given.code, clock.now())
  return step !== undefined && (await accounts.takeStep(account, step))
    ? { account, phc: kept.phc }
    : undefined
}
