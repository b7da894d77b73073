import type { Happening } from '../../flows/events.ts'
import type { Inbound } from '../channels/channel.ts'
import type { Moment, Step } from '../conversation/engine.ts'
import type { Message } from '../conversation/message.ts'
import { sensitive } from '../privacy/sensitive.ts'
import type { CommitOutcome, ConversationId } from '../storage/conversations.ts'
import type { Written } from './written/commit-of.ts'
import type { Departing } from './leaving/departing.ts'
import type { Erasing } from './leaving/erasing.ts'
import { type FirstContact, firstContact } from './heard/first-contact.ts'
import type { Finding } from './known.ts'
import { isStale, isTooLate, lateOpening } from './heard/late.ts'
import type { Names } from './names.ts'
import type { RecentEvents } from './recent-events.ts'
import type { TurnParts } from './turns.ts'

/** The event of a person of whom nothing is kept: she is met, or answered with one line that leaves nothing behind. */
export interface Meeting {
  meet(inbound: Inbound, names: Names): Promise<TurnOutcome>
}

/** departed: she left unknown, and somebody has begun a record of hers meanwhile. */
export type TurnOutcome = 'done' | 'stale' | 'departed'

interface Parts extends Pick<TurnParts, 'engine' | 'vault' | 'entrance'> {
  recordless: RecentEvents
  departing: Departing
  erasing: Pick<Erasing, 'rest'>
  find: Finding['find']
  moment(): Moment
  commit(inbound: Inbound, place: Written, happening: Happening, step: Step): Promise<CommitOutcome>
  answer(inbound: Inbound, message: Message): Promise<void>
}

export function createMeeting(parts: Parts): Meeting {
  const { engine, vault, recordless, departing, erasing, find, commit, answer } = parts

  async function meet(inbound: Inbound, names: Names): Promise<TurnOutcome> {
    const { ids, pepper } = names
    const [id] = ids
    const moment = parts.moment()
    const place = inbound.content.kind === 'blocked' ? 'after' : await departing.placeOf(inbound, ids)
    if (place === 'before') return 'done'
    if (place === 'itself') return sayAgain(inbound, moment)
    const first = firstContact(engine, parts.entrance, inbound.content, inbound.look, moment)
    if (first.kind !== 'begin' && first.erases && !(await erasing.rest(inbound, ids))) return 'done'
    if (isStale(inbound, moment.now)) return openLate(inbound, id, first, moment)
    if (first.kind === 'nothing') return 'done'
    if (first.kind === 'coverLine') {
      if (first.leaves) {
        await departing.note(inbound, ids)
        // What she wrote before may have begun a record in another process, which looks for this only before it sends.
        if ((await find(ids)) !== undefined) return 'departed'
      }
      return sayAgain(inbound, moment)
    }
    const step = engine.step(first.conversation, first.happening, moment)
    const key = await vault.create()
    let outcome: CommitOutcome | undefined
    try {
      outcome = await commit(inbound, { id, key, revision: 0, named: pepper }, first.happening, step)
    } finally {
      // A key without a row would stay until the next start.
      if (outcome !== 'committed' && outcome !== 'leased') await vault.destroy(key.id)
    }
    return outcome === 'stale' ? 'stale' : 'done'
  }

  /** The one harmless line of whoever is not known; the process that it died in may have said it or not. */
  async function sayAgain(inbound: Inbound, { now }: Moment): Promise<TurnOutcome> {
    recordless.note(inbound.channel, inbound.eventId)
    await answer(inbound, engine.coverLine(engine.firstLanguage, now))
    return 'done'
  }

  /** Once for each person, and nothing is written down. */
  async function openLate(
    inbound: Inbound,
    id: ConversationId,
    first: FirstContact,
    moment: Moment,
  ): Promise<TurnOutcome> {
    const person = sensitive(id)
    const opening = lateOpening(engine, first, moment)
    if (opening === undefined || isTooLate(inbound, moment.now) || recordless.has(inbound.channel, person))
      return 'done'
    recordless.note(inbound.channel, person)
    await answer(inbound, opening)
    return 'done'
  }

  return { meet }
}
