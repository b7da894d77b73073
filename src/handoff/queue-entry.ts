import type { Instant } from '../operations/environment.ts'
import type { Found } from './case-book.ts'
import type { QueueEntry } from './handoff.ts'

/** After so long without a sign she is away (DESIGN section 7). */
const HERE_MS = 10 * 60_000

/** What every caseworker may see of a case: neither who she is, nor her check phrase, nor a word of what was said. */
export function queueEntryOf({ row, record }: Found, now: Instant): QueueEntry {
  const { id, state, holder, offeredTo, openedAt, changedAt } = row
  const { language, area, need, urgency, aidConduct, nudge } = record.request
  const { presence, presenceAt, windowUntil, unanswered } = record
  const isAway = presence === 'here' && now - presenceAt > HERE_MS
  return {
    id,
    state,
    holder,
    offeredTo,
    language,
    area,
    need,
    urgency,
    aidConduct,
    openedAt,
    changedAt,
    presence: isAway ? 'away' : presence,
    windowUntil,
    nudge,
    unanswered,
  }
}
