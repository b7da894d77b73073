import type { Inbound } from '../../channels/channel.ts'
import type { Conversation } from '../../conversation/conversation.ts'
import type { Engine, Moment } from '../../conversation/engine.ts'
import type { Message } from '../../conversation/message.ts'
import type { Instant } from '../../operations/environment.ts'
import type { FirstContact } from './first-contact.ts'

/**
 * What comes late, because we were down (docs/decisions/0006). Nothing that she wrote so long ago is taken up; she learns
 * once that somebody is there again, by the page that a stranger would see.
 */

/** Older than this, an event makes no record and gets at most the opening; leaving and erasing are obeyed at any age. */
export const STALE_MS = 15 * 60_000
/** Older than this, it is not even answered by the opening: WhatsApp would not take it, and it would only startle. */
const LATEST_MS = 12 * 3_600_000

export function isStale({ at }: Inbound, now: Instant): boolean {
  return now - at > STALE_MS
}

export function isTooLate({ at }: Inbound, now: Instant): boolean {
  return now - at > LATEST_MS
}

/** The opening for a person of whom nothing is kept; undefined where nothing is said. */
export function lateOpening(engine: Engine, first: FirstContact, moment: Moment): Message | undefined {
  if (first.kind === 'nothing') return undefined
  const line = engine.coverLine(engine.firstLanguage, moment.now)
  if (first.kind === 'coverLine') return line
  return engine.step(first.conversation, { type: 'hello' }, moment).message ?? line
}

/** A known person stands at the opening again, unless she wrote since, has left, or it is too late for any answer. */
export function beginsAgain(inbound: Inbound, { state, context }: Conversation, now: Instant): boolean {
  const wroteSince = context.lastMinute > Math.floor(inbound.at / 60_000)
  return !isTooLate(inbound, now) && !wroteSince && state !== 'cover'
}
