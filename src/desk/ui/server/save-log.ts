import type { AuditExport } from '../../wire.ts'
import { type Failure, post } from './api.ts'
import { now } from './clock.ts'
import { download } from '../download.ts'
import { withFreshTouch } from './fresh-touch.ts'

/** The whole log as a file: one line of JSON for each entry, with ids and macs, the oldest first. */

/** Resolves with undefined when the browser has it. */
export async function saveLog(): Promise<Failure | undefined> {
  const lines: AuditExport['lines'] = []
  for (let from = 1; ; ) {
    const answer = await withFreshTouch(() => post<AuditExport>('audit/export', { from }))
    if (!answer.ok) return answer.why
    lines.push(...answer.value.lines)
    if (answer.value.isLast) break
    from = answer.value.next
  }
  const day = new Date(now()).toISOString().slice(0, 10)
  download(`desk-log-${day}.jsonl`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return undefined
}
