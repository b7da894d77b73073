import { sensitive } from '../../src/privacy/sensitive.ts'
import { type Departure, departureOf, saidBy } from '../../src/privacy/departure.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'

/** What is kept of somebody who erased all at this instant. */
export function aDeparture(now = 0, name = 'hers'): Departure {
  const asking = { channel: 'simulator' as const, eventId: sensitive('the yes that erased'), at: now }
  return departureOf(name as ConversationId, saidBy(name as ConversationId, asking), { isErased: true, now })
}
