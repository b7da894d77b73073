import { z } from 'zod'
import type { StoredAuditLine } from '../../../storage/accounts.ts'
import type { AuditAnswer, AuditExport, AuditLine } from '../../wire.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer } from '../http/reply.ts'

/** The audit log, read: ids of accounts become their names for the reader; what leaves the house keeps ids and macs. */
const PAGE = 100
const EXPORTED = 2_000
const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** A query is text. */
const seqText = z
  .string()
  .regex(/^\d{1,16}$/u)
  .transform(Number)
  .pipe(seq)

export function auditRoutes({ route }: Registrar, desk: Desk): void {
  const { accounts, staff, audit } = desk
  const roles = ['auditor', 'administrator'] as const

  route({
    method: 'GET',
    path: '/api/audit',
    roles,
    query: z.strictObject({ before: seqText.default(Number.MAX_SAFE_INTEGER) }),
    async handler({ query }) {
      const names = new Map((await staff.list()).map(({ id, name }) => [String(id), name]))
      const lines = await accounts.auditBefore(query.before, PAGE)
      const named = (id: string) => names.get(id) ?? id
      const shown = lines.map(
        ({ seq: number, hour, verb, outcome, mac, ...line }): AuditLine => ({
          seq: number,
          seal: sealOf(mac),
          hour,
          verb,
          outcome,
          actor: named(line.actor),
          subject: named(line.subject),
        }),
      )
      const verdict = await audit.verify()
      const since = (await accounts.auditAnchor())?.seq
      return answer({
        lines: shown,
        intact: verdict.kind === 'intact',
        first: (since ?? 0) + 1,
      } satisfies AuditAnswer)
    },
  })

  route({
    method: 'POST',
    path: '/api/audit/export',
    roles,
    fresh: true,
    body: z.strictObject({ from: seq.default(1) }),
    async handler({ body, me }) {
      await audit.note({ actor: me.id, verb: 'audit.export' })
      const lines = await accounts.auditFrom(body.from, EXPORTED)
      return answer({
        lines: lines.map(exported),
        next: (lines.at(-1)?.seq ?? body.from - 1) + 1,
        isLast: lines.length < EXPORTED,
      } satisfies AuditExport)
    },
  })
}

function exported({ mac, ...line }: StoredAuditLine) {
  return { ...line, mac: Buffer.from(mac).toString('base64url') }
}

/** Short enough to be written down by hand; 80 bits, so that no other line has it. In groups of four hexadecimal digits. */
function sealOf(mac: Uint8Array): string {
  return (Buffer.from(mac).subarray(0, 10).toString('hex').match(/.{4}/gu) ?? []).join(' ')
}
