import type {
  AccountId,
  CaseChange,
  CaseId,
  CaseOutcome,
  Cases,
  CaseState,
  EntryId,
  StoredCase,
  StoredEntry,
} from './cases.ts'

/**
 * Cases in memory, written to be read: what the other stores are compared with. It keeps nothing when the process ends,
 * so it serves tests and no deployment.
 */
interface Kept {
  row: StoredCase
  entries: StoredEntry[]
}

const OPEN: ReadonlySet<CaseState> = new Set(['waiting', 'active', 'offered'])

export function memoryCases(): Cases {
  const kept = new Map<CaseId, Kept>()
  const withdrawn = new Map<string, number>()

  function commit(change: CaseChange): CaseOutcome {
    if (change.mark !== undefined && (withdrawn.get(hex(change.mark)) ?? 0) > change.at) return 'withdrawn'
    const found = kept.get(change.id)
    if ((found?.row.revision ?? 0) !== change.expected) return 'stale'
    if (found !== undefined && found.row.keyId !== change.keyId) return 'stale'
    const { id, keyId, state, holder, offeredTo, rank, at, sealed } = change
    const row: StoredCase = {
      id,
      keyId,
      revision: change.expected + 1,
      state,
      holder,
      offeredTo,
      rank,
      openedAt: found?.row.openedAt ?? at,
      changedAt: found !== undefined && found.row.state === state ? found.row.changedAt : at,
      sealed,
    }
    const entries = found?.entries ?? []
    for (const entry of change.entries)
      if (entries.every(({ id: other }) => other !== entry.id))
        entries.push({ ...entry, seq: entries.length + 1 })
    kept.set(id, { row, entries })
    return 'committed'
  }

  const rows = () => [...kept.values()].map(({ row }) => row)
  const opened = () => rows().filter(({ state }) => OPEN.has(state))

  return {
    load(id) {
      const row = kept.get(id)?.row
      return Promise.resolve(row === undefined ? undefined : { ...row })
    },
    commit: (change) => Promise.resolve(commit(change)),
    noteWithdrawn(mark, until) {
      withdrawn.set(hex(mark), Math.max(until, withdrawn.get(hex(mark)) ?? 0))
      return Promise.resolve()
    },
    forgetWithdrawn(now) {
      for (const [mark, until] of withdrawn) if (until <= now) withdrawn.delete(mark)
      return Promise.resolve()
    },
    open: (limit) =>
      Promise.resolve(
        opened()
          .toSorted((a, b) => a.rank - b.rank || olderFirst(a, b))
          .slice(0, limit),
      ),
    held: (holder: AccountId) =>
      Promise.resolve(
        opened()
          .filter((row) => row.holder === holder)
          .toSorted(olderFirst),
      ),
    entries: (id, after, limit) =>
      Promise.resolve((kept.get(id)?.entries ?? []).filter(({ seq }) => seq > after).slice(0, limit)),
    entry: (id: CaseId, entry: EntryId) =>
      Promise.resolve(kept.get(id)?.entries.find((one) => one.id === entry)),
    erase(id) {
      kept.delete(id)
      return Promise.resolve()
    },
    ended: (before, limit) =>
      Promise.resolve(
        rows()
          .filter(({ state, changedAt }) => !OPEN.has(state) && changedAt < before)
          .toSorted((a, b) => a.changedAt - b.changedAt || byId(a, b))
          .slice(0, limit)
          .map(({ id, keyId }) => ({ id, keyId })),
      ),
    async *keyIds() {
      for (const { id, keyId } of rows()) yield await Promise.resolve({ id, keyId })
    },
    compact: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  }
}

const hex = (mark: Uint8Array) => Buffer.from(mark).toString('hex')

function olderFirst(a: StoredCase, b: StoredCase): number {
  return a.openedAt - b.openedAt || byId(a, b)
}

function byId(a: StoredCase, b: StoredCase): number {
  return a.id < b.id ? -1 : 1
}
