import type { Key, KeyId } from './vault.ts'

/**
 * The keys that were used last, so that a turn does not read the vault. Small, since every entry is a key in memory
 * (with its record subkeys, which hang on it by a weak table and go with it, about 10 kB: 2,000 would take 20 MB). A key
 * that was asked for once waits in a small room in front, so that a sweep over many keys pushes out none that is in use.
 */
export interface OpenKeys {
  get(id: KeyId): Key | undefined
  add(key: Key): void
  drop(id: KeyId): void
  clear(): void
}

export function openKeys(limit: number): OpenKeys {
  /** Asked for again since they came; all that is left of the limit. */
  const used = new Map<KeyId, Key>()
  /** At most a quarter. */
  const fresh = new Map<KeyId, Key>()
  const freshLimit = Math.max(1, Math.floor(limit / 4))

  return {
    get(id) {
      const key = used.get(id) ?? fresh.get(id)
      if (key === undefined) return undefined
      fresh.delete(id)
      put(used, key, limit - freshLimit)
      return key
    },
    add(key) {
      if (used.has(key.id)) put(used, key, limit - freshLimit)
      else put(fresh, key, freshLimit)
    },
    drop(id) {
      used.delete(id)
      fresh.delete(id)
    },
    clear() {
      used.clear()
      fresh.clear()
    },
  }
}

/** As the newest; the oldest make room. */
function put(held: Map<KeyId, Key>, key: Key, limit: number): void {
  held.delete(key.id)
  held.set(key.id, key)
  for (const oldest of held.keys()) {
    if (held.size <= limit) return
    held.delete(oldest)
  }
}
