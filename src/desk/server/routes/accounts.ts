import { z } from 'zod'
import type { AccountId } from '../../../storage/cases.ts'
import { type Account, type Invite, ROLES } from '../../wire.ts'
import type { AuditVerb } from '../audit.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse } from '../http/reply.ts'
import { inviteLink, isName } from '../staff.ts'

/**
 * Accounts, for administrators, who see no case. Whatever gives or takes power needs a fresh touch, and none of it can be
 * done to oneself: the last administrator cannot lock the door from the inside, and a lost passkey takes a second one.
 */
const params = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{22}$/u)
    .transform((id) => id as AccountId),
})
const empty = z.strictObject({})
const role = z.enum(ROLES)
const name = z.string().min(1).max(60).refine(isName)

export function accountRoutes({ route }: Registrar, desk: Desk): void {
  const { accounts, staff, audit, everywhere, giveBack } = desk
  const roles = ['administrator'] as const

  route({
    method: 'GET',
    path: '/api/accounts',
    roles,
    async handler() {
      const members = await staff.list()
      const list = members.map(async ({ id, name: called, role: has, disabled, lastDay }) => ({
        id,
        name: called,
        role: has,
        disabled,
        passkeys: (await accounts.passkeys(id)).length,
        hasPassword: (await accounts.password(id)) !== undefined,
        lastDay,
      }))
      const invites: Invite[] = await staff.invites()
      return answer({ accounts: (await Promise.all(list)) satisfies Account[], invites })
    },
  })

  route({
    method: 'POST',
    path: '/api/accounts/invite',
    roles,
    fresh: true,
    body: z.strictObject({ name, role }),
    async handler({ body, me, at }) {
      if ((await staff.byName(body.name)) !== undefined) return refuse('taken')
      const { id, token, until } = await staff.invite({ purpose: 'invite', ...body })
      await audit.note({ actor: me.id, verb: 'invite.make', subject: id })
      return answer({ link: inviteLink(at.origin, token), until })
    },
  })

  change('disable', 'account.disable', empty, () => ({ disabled: true }))
  change('enable', 'account.enable', empty, () => ({ disabled: false }))
  change('role', 'account.role', z.strictObject({ role }), (body) => ({ role: body.role }))

  route({
    method: 'POST',
    path: '/api/accounts/:id/recover',
    roles,
    fresh: true,
    params,
    body: empty,
    async handler({ params: { id }, me, at }) {
      const stored = await accounts.account(id)
      if (stored === undefined || stored.disabled) return refuse('gone')
      if (id === me.id) return refuse('forbidden')
      const member = staff.read(stored)
      // Credentials and sessions end with this, not when the link is used: what was lost may be in other hands.
      const { token, until } = await staff.invite({
        purpose: 'recover',
        role: member.role,
        name: member.name,
        account: id,
      })
      everywhere.ended(id)
      await audit.note({ actor: me.id, verb: 'account.recover', subject: id })
      return answer({ link: inviteLink(at.origin, token), until })
    },
  })

  function change<Body>(
    verb: 'disable' | 'enable' | 'role',
    audited: AuditVerb,
    body: z.ZodType<Body>,
    to: (body: Body) => Parameters<typeof accounts.change>[1],
  ): void {
    route({
      method: 'POST',
      path: `/api/accounts/:id/${verb}`,
      roles,
      fresh: true,
      params,
      body,
      async handler({ params: { id }, me, body: given }) {
        if (id === me.id) return refuse('forbidden')
        const changed = to(given)
        if (!(await accounts.change(id, changed, me.id))) return refuse('gone')
        if (verb !== 'enable') everywhere.ended(id)
        await audit.note({ actor: me.id, verb: audited, subject: id, outcome: changed.role ?? 'done' })
        const now = await accounts.account(id)
        if (now?.disabled === true || now?.role !== 'caseworker') await giveBack(id, me.id)
        return answer({})
      },
    })
  }
}
