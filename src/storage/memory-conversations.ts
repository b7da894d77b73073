import type { Instant } from '../operations/environment.ts'
import type { KeyId } from '../privacy/vault/vault.ts'
import type {
  Commit,
  CommitOutcome,
  ConversationId,
  Conversations,
  Delivery,
  Holding,
  Lease,
  Mark,
  OutboxItem,
  Settlement,
} from './conversations.ts'
import { isOver } from './over-counters.ts'

/**
 * Conversations in memory, written to be read: what the other stores are compared with. It keeps nothing when the process
 * ends, so it serves tests and no deployment.
 */
interface Kept {
  /** In the order in which they began. */
  n: number
  id: ConversationId
  named: number
  keyId: KeyId
  revision: number
  sealed: Uint8Array
  touchedAt: Instant
  seen: Map<string, Instant>
  outbox: OutboxItem[]
  marks: Mark[]
  leaseUntil: Instant
  fence: number
  /** While a lease is held: no delivery of it goes on. The one that was under way has the fence before. */
  isBarred: boolean
  /** Ids of the delivery under way that are not done yet. */
  claimed: Set<string>
}

const MOST_ITEMS = 20

export function memoryConversations(): Conversations {
  const kept = new Map<ConversationId, Kept>()
  const counts = new Map<string, number>()
  /**
   * One count for all, so that a conversation that begins anew never meets the fence of its former life; by two, since an
   * exit adds one.
   */
  let fences = 0
  let begun = 0

  function commit(turn: Commit): CommitOutcome {
    const found = kept.get(turn.was ?? turn.id)
    const token = Buffer.from(turn.seen).toString('hex')
    if (found?.seen.has(token)) return 'duplicate'
    if ((found?.revision ?? 0) !== turn.expected) return 'stale'
    if (found !== undefined && found.keyId !== turn.keyId) return 'stale'
    if (turn.was !== undefined && kept.has(turn.id)) return 'stale'
    const isHeld = found !== undefined && found.leaseUntil > turn.at
    if (turn.was !== undefined && isHeld) return 'held'
    if (turn.was !== undefined) kept.delete(turn.was)
    const one: Kept = found ?? {
      n: ++begun,
      id: turn.id,
      named: 0,
      keyId: turn.keyId,
      revision: 0,
      sealed: turn.sealed,
      touchedAt: turn.at,
      seen: new Map(),
      outbox: [],
      marks: [],
      leaseUntil: 0,
      fence: 0,
      isBarred: false,
      claimed: new Set(),
    }
    Object.assign(one, {
      id: turn.id,
      named: turn.named ?? one.named,
      keyId: turn.keyId,
      revision: one.revision + 1,
      sealed: turn.sealed,
      touchedAt: turn.at,
    })
    one.seen.set(token, turn.at)
    const isFree = one.outbox.length === 0 && one.leaseUntil <= turn.at
    if (turn.cancelWaiting) leave(one, turn.at)
    for (const item of one.outbox)
      if (item.kind === 'case') item.notBefore = Math.min(item.notBefore, turn.at)
    one.outbox.push(...turn.outbox.map((item) => ({ ...item, attempts: 0 })))
    one.marks.push(...turn.marks)
    for (const name of turn.counts) counts.set(name, (counts.get(name) ?? 0) + 1)
    kept.set(turn.id, one)
    if (turn.lease === undefined || !isFree || turn.outbox.length === 0) return 'committed'
    take(one, turn.lease)
    one.claimed = new Set(turn.outbox.map(({ id }) => id))
    return 'leased'
  }

  function take(one: Kept, { fence, until }: Lease): void {
    Object.assign(one, { fence, leaseUntil: until, isBarred: false, claimed: new Set() })
  }

  function leave(one: Kept, now: Instant): void {
    one.outbox = one.outbox.filter(({ kind }) => kind === 'case')
    if (one.leaseUntil <= now) take(one, { fence: (fences += 2), until: 0 })
    else if (!one.isBarred) Object.assign(one, { fence: one.fence + 1, isBarred: true, claimed: new Set() })
  }

  function claimDue(now: Instant, limit: number, leaseMs: number): Delivery[] {
    const due = [...kept.values()].filter(
      ({ outbox, leaseUntil }) =>
        (outbox[0]?.notBefore ?? Number.POSITIVE_INFINITY) <= now && leaseUntil <= now,
    )
    due.sort((a, b) => (a.outbox[0]?.notBefore ?? 0) - (b.outbox[0]?.notBefore ?? 0) || a.n - b.n)
    return due.slice(0, limit).map((one) => {
      const held = one.outbox.findIndex(({ notBefore }) => notBefore > now)
      const items = one.outbox
        .slice(0, held < 0 ? MOST_ITEMS : Math.min(held, MOST_ITEMS))
        .map((item) => ({ ...item }))
      take(one, { fence: (fences += 2), until: now + leaseMs })
      one.claimed = new Set(items.map(({ id }) => id))
      return { id: one.id, keyId: one.keyId, items, fence: one.fence }
    })
  }

  function holding(one: Kept, fence: number): Holding {
    if (one.fence === fence) return 'held'
    return one.isBarred && one.leaseUntil > 0 && one.fence - 1 === fence ? 'left' : 'lost'
  }

  function settle(id: ConversationId, settlement: Settlement): Holding {
    const one = kept.get(id)
    const held = one === undefined ? 'lost' : holding(one, settlement.fence)
    if (one === undefined || held === 'lost') return 'lost'
    const done = new Set<string>(settlement.done)
    one.outbox = one.outbox.filter((item) => !done.has(item.id))
    for (const item of done) one.claimed.delete(item)
    one.marks.push(...(settlement.marks ?? []))
    const { forgetMarksUntil, retry } = settlement
    if (forgetMarksUntil !== undefined) one.marks = one.marks.filter(({ at }) => at > forgetMarksUntil)
    const [first] = one.outbox
    if (first !== undefined && retry !== undefined && held === 'held') {
      first.notBefore = retry.at
      const tried = one.outbox.find((item) => item.id === retry.tried) ?? first
      if (retry.untried !== true) tried.attempts += 1
    }
    if (retry !== undefined || one.claimed.size === 0) one.leaseUntil = 0
    return held
  }

  function renew(id: ConversationId, { fence, until }: Lease): Holding {
    const one = kept.get(id)
    if (one === undefined || one.leaseUntil === 0) return 'lost'
    const held = holding(one, fence)
    if (held !== 'lost') one.leaseUntil = Math.max(one.leaseUntil, until)
    return held
  }

  function bar(id: ConversationId, lease: Lease, now: Instant): 'held' | 'busy' | 'gone' {
    const one = kept.get(id)
    if (one === undefined) return 'gone'
    const isBusy = one.leaseUntil > now
    leave(one, now)
    if (isBusy) return 'busy'
    take(one, lease)
    one.isBarred = true
    return 'held'
  }

  return {
    load(id) {
      const one = kept.get(id)
      if (one === undefined) return Promise.resolve(undefined)
      const { keyId, revision, sealed, touchedAt } = one
      return Promise.resolve({ id, keyId, revision, sealed, touchedAt })
    },
    nameOf: (keyId) => Promise.resolve([...kept.values()].find((one) => one.keyId === keyId)?.id),
    namedBefore: (pepper) => Promise.resolve([...kept.values()].some(({ named }) => named < pepper)),
    commit: (turn) => Promise.resolve(commit(turn)),
    claimDue: (now, limit, leaseMs) => Promise.resolve(claimDue(now, limit, leaseMs)),
    settle: (id, settlement) => Promise.resolve(settle(id, settlement)),
    renew: (id, lease) => Promise.resolve(renew(id, lease)),
    bar: (id, lease, now) => Promise.resolve(bar(id, lease, now)),
    nextDue() {
      const times = [...kept.values()].flatMap(({ outbox: [first], leaseUntil }) =>
        first === undefined ? [] : [Math.max(first.notBefore, leaseUntil)],
      )
      return Promise.resolve(times.length === 0 ? undefined : Math.min(...times))
    },
    waiting: (id) => Promise.resolve(kept.get(id)?.outbox.length ?? 0),
    marks: (id) => Promise.resolve([...(kept.get(id)?.marks ?? [])]),
    erase(id, { revision, keyId } = {}) {
      const found = kept.get(id)
      const isAnother =
        found !== undefined &&
        (found.revision !== (revision ?? found.revision) || found.keyId !== (keyId ?? found.keyId))
      if (!isAnother) kept.delete(id)
      return Promise.resolve(!isAnother)
    },
    idle: (before, limit) =>
      Promise.resolve(
        [...kept.values()]
          .filter(({ touchedAt }) => touchedAt < before)
          .toSorted((a, b) => a.touchedAt - b.touchedAt || a.n - b.n)
          .slice(0, limit)
          .map(({ id, keyId }) => ({ id, keyId })),
      ),
    ahead: (after) =>
      Promise.resolve(
        [...kept.values()]
          .filter(({ touchedAt }) => touchedAt > after)
          .map(({ id, keyId }) => ({ id, keyId })),
      ),
    lastTouched() {
      const times = [...kept.values()].map(({ touchedAt }) => touchedAt)
      return Promise.resolve(times.length === 0 ? undefined : Math.max(...times))
    },
    pruneCounts(before) {
      for (const name of counts.keys()) if (isOver(name, before)) counts.delete(name)
      return Promise.resolve()
    },
    async *keyIds() {
      for (const { id, keyId } of kept.values()) yield await Promise.resolve({ id, keyId })
    },
    prune(before, marksBefore) {
      for (const one of kept.values()) {
        for (const [token, at] of one.seen) if (at < before) one.seen.delete(token)
        one.marks = one.marks.filter(({ at }) => at >= marksBefore)
      }
      return Promise.resolve()
    },
    dropWaitingMessages() {
      for (const one of kept.values()) {
        one.outbox = one.outbox.filter(({ kind }) => kind !== 'message')
        one.claimed.clear()
        one.leaseUntil = 0
      }
      return Promise.resolve()
    },
    compact: () => Promise.resolve(true),
    counts: () =>
      Promise.resolve(
        [...counts].map(([name, value]) => ({ name, value })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      ),
    close: () => Promise.resolve(),
  }
}
