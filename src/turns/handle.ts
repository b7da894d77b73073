import type { Channel, ChannelName, Inbound, Receive } from '../channels/channel.ts'
import type { Happening } from '../../flows/events.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Engine, Moment, Step } from '../conversation/engine.ts'
import type { Message } from '../conversation/message.ts'
import type { Environment } from '../operations/environment.ts'
import type { Log } from '../operations/log.ts'
import { pseudonym } from '../privacy/pseudonym.ts'
import type { Key, KeyId, Vault } from '../privacy/vault.ts'
import { wipe } from '../privacy/wipe.ts'
import type {
  Commit,
  ConversationId,
  Conversations,
  Mark,
  OutboxItem,
  Stored,
} from '../storage/conversations.ts'
import { createChains } from './chain.ts'
import { deletable } from './courier.ts'
import type { Fence } from './fence.ts'
import { firstContact } from './first-contact.ts'
import { hear } from './happening.ts'
import { KeySpent, openConversation, sealConversation, sealItem, sealMark, seenToken } from './records.ts'

/**
 * One event of one conversation: load, understand, step, commit. It resolves only when the commit is on the disk, so a
 * platform may be told that the event was taken; the same event again is a duplicate and changes nothing.
 */
export interface TurnParts extends Environment {
  engine: Engine
  conversations: Conversations
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  entrance: 'open' | 'covered'
  desk(): Moment['desk']
  fence: Fence
  log: Log
  wait(ms: number): Promise<void>
  /** The courier's: something was committed. */
  wake(): void
  compactLater(): void
}

export interface Turns {
  receive: Receive
  /** Exit and wipe of our data for a person whom the platform no longer reaches. */
  erase(conversation: { id: ConversationId; keyId: KeyId }): Promise<void>
  idle(): Promise<void>
}

/** Older than this, an event makes no record and gets no answer; leaving and erasing are obeyed at any age. */
export const STALE_MS = 15 * 60_000
const MOST_TRIES = 8
const DELETE_CHAT_MS = 10_000

