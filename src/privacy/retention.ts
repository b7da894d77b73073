import type { Instant } from '../operations/environment.ts'
import type { ConversationId, Conversations } from '../storage/conversations.ts'
import { KEPT_FOR } from './kept-for.ts'
import { createSweepClock } from './sweep-clock.ts'
import type { KeyId, Vault } from './vault/vault.ts'

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

/** Platforms repeat an event for up to a week; older ones are refused by their age. */
export const SEEN_MS = KEPT_FOR.seenEvent.ms
/** Telegram deletes nothing older. */
export const MARKS_MS = KEPT_FOR.messageId.ms
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

/** More than this before its time a conversation was not written to: the clock was ahead when it was. */
const AHEAD_MS = 2 * 3_600_000

/**
 * The sweep that runs for as long as the process does, every `everyMs`. It does not trust a clock that jumps ahead, and a
 * conversation that was written to while the clock was ahead does not wait for that day to come: it is erased when it
 * has been idle for its time, counted in sweeps.
 */
export async function createRetention(
  parts: Retention,
  everyMs: number,
): Promise<(now: Instant) => Promise<number>> {
  const clock = createSweepClock(await parts.conversations.lastTouched(), everyMs)
  let ahead = new Map<ConversationId, number>()

  async function eraseAhead(now: Instant): Promise<number> {
    const still = new Map<ConversationId, number>()
    let erased = 0
    for (const row of await parts.conversations.ahead(now + AHEAD_MS)) {
      const sweeps = (ahead.get(row.id) ?? 0) + 1
      const isOver = sweeps * everyMs > parts.idleMs
      if (isOver && (await parts.eraseIdle(row, Number.MAX_SAFE_INTEGER))) erased += 1
      else still.set(row.id, sweeps)
    }
    ahead = still
    return erased
  }

  return async (now) => {
    const erased = await eraseAhead(now)
    return erased + (await sweep(parts, clock.at(now)))
  }
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
  const keys = [...unused]
  for (let at = 0; at < keys.length; at += AT_ONCE)
    await Promise.all(keys.slice(at, at + AT_ONCE).map((keyId) => vault.destroy(keyId)))
  if (orphans.length > 0) await conversations.compact()
  return orphans.length + unused.size
}

export interface Stores {
  vault: Pick<Vault, 'destroy' | 'ids'>
  conversations: Conversations
  /** Keys that something else than a conversation uses (cases). */
  otherKeyIds?: () => AsyncIterable<KeyId>
}
