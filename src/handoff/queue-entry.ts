import type { Found } from './case-book.ts'
import type { QueueEntry } from './handoff.ts'

/** What every caseworker may see of a case: neither who she is, nor her check phrase, nor a word of what was said. */
export function queueEntryOf({ row, record }: Found): QueueEntry {
  const { id, state, holder, offeredTo, openedAt, changedAt } = row
  const { language, area, need, urgency, aidConduct, nudge } = record.request
  const { presence, windowUntil, unanswered } = record
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
    presence,
    windowUntil,
    nudge,
    unanswered,
  }
}
