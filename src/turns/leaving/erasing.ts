import type { Inbound } from '../../channels/channel.ts'
import type { Conversation } from '../../conversation/conversation.ts'
import type { Message } from '../../conversation/message.ts'
import type { Instant } from '../../operations/environment.ts'
import { departureOf, saidBy } from '../../privacy/departure.ts'
import type { Key, KeyId } from '../../privacy/vault/vault.ts'
import { wipe, type WipeOutcome } from '../../privacy/wipe.ts'
import type { ConversationId, Stored } from '../../storage/conversations.ts'
import type { TurnParts } from '../turns.ts'
import type { Ids } from '../names.ts'
import { deletable } from '../written/marks.ts'
import { randomFence } from './random-fence.ts'

/**
 * The two ways in which a conversation ends for good: she asked for it, or nobody is there any more. Both run in the
 * conversation's own line of turns, and while they do, no process sends anything of it.
 */
export interface Erasing {
  /** As she asked, or as the platform told us that she blocked the bot: then nothing is said. */
  asked(
    inbound: Inbound,
    ids: Ids,
    known: { stored: Stored; key: Key; conversation: Conversation },
    after: Conversation,
  ): Promise<WipeOutcome>
  /**
   * What the desk may have of a person whose conversation is gone already. False when it could not be made sure and she
   * was told so; rejects where nobody can be told, so that the platform asks again.
   */
  rest(inbound: Inbound, ids: Ids): Promise<boolean>
  /** Without a word. Rejects when it cannot be made sure. */
  quietly(conversation: { id: ConversationId; keyId: KeyId }): Promise<void>
}

/** Bounds what a platform can hold up, and what another process: a wipe must not wait for a line that is cut. */
const DELETE_CHAT_MS = 10_000
const OTHERS_MS = 10_000
/** Between two looks whether another process has sent what it was sending. */
const LOOK_MS = 50
/** So long does nothing leave while a wipe is under way; one that died is over then. */
const BARRED_MS = 60_000

type Parts = Pick<
  TurnParts,
  | 'engine'
  | 'conversations'
  | 'vault'
  | 'channels'
  | 'entrance'
  | 'clock'
  | 'random'
  | 'fence'
  | 'log'
  | 'wiped'
  | 'withdraw'
  | 'wait'
  | 'compactLater'
>

export function createErasing(
  parts: Parts,
  answer: (inbound: Inbound, message: Message) => Promise<void>,
): Erasing {
  const { engine, conversations, vault, clock, fence } = parts

  /** Resolves when nothing of it is on its way out of any process, and nothing more will be; or after ten seconds. To when it holds. */
  async function bar(id: ConversationId, barrier: number): Promise<Instant> {
    let isLate = false
    let until = Number.POSITIVE_INFINITY
    const late = parts.wait(OTHERS_MS).then(() => void (isLate = true))
    const quiet = async () => {
      while (!isLate) {
        await fence.quiet(id)
        const now = clock.now()
        const barred = await conversations.bar(id, { fence: barrier, until: now + BARRED_MS }, now)
        if (barred === 'held') until = now + BARRED_MS
        if (barred !== 'busy') return
        await parts.wait(LOOK_MS)
      }
    }
    await Promise.race([quiet(), late])
    return until
  }

  async function clearChat(inbound: Inbound, { id }: Stored, key: Key): Promise<void> {
    const channel = parts.channels.get(inbound.channel)
    if (inbound.look !== 'telegram' || channel === undefined) return
    const marks = await conversations.marks(id).catch(() => [])
    const messages = deletable(marks, key, clock.now())
    if (inbound.messageId !== undefined) messages.push(inbound.messageId)
    await channel.forget(inbound.address, messages)
  }

  async function unbar(id: ConversationId, barrier: number): Promise<void> {
    const retry = { at: clock.now(), untried: true }
    await conversations.settle(id, { fence: barrier, done: [], retry }).catch(() => {})
  }

  function withdrawOf(
    { channel, address }: Inbound,
    names: Ids,
    of: string,
    key?: KeyId,
  ): { withdraw?: () => Promise<void> } {
    const { withdraw } = parts
    const person = {
      conversations: names,
      ...(key === undefined ? {} : { key }),
      from: { channel, address },
      case: of,
    }
    return withdraw === undefined ? {} : { withdraw: () => withdraw(person) }
  }

  function lineAfter(outcome: WipeOutcome, after: Conversation, now: Instant): Message {
    if (outcome === 'failed') return engine.wipeFailed(after)
    const covered = parts.entrance === 'covered'
    return engine.coverLine(covered ? engine.firstLanguage : after.context.language, now)
  }

  return {
    async asked(inbound, ids, { stored, key, conversation }, after) {
      const { id, keyId } = stored
      const blocked = inbound.content.kind === 'blocked'
      const release = fence.hold(id)
      const barrier = randomFence(parts.random)
      let barredUntil = Number.POSITIVE_INFINITY
      try {
        const outcome = await wipe({
          id,
          keyId,
          departure: departureOf(ids[0], saidBy(ids[0], inbound), { isErased: true, now: clock.now() }),
          vault,
          conversations,
          ...withdrawOf(inbound, ids, conversation.context.case, keyId),
          raiseFence: () => fence.raise(id),
          async deleteChat() {
            barredUntil = await bar(id, barrier).catch(() => Number.POSITIVE_INFINITY)
            if (!blocked) await Promise.race([clearChat(inbound, stored, key), parts.wait(DELETE_CHAT_MS)])
          },
          async barAgain() {
            // Stopped for longer than that, with the key open in a sender that began since.
            if (clock.now() >= barredUntil) await bar(id, barrier)
          },
          async answer(result) {
            if (!blocked) await answer(inbound, lineAfter(result, after, clock.now()))
          },
          wait: parts.wait,
          compactLater: parts.compactLater,
        })
        if (outcome === 'failed') await unbar(id, barrier)
        parts.wiped?.(outcome)
        parts.log.event(outcome === 'done' ? 'wipe.done' : 'wipe.failed')
        return outcome
      } finally {
        // What the courier took meanwhile is cancelled too.
        fence.raise(id)
        release()
      }
    },
    async rest(inbound, ids) {
      try {
        await withdrawOf(inbound, ids, '').withdraw?.()
        return true
      } catch (error) {
        if (inbound.content.kind === 'blocked') throw error
        parts.log.event('wipe.failed')
        await answer(inbound, engine.wipeFailed(engine.fresh(inbound.look)))
        return false
      }
    },
    async quietly({ id, keyId }) {
      const release = fence.hold(id)
      try {
        await vault.destroy(keyId)
        await conversations.erase(id, { keyId })
      } finally {
        fence.raise(id)
        release()
      }
    },
  }
}
