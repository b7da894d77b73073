import { setTimeout as passes } from 'node:timers/promises'
import type { ConversationId, Conversations, Holding, Settlement } from '../../storage/conversations.ts'
import type { Held } from './leases.ts'
import type { Outcome } from './outcome.ts'

/**
 * Writes down what became of an item, also where the store is away for a moment, as it is for a process that was stopped
 * and goes on. What was sent while she left in another process, or while others went on without this one, is on her screen
 * and in nobody's list: it is taken back.
 */
export interface Settling {
  conversations: Pick<Conversations, 'settle'>
  /** Between two tries. */
  pause?: (ms: number) => Promise<void>
}

const PAUSES_MS: readonly number[] = [100, 400, 1_500]

export async function settleItem(
  parts: Settling,
  id: ConversationId,
  settlement: Settlement,
  outcome: Outcome,
  lease: Held,
): Promise<Holding> {
  const sent = outcome.kind === 'done' ? outcome.sent : undefined
  try {
    const { held, isFirst } = await settled(parts, id, settlement)
    // Where the first try was written and its answer lost, another delivery may have begun: then all is well.
    const isLost = held === 'lost' && (isFirst || lease.isOver())
    if (held === 'left' || isLost) await sent?.takeBack()
    return held
  } catch (error) {
    if (lease.isOver()) await sent?.takeBack()
    throw error
  }
}

async function settled(
  { conversations, pause = (ms) => passes(ms) }: Settling,
  id: ConversationId,
  settlement: Settlement,
): Promise<{ held: Holding; isFirst: boolean }> {
  for (const [attempt, ms] of PAUSES_MS.entries())
    try {
      return { held: await conversations.settle(id, settlement), isFirst: attempt === 0 }
    } catch {
      await pause(ms)
    }
  return { held: await conversations.settle(id, settlement), isFirst: false }
}
