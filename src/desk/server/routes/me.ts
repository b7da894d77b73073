import { z } from 'zod'
import type { Me } from '../../wire.ts'
import { attestation, placeAt } from '../auth/passkeys.ts'
import { IDLE_MS, type Session } from '../auth/sessions.ts'
import { askPassword, madePassword, passwordForm } from '../auth/new-password.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse } from '../http/reply.ts'
import type { Member } from '../staff.ts'
import type { AccountId } from '../../../storage/cases.ts'

/** Who is signed in, what they may set themselves, and their further passkeys and password: each after a fresh touch. */
const empty = z.strictObject({})
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u)

export function meRoutes({ route }: Registrar, desk: Desk): void {
  const { accounts, passkeys, audit, events } = desk

  route({
    method: 'GET',
    path: '/api/me',
    roles: 'anySession',
    handler: async ({ me, session }) => answer(await meOf(desk, me, session)),
  })

  route({
    method: 'POST',
    path: '/api/me',
    roles: 'anySession',
    body: z.strictObject({
      language: language.optional(),
      onShift: z.boolean().optional(),
      capacity: z.number().int().min(1).max(30).optional(),
    }),
    async handler({ me, session, body }) {
      const change = {
        language: body.language ?? me.language,
        onShift: body.onShift ?? me.onShift,
        capacity: body.capacity ?? me.capacity,
      }
      if (Object.keys(body).length > 0) {
        await accounts.change(me.id, change)
        events.tell({ kind: 'queue' }, { roles: ['caseworker', 'supervisor'] })
      }
      return answer(await meOf(desk, { ...me, ...change }, session))
    },
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
      if (passkey === undefined || !(await accounts.addCredential({ kind: 'passkey', passkey })))
        return refuse('invalid')
      await audit.note({ actor: me.id, verb: 'credential.add', subject: me.id })
      return answer(await meOf(desk, me, session))
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
    async handler({ me, session, body }) {
      const credential = await madePassword(desk, newOf(me.id), me, body)
      if (credential === undefined) return refuse('invalid')
      await accounts.addCredential(credential)
      await audit.note({ actor: me.id, verb: 'credential.add', subject: me.id })
      return answer(await meOf(desk, me, session))
    },
  })

  function newOf(account: AccountId): string {
    return `new ${account}`
  }
}

export async function meOf({ accounts }: Desk, me: Member, session: Session): Promise<Me> {
  const { id, name, role, language: spoken, onShift, capacity } = me
  return {
    id,
    name,
    role,
    language: spoken,
    onShift,
    capacity,
    until: session.until,
    idleMs: IDLE_MS,
    passkeys: (await accounts.passkeys(id)).length,
    hasPassword: (await accounts.password(id)) !== undefined,
  }
}