export function createTurns(parts: TurnParts): Turns {
  const { engine, conversations, vault, clock, random, fence, log } = parts
  const chains = createChains()

  async function handle(inbound: Inbound, ids: readonly ConversationId[]): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const known = await load(ids)
      const outcome =
        known === undefined ? await meet(inbound, ids[0] as ConversationId) : await goOn(inbound, known)
      if (outcome !== 'stale') return
    }
    throw new Error('a conversation changed under every try of one turn')
  }

  interface Known {
    stored: Stored
    key: Key
    conversation: Conversation
  }

  /** A row that cannot be opened is nobody's: it is removed, and the person begins anew. */
  async function load(ids: readonly ConversationId[]): Promise<Known | undefined> {
    for (const id of ids) {
      const stored = await conversations.load(id)
      if (stored === undefined) continue
      const key = await vault.open(stored.keyId)
      const conversation = key === undefined ? undefined : openConversation(key, stored)
      if (key !== undefined && conversation !== undefined) return { stored, key, conversation }
      log.event('turn.unreadable')
      await vault.destroy(stored.keyId)
      await conversations.erase(id)
    }
    return undefined
  }

  const momentNow = (): Moment => ({ now: clock.now(), desk: parts.desk() })
  const isStale = (inbound: Inbound, { now }: Moment) => now - inbound.at > STALE_MS

  async function meet(inbound: Inbound, id: ConversationId): Promise<TurnOutcome> {
    const moment = momentNow()
    if (isStale(inbound, moment)) return 'done'
    const first = firstContact(engine, parts.entrance, inbound.content, inbound.look, moment)
    if (first.kind === 'nothing') return 'done'
    if (first.kind === 'coverLine') {
      await answer(inbound, engine.coverLine(engine.firstLanguage, moment.now))
      return 'done'
    }
    const step = engine.step(first.conversation, first.happening, moment)
    const key = await vault.create()
    const outcome = await commit(inbound, { id, key, revision: 0 }, step)
    if (outcome !== 'committed') await vault.destroy(key.id)
    return outcome === 'committed' || outcome === 'duplicate' ? 'done' : 'stale'
  }

  async function goOn(inbound: Inbound, known: Known): Promise<TurnOutcome> {
    const { stored, key } = known
    const moment = momentNow()
    const heard = await hear(engine, random, inbound.content, known.conversation, moment)
    if (isStale(inbound, moment) && !OBEYED_AT_ANY_AGE.has(heard.happening.type)) return 'done'
    const step = engine.step(heard.conversation, heard.happening, moment)
    if (step.effects.some(({ kind }) => kind === 'wipe')) {
      await erasePerson(inbound, stored, key, step, heard.happening)
      return 'done'
    }
    if (step.effects.some(({ kind }) => kind === 'leave')) fence.raise(stored.id)
    try {
      const outcome = await commit(inbound, { id: stored.id, key, revision: stored.revision }, step)
      return outcome === 'stale' ? 'stale' : 'done'
    } catch (error) {
      if (!(error instanceof KeySpent)) throw error
      // A key seals a million records; a conversation of that length begins anew.
      log.event('turn.keySpent')
      await vault.destroy(key.id)
      await conversations.erase(stored.id)
      return 'stale'
    }
  }

  async function commit(
    inbound: Inbound,
    { id, key, revision }: { id: ConversationId; key: Key; revision: number },
    step: Step,
  ): Promise<'committed' | 'stale' | 'duplicate'> {
    const now = clock.now()
    const leaving = step.effects.some(({ kind }) => kind === 'leave')
    const turn: Commit = {
      id,
      keyId: key.id,
      expected: revision,
      sealed: sealConversation(key, id, revision + 1, step.conversation),
      at: now,
      seen: seenToken(key, inbound.channel, inbound.eventId),
      cancelWaiting: leaving,
      outbox: outboxOf(inbound, key, step),
      marks: marksOf(inbound, key, id),
      counts: step.effects.flatMap((effect) => (effect.kind === 'count' ? [effect.name] : [])),
    }
    const outcome = await conversations.commit(turn)
    if (outcome === 'committed') parts.wake()
    return outcome
  }

  function outboxOf({ channel, look, address }: Inbound, key: Key, { effects, message }: Step) {
    const parcel = { channel, look, address: address.reveal() }
    const now = clock.now()
    const items: Omit<OutboxItem, 'attempts'>[] = []
    const add = (kind: OutboxItem['kind'], more: object) =>
      items.push(sealItem(key, random, kind, { ...parcel, ...more }, now))
    for (const effect of effects) {
      if (effect.kind === 'leave' && look === 'telegram') add('forget', {})
      if (effect.kind === 'openCase') add('case', { request: effect.request })
    }
    if (message !== undefined) add('message', { message })
    return items
  }

  function marksOf({ look, messageId }: Inbound, key: Key, id: ConversationId): Mark[] {
    return look === 'telegram' && messageId !== undefined ? [sealMark(key, id, messageId, clock.now())] : []
  }

  async function erasePerson(
    inbound: Inbound,
    { id, keyId }: Stored,
    key: Key,
    step: Step,
    happening: Happening,
  ): Promise<void> {
    const blocked = happening.type === 'blocked'
    const outcome = await wipe({
      id,
      keyId,
      vault,
      conversations,
      raiseFence: () => fence.raise(id),
      async deleteChat() {
        const channel = parts.channels.get(inbound.channel)
        if (blocked || inbound.look !== 'telegram' || channel === undefined) return
        const marks = await conversations.marks(id).catch(() => [])
        const messages = deletable(marks, key, { id }, clock.now())
        if (inbound.messageId !== undefined) messages.push(inbound.messageId)
        await Promise.race([
          channel.forget(inbound.address, messages).catch(() => 0),
          parts.wait(DELETE_CHAT_MS),
        ])
      },
      async answer(result) {
        if (blocked) return
        const language =
          parts.entrance === 'covered' ? engine.firstLanguage : step.conversation.context.language
        const line =
          result === 'done' ? engine.coverLine(language, clock.now()) : engine.wipeFailed(step.conversation)
        await answer(inbound, line)
      },
      wait: parts.wait,
      compactLater: parts.compactLater,
    })
    log.event(outcome === 'done' ? 'wipe.done' : 'wipe.failed')
  }

  /** Straight to the platform, past the outbox: there is no record to keep it in. Lost if the platform is down. */
  async function answer({ channel, address }: Inbound, message: Message): Promise<void> {
    await parts.channels.get(channel)?.send(address, message)
  }

  return {
    async receive(inbound) {
      const peppers = await vault.peppers()
      const ids = peppers.map((pepper) => pseudonym(pepper, inbound.channel, inbound.address))
      const [first] = ids
      if (first === undefined) throw new Error('the vault has no pepper')
      await chains.run(first, () => handle(inbound, ids))
    },
    erase: ({ id, keyId }) =>
      chains.run(id, async () => {
        fence.raise(id)
        await vault.destroy(keyId)
        await conversations.erase(id)
        if (!(await conversations.compact())) parts.compactLater()
      }),
    idle: () => chains.idle(),
  }
}

type TurnOutcome = 'done' | 'stale'
const OBEYED_AT_ANY_AGE = new Set<string>(['exit', 'wipe', 'blocked'])
