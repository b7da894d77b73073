import { z } from 'zod'
import type { Me } from '../../wire.ts'
import { IDLE_MS, type Session } from '../auth/sessions.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer } from '../http/reply.ts'
import type { Member } from '../staff.ts'

/** Who is signed in, and what they may set themselves. */
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u)

export function meRoutes({ route }: Registrar, desk: Desk): void {
  const { accounts, everywhere } = desk

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
    // A sign of life: whoever types on an older page stays signed in until the words are sent.
    olderPages: true,
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
        everywhere.tell({ kind: 'queue' }, { roles: ['caseworker', 'supervisor'] })
      }
      return answer(await meOf(desk, { ...me, ...change }, session))
    },
  })
}

export async function meOf({ accounts, glass, unreviewed }: Desk, me: Member, session: Session): Promise<Me> {
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
    glass: await glass.of(id),
    unreviewed: [...unreviewed],
  }
}
