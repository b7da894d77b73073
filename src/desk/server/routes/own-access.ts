import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { StoredSession } from '../../../storage/accounts.ts'
import type { AccountId } from '../../../storage/cases.ts'
import type { OwnAccess } from '../../wire.ts'
import { askPassword, madePassword, passwordForm } from '../auth/new-password.ts'
import { attestation, placeAt } from '../auth/passkeys.ts'
import type { Desk } from '../desk.ts'
import type { Registrar, SignedCall } from '../http/registrar.ts'
import { answer, refuse, type Reply } from '../http/reply.ts'
import { meOf } from './me.ts'

/**
 * One's own ways in and open sessions, for every role. What adds or takes a way in needs a fresh touch, and the other
 * sessions end with what is replaced or removed: whoever had it may be sitting there. The last way in stays.
 */
const empty = z.strictObject({})
const credentialId = z
  .string()
  .regex(/^[\w-]+$/u)
  .max(1_400)
const sessionId = z.string().regex(/^[\w-]{22}$/u)

export function ownAccessRoutes({ route }: Registrar, desk: Desk): void {
  const { accounts, passkeys, sessions, audit, everywhere } = desk

  route({
    method: 'GET',
    path: '/api/me/access',
    roles: 'anySession',
    handler: async (call) => answer(await accessOf(call)),
  })

  route({
    method: 'POST',
    path: '/api/me/passkey/options',
    roles: 'anySession',
    fresh: true,
    body: empty,
    async handler({ at, me }) {
      const place = placeAt(at.origin)
      if (place === undefined) return refuse('unavailable')
      return answer({ options: await passkeys.askNew(place, newOf(me.id), me) })
    },
  })

  route({
    method: 'POST',
    path: '/api/me/passkey',
    roles: 'anySession',
    fresh: true,
    body: z.strictObject({ response: attestation }),
    async handler({ at, me, session, body }) {
      const place = placeAt(at.origin)
      const passkey = place && (await passkeys.made(place, newOf(me.id), body.response))
      const isAdded =
        passkey !== undefined && (await accounts.addCredential({ kind: 'passkey', passkey }, session.secret))
      if (!isAdded) return refuse('invalid')
      await audit.note({ actor: me.id, verb: 'credential.add', subject: me.id })
      return answer(await meOf(desk, me, session))
    },
  })

  route({
    method: 'POST',
    path: '/api/me/passkey/remove',
    roles: 'anySession',
    fresh: true,
    body: z.strictObject({ id: credentialId }),
    async handler(call) {
      const { me, body } = call
      const outcome = await accounts.removePasskey(me.id, body.id)
      const line = { actor: me.id, verb: 'credential.remove', subject: me.id } as const
      await audit.note({ ...line, outcome: outcome === 'removed' ? 'done' : 'refused' })
      if (outcome !== 'removed') return refuse(outcome === 'last' ? 'forbidden' : 'gone')
      await endOthers(call)
      return answer(await meOf(desk, me, call.session))
    },
  })

  route({
    method: 'POST',
    path: '/api/me/password/options',
    roles: 'anySession',
    fresh: true,
    body: empty,
    handler: ({ me }) => answer(askPassword(desk, newOf(me.id), me.name)),
  })

  route({
    method: 'POST',
    path: '/api/me/password',
    roles: 'anySession',
    fresh: true,
    body: passwordForm({}),
    async handler(call) {
      const { me, session, body } = call
      const credential = await madePassword(desk, newOf(me.id), me, body)
      if (credential === undefined) return refuse('invalid')
      if (!(await accounts.addCredential(credential, session.secret))) return refuse('signIn')
      await audit.note({ actor: me.id, verb: 'credential.add', subject: me.id })
      await endOthers(call)
      return answer(await meOf(desk, me, session))
    },
  })

  route({
    method: 'POST',
    path: '/api/me/session/end',
    roles: 'anySession',
    body: z.strictObject({ id: sessionId }),
    async handler({ me, session, body }) {
      const one = (await sessions.list(me.id)).find((other) => idOf(other) === body.id)
      // The own one ends with the sign-out, which clears the browser too.
      if (one === undefined || isSame(one, session)) return refuse('gone')
      await accounts.endSession(one.secret)
      await ended(me.id, one.secret)
      return answer({})
    },
  })

  route({
    method: 'POST',
    path: '/api/me/session/end-all',
    roles: 'anySession',
    olderPages: true,
    body: empty,
    async handler({ me }): Promise<Reply> {
      await accounts.endSessions(me.id)
      everywhere.ended(me.id)
      await audit.note({ actor: me.id, verb: 'session.endAll' })
      return answer({}, 'forget')
    },
  })

  async function endOthers({ me, session }: Mine): Promise<void> {
    for (const secret of await accounts.endOtherSessions(me.id, session.secret)) await ended(me.id, secret)
  }
  async function ended(account: AccountId, secret: Uint8Array): Promise<void> {
    everywhere.ended(account, secret)
    await audit.note({ actor: account, verb: 'session.endOther', subject: account })
  }

  async function accessOf({ me, session }: Mine): Promise<OwnAccess> {
    const [keys, open] = [await accounts.passkeys(me.id), await sessions.list(me.id)]
    return {
      passkeys: keys.map(({ id, transports }) => ({ id, transports: [...transports] })),
      hasPassword: (await accounts.password(me.id)) !== undefined,
      sessions: open.map((one) => ({
        id: idOf(one),
        began: one.created,
        lastSeen: one.lastSeen,
        isThis: isSame(one, session),
      })),
    }
  }
}

type Mine = Pick<SignedCall<unknown, unknown, unknown>, 'me' | 'session'>

function newOf(account: AccountId): string {
  return `new ${account}`
}

function isSame(a: StoredSession, b: StoredSession): boolean {
  return Buffer.from(a.secret).equals(b.secret)
}

/** Names a session to its owner without being what the store finds it by. */
function idOf({ secret }: StoredSession): string {
  return createHash('sha256')
    .update('desk session id')
    .update(secret)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}
