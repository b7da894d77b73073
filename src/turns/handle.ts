import type { Happening } from '../../flows/events.ts'
import type { Inbound } from '../channels/channel.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Moment, Step } from '../conversation/engine.ts'
import type { Message } from '../conversation/message.ts'
import { StoreFailed } from '../errors.ts'
import type { Environment } from '../operations/environment.ts'
import { shapeOf } from '../operations/log.ts'
import type { ConversationId, Stored } from '../storage/conversations.ts'
import { createChains } from './chain.ts'
import { commitOf, type Written } from './written/commit-of.ts'
import { createDeparting } from './leaving/departing.ts'
import { createErasing } from './leaving/erasing.ts'
import { turnFromDesk } from './from-desk.ts'
import { hear } from './heard/happening.ts'
import { createFinding, type Known } from './known.ts'
import { beginsAgain, isStale } from './heard/late.ts'
import { createMeeting, type TurnOutcome } from './meeting.ts'
import { type Ids, type Names, namesNow } from './names.ts'
import { createRecentEvents } from './recent-events.ts'
import { KeySpent } from './written/records.ts'
import type { TurnParts, Turns } from './turns.ts'

const MOST_TRIES = 8

/**
 * One event of one conversation: load, understand, step, commit. It resolves only when the commit is on the disk, so a
 * platform may be told that the event was taken; the same event again is a duplicate and changes nothing.
 */
