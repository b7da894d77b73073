import type { ConversationId, Conversations } from '../storage/conversations.ts'
import type { Departure } from './departure.ts'
import type { KeyId, Vault } from './vault/vault.ts'

/**
 * Erases everything of one person, in the order that is the safety property (reference security.md 2.5): nothing leaves
 * any more -> the chat's recent messages, where the platform can -> the key, durably: the point of no return -> the
 * rows -> and only then the one line that she waits for. A wipe that cannot be made certain never says that it is done.
 */
export interface Wipe {
  id: ConversationId
  keyId: KeyId
  departure: Departure
  vault: Pick<Vault, 'destroy'>
  /** Erases what else is hers under another key (a case at the desk); absent where there is none. */
  withdraw?: () => Promise<void>
  conversations: Pick<Conversations, 'erase' | 'compact'>
  /** Nothing of this conversation is sent from here on. */
  raiseFence(): void
  /** Best effort, bounded in time; when it fails, the wipe goes on. */
  deleteChat(): Promise<void>
  /** Between keys and rows, for a wipe that was held up: what has begun to send meanwhile is waited for. Bounded in time. */
  barAgain?: () => Promise<void>
  answer(outcome: WipeOutcome): Promise<void>
  /** Waits between tries; milliseconds. */
  wait(ms: number): Promise<void>
  /** Called when cleaning the files has to be tried again later. */
  compactLater(): void
}

export type WipeOutcome = 'done' | 'failed'

const TRIES = 4
const FIRST_WAIT_MS = 50

export async function wipe(parts: Wipe): Promise<WipeOutcome> {
  const { id, keyId, departure, vault, conversations } = parts
  parts.raiseFence()
  await parts.deleteChat().catch(() => {})
  const withdrawn = parts.withdraw === undefined || (await tried(parts, parts.withdraw))
  const destroyed = withdrawn && (await tried(parts, () => vault.destroy(keyId, departure)))
  if (!destroyed) {
    await parts.answer('failed').catch(() => {})
    return 'failed'
  }
  await parts.barAgain?.().catch(() => {})
  // Without its key no row can be read; what could not be erased now goes with the idle ones or at the next start.
  await tried(parts, async () => void (await conversations.erase(id, { keyId })))
  await parts.answer('done').catch(() => {})
  const clean = await conversations.compact().catch(() => false)
  if (!clean) parts.compactLater()
  return 'done'
}

async function tried({ wait }: Wipe, task: () => Promise<void>): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      await task()
      return true
    } catch {
      if (attempt < TRIES - 1) await wait(FIRST_WAIT_MS * 4 ** attempt)
    }
  }
  return false
}
