import { auditOutcome } from '../../desk/server/directory/audit-outcome.ts'
import type { AuditVerb } from '../../desk/server/audit.ts'
import type { Publishing } from '../../directory/publishing/publishing.ts'
import { withDesk } from '../staff.ts'
import { withDirectory } from './with-directory.ts'

/**
 * Does one thing to the published directory and writes it into the desk's log, by `operator`, before it is told: what was
 * done at the command line must not be missing there. Where the log cannot be opened, nothing is done.
 */
export interface Deed {
  verb: Extract<AuditVerb, `directory.${string}`>
  /** The proposal's, service's or pack's id, as the desk writes it. */
  subject: string
}

export function withAudit<T extends { kind: string }>(
  { verb, subject }: Deed,
  act: (publishing: Publishing) => Promise<T>,
  { tell, ...where }: { tell(outcome: T): number; pack?: string; folder?: string },
): Promise<number> {
  return withDirectory(
    (publishing) =>
      withDesk(async ({ audit }) => {
        const outcome = await act(publishing)
        await audit.note({ actor: 'operator', verb, subject, outcome: auditOutcome(outcome.kind) })
        return tell(outcome)
      }),
    where,
  )
}
