import type { Key, KeyId } from './vault.ts'

/**
 * The keys that were used last, so that a turn does not read the vault. Small, since every entry is a key in memory;
 * with an entry its record subkeys go as well (they hang on it by a weak table).
 */
export interface OpenKeys {
  get(id: KeyId): Key | undefined
  add(key: Key): void
  drop(id: KeyId): void
  clear(): void
}

export function openKeys(limit: number): OpenKeys {
  const held = new Map<KeyId, Key>()
  return {
    get(id) {
      const key = held.get(id)
      if (key === undefined) return undefined
      held.delete(id)
      held.set(id, key)
      return key
    },
    add(key) {
      held.delete(key.id)
      held.set(key.id, key)
      for (const oldest of held.keys()) {
        if (held.size <= limit) break
        held.delete(oldest)
      }
    },
    drop: (id) => void held.delete(id),
    clear: () => held.clear(),
  }
}
