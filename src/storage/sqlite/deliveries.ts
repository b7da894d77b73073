import type { Instant } from '../../operations/environment.ts'
import type {
  ConversationId,
  Delivery,
  Holding,
  ItemId,
  ItemKind,
  Lease,
  OutboxItem,
  Settlement,
} from '../conversations.ts'
import { bytesIn, idIn, numberIn, type Row, toBytes } from './columns.ts'
import type { Statements } from './statements.ts'

/** Leases on what waits: taken, kept, settled and barred. Each runs inside a transaction of the caller's. */
export function claimDue(run: Statements, now: Instant, limit: number, leaseMs: number): Delivery[] {
  return run.due.all(now, now, limit).flatMap((row) => {
    const n = numberIn(row, 'n')
    const items: OutboxItem[] = []
    let lastSeq = 0
    for (const item of run.items.all(n)) {
      if (numberIn(item, 'not_before') > now) break
      lastSeq = numberIn(item, 'seq')
      items.push({
        id: idIn<ItemId>(item, 'id'),
        kind: String(item['kind']) as ItemKind,
        sealed: bytesIn(item, 'sealed'),
        notBefore: numberIn(item, 'not_before'),
        attempts: numberIn(item, 'attempts'),
      })
    }
    run.claim.run(now + leaseMs, lastSeq, n)
    return [
      {
        id: idIn<ConversationId>(row, 'id'),
        keyId: idIn(row, 'key_id'),
        items,
        fence: numberIn(row, 'fence') + 1,
      },
    ]
  })
}

export function settle(run: Statements, id: ConversationId, settlement: Settlement): Holding {
  const row = run.leased.get(toBytes(id))
  const held = row === undefined ? 'lost' : holding(row, settlement.fence)
  if (row === undefined || held === 'lost') return 'lost'
  const n = numberIn(row, 'n')
  const retry = held === 'held' ? settlement.retry : undefined
  for (const item of settlement.done) run.done.run(n, toBytes(item))
  for (const mark of settlement.marks ?? []) run.mark.run(n, mark.at, mark.sealed)
  if (settlement.forgetMarksUntil !== undefined) run.forgetMarks.run(n, settlement.forgetMarksUntil)
  const first = run.first.get(n)
  if (first !== undefined && retry !== undefined) {
    run.retry.run(retry.at, numberIn(first, 'seq'))
    const { tried, untried } = retry
    const isOther = tried !== undefined && untried !== true && run.tried.run(n, toBytes(tried)).changes > 0
    if (untried !== true && !isOther) run.triedFirst.run(numberIn(first, 'seq'))
  }
  const dueAt = first === undefined ? null : (retry?.at ?? numberIn(first, 'not_before'))
  const goesOn =
    first !== undefined && retry === undefined && numberIn(first, 'seq') <= numberIn(row, 'claimed_seq')
  run.release.run(dueAt, goesOn ? numberIn(row, 'lease_until') : 0, n)
  return held
}

export function renew(run: Statements, id: ConversationId, { fence, until }: Lease): Holding {
  const row = run.leased.get(toBytes(id))
  if (row === undefined || numberIn(row, 'lease_until') === 0) return 'lost'
  const held = holding(row, fence)
  if (held !== 'lost') run.renew.run(until, numberIn(row, 'n'))
  return held
}

export function bar(
  run: Statements,
  id: ConversationId,
  { fence, until }: Lease,
  now: Instant,
): 'held' | 'busy' | 'gone' {
  const row = run.leased.get(toBytes(id))
  if (row === undefined) return 'gone'
  const n = numberIn(row, 'n')
  run.cancel.run(n)
  run.bar.run(now, n)
  const isBusy = numberIn(row, 'lease_until') > now
  if (!isBusy) run.lease.run(fence, until, 0, n)
  const first = run.first.get(n)
  run.release.run(
    first === undefined ? null : numberIn(first, 'not_before'),
    isBusy ? numberIn(row, 'lease_until') : until,
    n,
  )
  return isBusy ? 'busy' : 'held'
}

function holding(row: Row, fence: number): Holding {
  if (numberIn(row, 'fence') === fence) return 'held'
  const isBarred = numberIn(row, 'claimed_seq') === 0 && numberIn(row, 'lease_until') > 0
  return isBarred && numberIn(row, 'fence') - 1 === fence ? 'left' : 'lost'
}
