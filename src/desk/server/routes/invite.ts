import { z } from 'zod'
import type { Credential } from '../../../storage/accounts.ts'
import { askPassword, madePassword, passwordForm } from '../auth/new-password.ts'
import { attestation, placeAt } from '../auth/passkeys.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse, type Reply } from '../http/reply.ts'
import { sha256 } from '../staff.ts'
import { language } from './me.ts'
import { beginSession } from './sign-in.ts'

/**
 * Accepting an invitation. The token comes in a body, never in an address, works once and for a day, and a token that is
 * unknown, used or late looks the same.
 */
const token = z.string().regex(/^[\w-]{43}$/u)
const spoken = language.default('en')

export function inviteRoutes({ open }: Registrar, desk: Desk): void {
  const { limits, staff, passkeys, audit } = desk
  const purposeOf = (given: string) => `invite ${Buffer.from(sha256(given)).toString('base64url')}`

  open({
    method: 'POST',
    path: '/api/invite',
    roles: 'public',
    body: z.strictObject({ token }),
    async handler({ request, body }) {
      if (!limits.address(request)) return refuse('tooMany')
      const found = await staff.invited(body.token)
      return found === undefined ? refuse('gone') : answer({ name: found.name, role: found.invite.role })
    },
  })

  open({
    method: 'POST',
    path: '/api/invite/accept/passkey/options',
    roles: 'public',
    body: z.strictObject({ token }),
    async handler({ at, request, body }) {
      if (!limits.address(request)) return refuse('tooMany')
      const found = await staff.invited(body.token)
      if (found === undefined) return refuse('gone')
      const place = placeAt(at.origin)
      if (place === undefined) return refuse('unavailable')
      const id = found.invite.account ?? staff.newAccountId()
      return answer({
        options: await passkeys.askNew(place, purposeOf(body.token), { id, name: found.name }),
      })
    },
  })

  open({
    method: 'POST',
    path: '/api/invite/accept/passkey',
    roles: 'public',
    body: z.strictObject({ token, response: attestation, language: spoken }),
    async handler({ at, request, body, cookie }) {
      if (!limits.address(request)) return refuse('tooMany')
      const place = placeAt(at.origin)
      const passkey = place && (await passkeys.made(place, purposeOf(body.token), body.response))
      return passkey === undefined
        ? refuse('invalid')
        : accept(body.token, { kind: 'passkey', passkey }, body.language, cookie)
    },
  })

  open({
    method: 'POST',
    path: '/api/invite/accept/password/options',
    roles: 'public',
    body: z.strictObject({ token }),
    async handler({ request, body }) {
      if (!limits.address(request)) return refuse('tooMany')
      const found = await staff.invited(body.token)
      return found === undefined
        ? refuse('gone')
        : answer(askPassword(desk, purposeOf(body.token), found.name))
    },
  })

  open({
    method: 'POST',
    path: '/api/invite/accept/password',
    roles: 'public',
    body: passwordForm({ token, language: spoken }),
    async handler({ request, body, cookie }) {
      if (!limits.address(request)) return refuse('tooMany')
      const found = await staff.invited(body.token)
      if (found === undefined) return refuse('gone')
      const owner = { id: found.invite.account ?? staff.newAccountId(), name: found.name }
      const credential = await madePassword(desk, purposeOf(body.token), owner, body)
      return credential === undefined
        ? refuse('invalid')
        : accept(body.token, credential, body.language, cookie)
    },
  })

  async function accept(
    given: string,
    credential: Credential,
    speaks: string,
    cookie: string | undefined,
  ): Promise<Reply> {
    const { account } = credential.kind === 'passkey' ? credential.passkey : credential.password
    const outcome = await staff.accept(given, account, credential, speaks)
    if (outcome !== 'accepted') return refuse(outcome === 'nameTaken' ? 'taken' : 'gone')
    await audit.note({ actor: account, verb: 'invite.accept', subject: account })
    const way =
      credential.kind === 'passkey' ? { passkey: credential.passkey.id } : { phc: credential.password.phc }
    return (await beginSession(desk, account, way, cookie)) ?? refuse('signIn')
  }
}
