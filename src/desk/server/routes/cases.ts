import { z } from 'zod'
import { type Answer, OUTCOMES } from '../../../handoff/handoff.ts'
import type { AccountId, CaseId, EntryId } from '../../../storage/cases.ts'
import { type CaseAnswer, GLASS_REASONS, LONGEST_TEXT, type Role } from '../../wire.ts'
import type { AuditVerb } from '../audit.ts'
import { CASE_ROLES } from '../case-room.ts'
import type { Desk } from '../desk.ts'
import type { Registrar, SignedCall } from '../http/registrar.ts'
import { answer, refuse, type Reply } from '../http/reply.ts'

/**
 * Cases: reading and everything that is done in one. Who may is decided by the case itself (its holder, whom it is
 * offered to) each time; a role alone opens nothing. Supervisors move cases without reading them.
 */
const caseId = z
  .string()
  .regex(/^\d{8}$/u)
  .transform((id) => id as CaseId)
const accountId = z
  .string()
  .regex(/^[\w-]{22}$/u)
  .transform((id) => id as AccountId)
const entry = z
  .string()
  .regex(/^[\w-]{22}$/u)
  .transform((id) => id as EntryId)
const after = z.number().int().min(0).max(1_000_000_000)
/** A query is text. */
const afterText = z
  .string()
  .regex(/^\d{1,10}$/u)
  .transform(Number)
  .pipe(after)
const text = z
  .string()
  .max(LONGEST_TEXT)
  .refine((given) => given.trim() !== '')
  // Half of a surrogate pair is no character, and a channel may refuse a message for it.
  .transform((given) => given.toWellFormed())
const params = z.strictObject({ id: caseId })

export function caseRoutes({ route }: Registrar, desk: Desk): void {
  const { ports, caseRoom, audit, everywhere, glass, limits, accounts } = desk
  const { cases } = ports

  route({
    method: 'GET',
    path: '/api/cases/:id',
    roles: CASE_ROLES,
    params,
    query: z.strictObject({ after: afterText.default(0) }),
    async handler({ params: { id }, query, me }) {
      if (!limits.cases(me.id)) return refuse('tooMany')
      const reading = await caseRoom.read(id, me, query.after)
      if (reading === 'tripped') return refuse('signIn')
      return reading === 'gone' ? refuse('gone') : answer(reading satisfies CaseAnswer)
    },
  })

  act('claim', ['caseworker'], {}, ({ params: { id }, me }) => cases.claim(id, me.id, me.capacity))
  act('accept', ['caseworker'], {}, ({ params: { id }, me }) => cases.accept(id, me.id, me.capacity))
  act('reject', ['caseworker'], {}, ({ params: { id }, me }) => cases.reject(id, me.id))
  act('release', CASE_ROLES, {}, async ({ params: { id }, me }) => cases.release(id, await mover(id, me)))
  act('offer', CASE_ROLES, { to: accountId }, async ({ params: { id }, me, body }) => {
    const to = await accounts.account(body.to)
    if (to === undefined || to.disabled || to.role !== 'caseworker') return 'gone'
    return cases.offer(id, await mover(id, me), to.id)
  })
  act('write', ['caseworker'], { entry, text }, ({ params: { id }, me, body }) =>
    cases.write(id, me.id, body.entry, body.text),
  )
  act('card', ['caseworker'], { entry, service: z.string().regex(/^[\w.:/-]{1,120}$/u) }, (call) =>
    cases.card(call.params.id, call.me.id, call.body.entry, call.body.service),
  )
  act('note', ['caseworker'], { entry, text }, ({ params: { id }, me, body }) =>
    cases.note(id, me.id, body.entry, body.text),
  )
  act('close', ['caseworker'], { outcome: z.enum(OUTCOMES) }, ({ params: { id }, me, body }) =>
    cases.close(id, me.id, body.outcome),
  )

  route({
    method: 'POST',
    path: '/api/cases/:id/break-glass',
    roles: ['supervisor'],
    fresh: true,
    params,
    body: z.strictObject({ reason: z.enum(GLASS_REASONS) }),
    async handler({ params: { id }, body, me }) {
      const found = await caseRoom.find(id)
      const line = { actor: me.id, verb: 'case.breakGlass', subject: id } as const
      if (found === undefined) {
        await audit.note({ ...line, outcome: 'gone' })
        return refuse('gone')
      }
      // On the disk before anything can be read.
      await audit.note({ ...line, outcome: body.reason })
      const until = await glass.break(me.id, id)
      const told = (await accounts.list())
        .filter(
          ({ id: other, role }) => role === 'supervisor' || role === 'auditor' || other === found.holder,
        )
        .map((account): string => account.id)
        .filter((account) => account !== me.id)
      everywhere.tell({ kind: 'glass', id, by: me.id, name: me.name, until }, { accounts: new Set(told) })
      return answer({ until })
    },
  })

  /** The holder, in whose name a supervisor moves a case. */
  async function mover(id: CaseId, me: { id: AccountId; role: Role }): Promise<AccountId> {
    if (me.role !== 'supervisor') return me.id
    return (await caseRoom.find(id))?.holder ?? me.id
  }

  function act<Shape extends z.ZodRawShape>(
    verb: 'claim' | 'accept' | 'reject' | 'release' | 'offer' | 'write' | 'card' | 'note' | 'close',
    roles: readonly Role[],
    shape: Shape,
    ask: (call: ActCall<Shape>) => Promise<Answer>,
  ): void {
    const body = z.strictObject({ after, ...shape })
    route({
      method: 'POST',
      path: `/api/cases/:id/${verb}`,
      roles,
      params,
      olderPages: WORDS.has(verb),
      body,
      async handler(call): Promise<Reply> {
        const { me, params: named } = call
        if (!limits.cases(me.id)) return refuse('tooMany')
        const before = await caseRoom.find(named.id)
        if (LEAVING.has(verb)) caseRoom.lays(named.id, me.id)
        const outcome = before === undefined ? 'gone' : await ask(call as unknown as ActCall<Shape>)
        await audit.note({ actor: me.id, verb: `case.${verb}` as AuditVerb, subject: named.id, outcome })
        if (outcome !== 'done' || before === undefined) return refuse(outcome === 'done' ? 'gone' : outcome)
        return news(named.id, call.body as { after: number }, call, before, verb)
      },
    })
  }

  /** What is new in the case, for as long as it is theirs to read. */
  async function news(
    id: CaseId,
    seen: { after: number },
    { me }: { me: SignedCall<unknown, unknown, unknown>['me'] },
    before: CaseAnswer['case'],
    verb: string,
  ): Promise<Reply> {
    const now = await caseRoom.find(id)
    if (now === undefined)
      return answer({ case: { ...before, state: verb === 'close' ? 'closed' : before.state }, entries: [] })
    const isTheirs = now.holder === me.id || now.offeredTo === me.id
    if (!isTheirs) return answer({ case: now, entries: [] } satisfies CaseAnswer)
    const reading = await caseRoom.read(id, me, seen.after)
    if (reading === 'tripped') return refuse('signIn')
    return reading === 'gone' ? refuse('gone') : answer(reading satisfies CaseAnswer)
  }
}

interface ActCall<Shape extends z.ZodRawShape>
  extends Omit<SignedCall<unknown, { id: CaseId }, unknown>, 'body'> {
  body: z.output<z.ZodObject<Shape>>
}

/** What somebody typed before the server was renewed. */
const WORDS: ReadonlySet<string> = new Set(['write', 'note'])
const LEAVING: ReadonlySet<string> = new Set(['release', 'reject', 'close'])
