import { z } from 'zod'
import { deskAuthor } from '../../../directory/publishing/author.ts'
import type { NotDone, Outcome } from '../../../directory/publishing/publishing.ts'
import { isoDate, language } from '../../../directory/service.ts'
import { type Corrected, type Done, NUMBER_KINDS } from '../../directory-wire.ts'
import type { AuditVerb } from '../audit.ts'
import { CASE_ROLES } from '../case-room.ts'
import type { Desk } from '../desk.ts'
import { auditOutcome } from '../directory/audit-outcome.ts'
import { changesOf, notationIn, wrongIn } from '../directory/correction.ts'
import { wishesOf } from '../directory/directory-of-desk.ts'
import { readTyped } from '../directory/typed-correction.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse } from '../http/reply.ts'
import { DECIDES, packId, proposalParams, serviceParams } from './directory.ts'

/**
 * What is done to the directory at the desk. A check is believed of one person; everything else that people would read
 * waits for a supervisor who did not propose it. A number that is said to be dead is not closed by one person either:
 * docs/decisions/0010. Each attempt is audited, by service, proposal or pack.
 */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u)
const number = line(40)
const correction = z.strictObject({
  status: z.enum(['active', 'temporarily_closed', 'closed']).optional(),
  numbers: z
    .array(z.strictObject({ kind: z.enum(NUMBER_KINDS), from: number, to: number }))
    .max(20)
    .optional(),
  hours: line(300).optional(),
  address: z
    .array(z.strictObject({ language, value: line(300) }))
    .max(20)
    .optional(),
  endsOn: z.union([isoDate, z.literal('')]).optional(),
  note: line(300),
})
const approval = z.strictObject({
  on: z.number().int().min(0).max(1_000_000_000),
  evenSo: z.boolean().optional(),
})

export function directoryChangeRoutes({ route }: Registrar, desk: Desk): void {
  const { ports, audit, directoryWatch } = desk
  const { directory } = ports
  const { publishing } = directory

  route({
    method: 'POST',
    path: '/api/directory/services/:pack/:service/checked',
    roles: CASE_ROLES,
    params: serviceParams,
    async handler({ params: { pack, service }, me }) {
      const outcome = await publishing.check({
        pack,
        service,
        by: deskAuthor(me.id),
        role: me.role === 'supervisor' ? 'Desk supervisor' : 'Desk caseworker',
        // The list that the click stands in asks to dial.
        method: 'phone',
      })
      await happened(me.id, 'directory.check', `${pack}/${service}`, outcome)
      return answer(done(outcome))
    },
  })

  route({
    method: 'POST',
    path: '/api/directory/services/:pack/:service/correct',
    roles: CASE_ROLES,
    params: serviceParams,
    body: correction,
    handler: ({ params, me, body: { note, ...form } }) =>
      propose(params, me.id, async (service, pack) => {
        const typed = await readTyped(form, { country: service.area.country, fictional: pack.fictional })
        if ('wrong' in typed) return { kind: 'wrong', fields: typed.wrong }
        const changes = changesOf(typed.form, service, pack)
        return changes === 'stale' ? { kind: changes } : { service: service.id, changes, note: note.trim() }
      }),
  })

  route({
    method: 'POST',
    path: '/api/directory/services/:pack/:service/stopped',
    roles: CASE_ROLES,
    params: serviceParams,
    async handler({ params, me }) {
      const waits = (await wishesOf(directory)).some(
        ({ pack, service, closes }) => closes && pack === params.pack && service === params.service,
      )
      if (waits) return answer({ kind: 'waits' } satisfies Corrected)
      return propose(params, me.id, async ({ id }) => ({
        service: id,
        changes: { status: 'temporarily_closed' },
        note: '',
      }))
    },
  })

  route({
    method: 'POST',
    path: '/api/directory/proposals/:id/approve',
    roles: DECIDES,
    fresh: true,
    params: proposalParams,
    body: approval,
    async handler({ params: { id }, me, body }) {
      const outcome = await publishing.approve(id, { by: deskAuthor(me.id), ...given(body) })
      await happened(me.id, 'directory.approve', String(id), outcome)
      return outcome.kind === 'gone' ? refuse('gone') : answer(done(outcome))
    },
  })

  route({
    method: 'POST',
    path: '/api/directory/proposals/:id/refuse',
    roles: DECIDES,
    fresh: true,
    params: proposalParams,
    async handler({ params: { id }, me }) {
      const outcome = await publishing.refuse(id)
      await happened(me.id, 'directory.refuse', String(id), { kind: outcome })
      return outcome === 'gone' ? refuse('gone') : answer({})
    },
  })

  route({
    method: 'POST',
    path: '/api/directory/back',
    roles: DECIDES,
    fresh: true,
    body: approval.extend({ pack: packId }),
    async handler({ me, body: { pack, ...body } }) {
      const outcome = await publishing.back(pack, { by: deskAuthor(me.id), ...given(body) })
      await happened(me.id, 'directory.back', pack, outcome)
      return answer(done(outcome))
    },
  })

  type Made = Parameters<typeof publishing.proposeCorrection>[0]
  type Pack = ReturnType<typeof directory.packs>[number]

  async function propose(
    params: z.output<typeof serviceParams>,
    by: string,
    make: (
      service: Pack['services'][number],
      pack: Pack,
    ) => Promise<Omit<Made, 'pack' | 'by'> | Extract<Corrected, { kind: 'wrong' | 'stale' }>>,
  ) {
    const pack = directory.packs().find(({ id }) => id === params.pack)
    const service = pack?.services.find(({ id }) => id === params.service)
    if (pack === undefined || service === undefined) return refuse('gone')
    const wish = await make(service, pack)
    const outcome =
      'kind' in wish
        ? wish
        : await publishing.proposeCorrection({ ...wish, pack: pack.id, by: deskAuthor(by) })
    await happened(by, 'directory.propose', `${pack.id}/${service.id}`, outcome)
    if (outcome.kind === 'faulty') return answer(wrongIn(outcome))
    const hours = 'kind' in wish ? undefined : notationIn(wish.changes)
    const read = outcome.kind === 'proposed' && hours !== undefined ? { ...outcome, hours } : outcome
    return answer(read satisfies Corrected)
  }

  /** On the disk and told to the open pages before whoever did it hears of it. */
  async function happened(actor: string, verb: AuditVerb, subject: string, outcome: { kind: string }) {
    await audit.note({ actor, verb, subject, outcome: auditOutcome(outcome.kind) })
    await directoryWatch.look()
  }
}

function given({ on, evenSo }: z.output<typeof approval>) {
  return { on, ...(evenSo === undefined ? {} : { evenSo }) }
}

function done(outcome: Outcome): Done {
  return outcome.kind === 'published'
    ? { kind: 'published', number: outcome.number }
    : (outcome satisfies NotDone)
}
