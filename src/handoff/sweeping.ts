import type { Instant } from '../operations/environment.ts'
import type { Log } from '../operations/log.ts'
import type { KeyId, Vault } from '../privacy/vault/vault.ts'
import type { CaseId, Cases } from '../storage/cases.ts'
import type { CaseBook, Found, Step } from './case-book.ts'
import { type CaseEvent, moveCase } from './case-machine.ts'
import type { CaseRecord, Pending } from './case-record.ts'
import type { Delivering } from './delivering.ts'
import type { AlarmReason, Upkeep } from './handoff.ts'
import { withoutHolder } from './standing-record.ts'

/**
 * What time does to cases: an offer ends, a holder who says nothing loses the case to the queue, a case that nobody
 * answers is told to the desk and to her once, and what is over is erased when its days are, key first. A case that
 * cannot be swept now is left for the next sweep and holds up no other.
 */
interface Parts {
  cases: Pick<Cases, 'open' | 'ended' | 'keyIds' | 'erase' | 'compact' | 'forgetWithdrawn'>
  vault: Pick<Vault, 'ids' | 'open'>
  log: Log
  silentMs: number
  unansweredMs: number
  retentionMs: number
  alarm(id: CaseId, why: AlarmReason): void
}
type Happened = 'offersExpired' | 'silent' | 'unanswered' | undefined

const OFFER_MS = 5 * 60_000
const MOST_OPEN = 5_000
const AT_ONCE = 100

export function createSweeping(parts: Parts, book: CaseBook, delivering: Delivering): Upkeep {
  const { cases, vault, log } = parts

  async function sweepOne(found: Found, now: Instant): Promise<Happened> {
    if (overdue(found, now) === undefined) return undefined
    const { id } = found.row
    // Read anew, since it may have been answered meanwhile.
    const happened = await book.change<Happened>(id, (one) => stepOf(one, now))
    if (happened === undefined || happened === 'gone') return undefined
    if (happened === 'unanswered') parts.alarm(id, 'unanswered')
    if (happened === 'silent') parts.alarm(id, 'released')
    await delivering.deliver(id)
    return happened
  }

  function overdue({ row, record }: Found, now: Instant): Happened {
    const { state, changedAt } = row
    if (state === 'offered') return changedAt + OFFER_MS <= now ? 'offersExpired' : undefined
    if (state === 'active' && !record.spoke && (record.claimedAt ?? changedAt) + parts.silentMs <= now)
      return 'silent'
    const since = state === 'active' ? record.unansweredSince : changedAt
    const isLate = since !== undefined && since + parts.unansweredMs <= now
    return isLate && !record.alarmed ? 'unanswered' : undefined
  }

  function stepOf(found: Found, now: Instant): Step<Happened> {
    const { row, record } = found
    const happened = overdue(found, now)
    switch (happened) {
      case 'offersExpired':
        return moved(row, { type: 'offerExpired' }, happened, { what: 'rejected', record }, now)
      case 'silent': {
        const notice: Pending = { kind: 'ended', id: book.newId(), why: 'released' }
        const next = { what: 'released' as const, record: withoutHolder(record, notice) }
        return moved(row, { type: 'silent' }, happened, next, now)
      }
      case 'unanswered': {
        const notice: Pending = { kind: 'ended', id: book.newId(), why: 'unanswered' }
        // Somebody has it and she was told so: only the desk hears of it then.
        const pending = row.state === 'waiting' ? [...record.pending, notice] : record.pending
        return { answer: happened, record: { ...record, alarmed: true, pending } }
      }
      case undefined:
        return { answer: undefined }
    }
  }

  function moved(
    row: Found['row'],
    event: CaseEvent,
    happened: Happened,
    { what, record }: { what: 'rejected' | 'released'; record: CaseRecord },
    at: Instant,
  ): Step<Happened> {
    const to = moveCase(row, event)
    if (to === undefined) return { answer: undefined }
    const entries = [{ id: book.newId(), at, body: { kind: 'happened' as const, what } }]
    return { answer: happened, to, record, entries }
  }

  /** Asked for by itself: another process may have opened the case since the keys were listed. */
  async function isGone(keyId: KeyId): Promise<boolean> {
    try {
      return (await vault.open(keyId)) === undefined
    } catch {
      // One that is damaged is there; one that cannot be read now is left for the next start.
      return false
    }
  }

  /** One that fails is told in the log and left. */
  async function tried<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task()
    } catch {
      log.event('handoff.sweepFailed')
      return undefined
    }
  }

  async function isUndelivered(id: CaseId): Promise<boolean> {
    const found = await tried(() => book.read(id))
    return found !== undefined && found.record.pending.length > 0
  }

  async function eraseEnded(before: Instant): Promise<number> {
    let erased = 0
    for (;;) {
      const ended = await cases.ended(before, AT_ONCE)
      let failed = 0
      for (const one of ended) {
        const done = await tried(() => book.erase(one).then(() => true))
        if (done === true) erased += 1
        else failed += 1
      }
      if (ended.length < AT_ONCE || failed > 0) return erased
    }
  }

  return {
    async sweep(now, believed = now) {
      const swept = { offersExpired: 0, silent: 0, unanswered: 0, erased: 0 }
      for (const row of await cases.open(MOST_OPEN)) {
        const happened = await tried(async () => {
          const found = await book.open(row)
          if (found === undefined) return undefined
          if (found.record.presenceAt + parts.retentionMs > believed) return sweepOne(found, now)
          // Nobody has seen her for as long as a closed case is kept.
          await book.withdraw(row.id)
          swept.erased += 1
          return undefined
        })
        if (happened !== undefined) swept[happened] += 1
      }
      await delivering.again()
      swept.erased += await eraseEnded(believed - parts.retentionMs)
      await tried(() => cases.forgetWithdrawn(believed))
      await book.finish()
      return swept
    },
    async sweepOrphans() {
      const living = new Set<KeyId>()
      for await (const keyId of vault.ids()) living.add(keyId)
      const orphans: CaseId[] = []
      for await (const { id, keyId } of cases.keyIds())
        if (!living.has(keyId) && (await isGone(keyId))) orphans.push(id)
        else if (await isUndelivered(id)) delivering.remember(id)
      for (const id of orphans) await cases.erase(id)
      if (orphans.length > 0) await cases.compact()
      return orphans.length
    },
    async *keyIds() {
      for await (const { keyId } of cases.keyIds()) yield keyId
    },
  }
}
