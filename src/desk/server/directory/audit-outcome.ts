import type { AuditOutcome } from '../audit.ts'

/** What came of something that was done to the directory, as the log has it: at the desk and at the command line alike. */
const DONE: ReadonlySet<string> = new Set(['published', 'proposed', 'refused'])

export function auditOutcome(kind: string): AuditOutcome {
  if (DONE.has(kind)) return 'done'
  return kind === 'gone' ? 'gone' : 'refused'
}
