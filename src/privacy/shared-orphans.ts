import type { ConversationId } from '../storage/conversations.ts'
import type { Stores } from './retention.ts'
import type { KeyId, Vault } from './vault/vault.ts'

/**
 * Removes what a crash left, while other processes go on: rows whose key is gone, and keys that no row uses. A key is made
 * a moment before its first row, so one without a row is destroyed only when it had none at the look before this one,
 * either; and a row is erased only when its own key, asked for by itself, is not there any more.
 */
type Parts = Omit<Stores, 'vault'> & { vault: Pick<Vault, 'destroy' | 'ids' | 'open'> }

const AT_ONCE = 100

/** Resolves to how many were removed. Looks are far enough apart that any turn between has ended. */
export function createSharedOrphans({ vault, conversations, otherKeyIds }: Parts): () => Promise<number> {
  let suspects = new Set<KeyId>()

  async function isGone(keyId: KeyId): Promise<boolean> {
    try {
      return (await vault.open(keyId)) === undefined
    } catch {
      // One that is damaged is there.
      return false
    }
  }

  return async () => {
    const unused = new Set<KeyId>()
    for await (const keyId of vault.ids()) unused.add(keyId)
    const living = new Set(unused)
    const keyless: { id: ConversationId; keyId: KeyId }[] = []
    for await (const row of conversations.keyIds()) {
      unused.delete(row.keyId)
      if (!living.has(row.keyId)) keyless.push(row)
    }
    for await (const keyId of otherKeyIds?.() ?? []) unused.delete(keyId)
    let removed = 0
    for (const { id, keyId } of keyless)
      if (await isGone(keyId)) {
        await conversations.erase(id, { keyId })
        removed += 1
      }
    const left = [...unused].filter((keyId) => suspects.has(keyId))
    for (let at = 0; at < left.length; at += AT_ONCE)
      await Promise.all(left.slice(at, at + AT_ONCE).map((keyId) => vault.destroy(keyId)))
    suspects = new Set([...unused].filter((keyId) => !left.includes(keyId)))
    if (removed > 0) await conversations.compact()
    return removed + left.length
  }
}
