import type { Instant } from '../operations/environment.ts'
import type { Conversations } from '../storage/conversations.ts'
import type { KeyId, Vault } from './vault.ts'

/**
 * Erases what has outlived its time, key first: an idle conversation, seen ids, the ids of messages that can no longer
 * be deleted. At start it also removes what a crash or a restored backup left: rows whose key is gone, and keys that
 * no row uses.
 */
export interface Retention {
  vault: Pick<Vault, 'destroy' | 'open' | 'ids'>
  conversations: Conversations
  /** How long a conversation may be idle. */
  idleMs: number
}

const HOUR = 3_600_000
/** Platforms repeat an event for up to a week; older ones are refused by their age. */
export const SEEN_MS = 7 * 24 * HOUR
/** Telegram deletes nothing older. */
export const MARKS_MS = 48 * HOUR
const AT_ONCE = 100

/** Resolves to how many conversations were erased. */
export async function sweep({ vault, conversations, idleMs }: Retention, now: Instant): Promise<number> {
  let erased = 0
  for (;;) {
    const idle = await conversations.idle(now - idleMs, AT_ONCE)
    for (const { id, keyId } of idle) {
      await vault.destroy(keyId)
      await conversations.erase(id)
      erased += 1
    }
    if (idle.length < AT_ONCE) break
  }
  await conversations.prune(now - SEEN_MS, now - MARKS_MS)
  if (erased > 0) await conversations.compact()
  return erased
}

/** Only before the first event is taken: a key is made a moment before its first row. */
export async function sweepOrphans({ vault, conversations }: Retention): Promise<number> {
  const used = new Set<KeyId>()
  const orphans = []
  for await (const row of conversations.keyIds()) {
    used.add(row.keyId)
    if ((await vault.open(row.keyId)) === undefined) orphans.push(row.id)
  }
  for (const id of orphans) await conversations.erase(id)
  const unused: KeyId[] = []
  for await (const keyId of vault.ids()) if (!used.has(keyId)) unused.push(keyId)
  for (const keyId of unused) await vault.destroy(keyId)
  if (orphans.length > 0) await conversations.compact()
  return orphans.length + unused.length
}
