import type { Instant } from '../operations/environment.ts'
import type { ConversationId, Conversations } from '../storage/conversations.ts'
import type { KeyId, Vault } from './vault.ts'

/**
 * Erases what has outlived its time, key first: an idle conversation, seen ids, the ids of messages that can no longer
 * be deleted. At start it also removes what a crash or a restored backup left: rows whose key is gone, and keys that
 * no row uses.
 */
export interface Retention {
  conversations: Conversations
  /** How long a conversation may be idle. */
  idleMs: number
  /** Erases, key first, in the conversation's own line of turns; false where it stays for now. */
  eraseIdle(conversation: { id: ConversationId; keyId: KeyId }, before: Instant): Promise<boolean>
  compactLater(): void
}

const HOUR = 3_600_000
/** Platforms repeat an event for up to a week; older ones are refused by their age. */
export const SEEN_MS = 7 * 24 * HOUR
/** Telegram deletes nothing older. */
export const MARKS_MS = 48 * HOUR
const AT_ONCE = 100

/** Resolves to how many conversations were erased. */
export async function sweep(parts: Retention, now: Instant): Promise<number> {
  const { conversations } = parts
  const before = now - parts.idleMs
  let erased = 0
  /** They come first again each time, since they have been silent the longest. */
  const stays = new Set<ConversationId>()
  for (;;) {
    const limit = AT_ONCE + stays.size
    const idle = await conversations.idle(before, limit)
    for (const row of idle) {
      if (stays.has(row.id)) continue
      if (await parts.eraseIdle(row, before)) erased += 1
      else stays.add(row.id)
    }
    if (idle.length < limit) break
  }
  await conversations.prune(now - SEEN_MS, now - MARKS_MS)
  if (erased > 0 && !(await conversations.compact())) parts.compactLater()
  return erased
}

/**
 * Only before the first event is taken: a key is made a moment before its first row. No key is opened, so that one that
 * is damaged cannot stop the start.
 */
export async function sweepOrphans({ vault, conversations, otherKeyIds }: Stores): Promise<number> {
  const unused = new Set<KeyId>()
  for await (const keyId of vault.ids()) unused.add(keyId)
  const living = new Set(unused)
  const orphans: ConversationId[] = []
  for await (const { id, keyId } of conversations.keyIds()) {
    unused.delete(keyId)
    if (!living.has(keyId)) orphans.push(id)
  }
  for await (const keyId of otherKeyIds?.() ?? []) unused.delete(keyId)
  for (const id of orphans) await conversations.erase(id)
  for (const keyId of unused) await vault.destroy(keyId)
  if (orphans.length > 0) await conversations.compact()
  return orphans.length + unused.size
}

export interface Stores {
  vault: Pick<Vault, 'destroy' | 'ids'>
  conversations: Conversations
  /** Keys that something else than a conversation uses (cases). */
  otherKeyIds?: () => AsyncIterable<KeyId>
}