export function createTurns(parts: TurnParts): Turns {
  const { engine, conversations, vault, clock, random, fence, log } = parts
  const chains = createChains()
  const recordless = createRecentEvents({ clock, random })
  const erasing = createErasing(parts, answer)
  const departing = createDeparting(parts)
  const { find, mayHaveCase } = createFinding({ ...parts, remove: (stored) => erasing.quietly(stored) })
  const momentNow = (): Moment => ({ now: clock.now(), desk: parts.desk(), newCase: caseNumber(random) })
  const { meet } = createMeeting({
    ...parts,
    recordless,
    departing,
    erasing,
    find,
    moment: momentNow,
    commit,
    answer,
  })

  async function handle(inbound: Inbound, names: Names): Promise<void> {
    if (recordless.has(inbound.channel, inbound.eventId)) return
    let departed = false
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const known = await find(names.ids)
      const outcome: TurnOutcome =
        known === undefined ? await meet(inbound, names) : await goOn(inbound, names, known, departed)
      if (outcome === 'done') return
      departed ||= outcome === 'departed'
    }
    throw new StoreFailed('a conversation changed under every try of one turn')
  }

  /** Nobody is there any more: what she said to a caseworker goes with what she said to us. */
  async function withdrawHers(id: ConversationId): Promise<void> {
    const known = await find([id])
    await parts.withdraw?.({
      conversations: [id],
      ...(known === undefined ? {} : { key: known.stored.keyId }),
      case: known?.conversation.context.case ?? '',
    })
  }

  async function goOn(inbound: Inbound, names: Names, known: Known, departed: boolean): Promise<TurnOutcome> {
    const { stored, key } = known
    const mayBeLate = !departed && isOlder(inbound, stored)
    if (mayBeLate && (await departing.placeOf(inbound, names.ids)) !== 'after') return 'done'
    const moment = momentNow()
    let heard = await hear(engine, random, inbound.content, known.conversation, moment)
    let step = engine.step(heard.conversation, heard.happening, moment)
    const ends = step.effects.some(({ kind }) => kind === 'wipe')
    const leaves = step.effects.some(({ kind }) => kind === 'leave')
    const obeyed = ends || leaves || OBEYED_AT_ANY_AGE.has(heard.happening.type)
    if (isStale(inbound, moment.now) && !obeyed) {
      if (!beginsAgain(inbound, known.conversation, moment.now)) return 'done'
      heard = { conversation: known.conversation, happening: { type: 'returned' } }
      step = engine.step(heard.conversation, heard.happening, moment)
    }
    const place: Written = { id: stored.id, key, revision: stored.revision }
    if (ends) {
      const outcome = await erasing.asked(inbound, names.ids, known, step.conversation)
      if (outcome === 'done') recordless.note(inbound.channel, inbound.eventId)
      else await standStill(inbound, place, step.conversation)
      return 'done'
    }
    if (leaves) fence.raise(stored.id)
    try {
      const outcome = await commitNamed(inbound, place, names, heard.happening, step)
      return outcome === 'stale' ? 'stale' : 'done'
    } catch (error) {
      if (!(error instanceof KeySpent)) throw error
      // A key seals a million records; a conversation of that length begins anew.
      log.event('turn.keySpent')
      await erasing.quietly(stored)
      return 'stale'
    }
  }

  /** After a wipe that failed: nothing that waited leaves any more, and she stands where she can ask again. */
  async function standStill(inbound: Inbound, place: Written, conversation: Conversation): Promise<void> {
    const still = { conversation, effects: [], message: undefined }
    try {
      fence.raise(place.id)
      const how = { cancelWaiting: true, urgent: true }
      await conversations.commit(commitOf(parts, inbound, place, still, how).commit)
    } catch (error) {
      log.event('turn.failed', { error: shapeOf(error) })
    }
  }

  /** Under the name that the current pepper gives; one that is being delivered to keeps its older name for this turn. */
  async function commitNamed(
    inbound: Inbound,
    place: Written,
    { pepper, newer }: Names,
    happening: Happening,
    step: Step,
  ) {
    const id = newer(place.id)
    if (id === undefined) return commit(inbound, { ...place, named: pepper }, happening, step)
    const outcome = await commit(inbound, { ...place, id, was: place.id, named: pepper }, happening, step)
    return outcome === 'held' ? commit(inbound, place, happening, step) : outcome
  }

  async function commit(inbound: Inbound, place: Written, happening: Happening, step: Step) {
    const cancelWaiting = step.effects.some(({ kind }) => kind === 'leave')
    const express = cancelWaiting ? undefined : parts.express?.()
    const prepared = commitOf(parts, inbound, place, step, {
      cancelWaiting,
      urgent: cancelWaiting || URGENT.has(happening.type),
      ...(express === undefined ? {} : { lease: express.lease }),
    })
    const outcome = await conversations.commit(prepared.commit)
    if (outcome === 'leased') express?.deliver(prepared)
    else if (outcome === 'committed') parts.wake()
    return outcome
  }

  /** Straight to the platform, past the outbox: there is no record to keep it in. Lost if the platform is down. */
  async function answer({ channel, address }: Inbound, message: Message): Promise<void> {
    await parts.channels.get(channel)?.send(address, message)
  }

  /** One line of turns for each name that a person has; the older one exists only while a pepper changes. */
  function inLine<T>([id, ...older]: Ids, task: () => Promise<T>): Promise<T> {
    const [next, ...rest] = older
    return chains.run(id, next === undefined ? task : () => inLine([next, ...rest], task))
  }

  /** An exit that has to stand in line stops the courier now: what was asked for before must not come out meanwhile. */
  function heldByExit({ content, look }: Inbound, ids: Ids): () => void {
    if (!ids.some((id) => chains.busy(id))) return () => {}
    const heard =
      content.kind === 'text'
        ? engine.understand(content.text.reveal(), engine.fresh(look), momentNow()).type
        : content.kind === 'choice' && content.id.endsWith(':exit')
          ? 'exit'
          : content.kind
    if (heard !== 'exit' && heard !== 'blocked') return () => {}
    const releases = ids.map((id) => fence.hold(id))
    return () => releases.forEach((release) => release())
  }

  return {
    async receive(inbound) {
      const names = await namesNow(inbound, vault)
      const release = heldByExit(inbound, names.ids)
      try {
        await inLine(names.ids, () => handle(inbound, names))
      } finally {
        release()
      }
    },
    erase: (conversation) =>
      chains.run(conversation.id, async () => {
        await withdrawHers(conversation.id)
        await erasing.quietly(conversation)
        if (!(await conversations.compact())) parts.compactLater()
      }),
    eraseIdle: (conversation, before) =>
      chains.run(conversation.id, async () => {
        const stored = await conversations.load(conversation.id)
        if (stored === undefined || stored.touchedAt >= before) return false
        if (stored.touchedAt >= clock.now() - parts.caseMs && (await mayHaveCase(stored))) return false
        // The row first: a turn of hers in another process comes before it, or finds nothing and begins anew.
        if (!(await conversations.erase(stored.id, { revision: stored.revision }))) return false
        await erasing.quietly(stored)
        return true
      }),
    fromDesk: (to, caseId, event) => turnFromDesk({ ...parts, chains, moment: momentNow }, to, caseId, event),
    idle: () => chains.idle(),
  }
}

/** Answered past the platform's pace. */
const URGENT = new Set<string>(['exit', 'wipe', 'danger', 'help'])
/** Eight digits that are said on the telephone; never 0 in front. */
function caseNumber(random: Environment['random']): string {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4)
  return String(10_000_000 + ((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % 90_000_000))
}

/** Platforms count in whole seconds. */
const SECOND = 1_000
/** Only such an event can be one from before a conversation that has begun anew. */
const isOlder = ({ at }: Inbound, { touchedAt }: Stored) => at + SECOND <= touchedAt

const OBEYED_AT_ANY_AGE = new Set<string>(['exit', 'wipe', 'blocked'])
