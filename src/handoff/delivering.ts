import type { Log } from '../operations/log.ts'
import type { CaseId, Cases, EntryId } from '../storage/cases.ts'
import { createChains } from '../turns/chain.ts'
import type { CaseBook, Found } from './case-book.ts'
import { openEntry, type Pending } from './case-record.ts'
import type { Asked, Delivery, ToPerson } from './handoff.ts'

/**
 * Hands over to her conversation what a case holds for it: one after another, in the order in which it was written. What
 * was handed over is taken off the list only afterwards, so a crash hands it over once more under the same id. While
 * she has left, no message is tried; that she was claimed or that it ended is told all the same.
 */
export interface Delivering {
  /** Never rejects. */
  deliver(id: CaseId): Promise<void>
  /** To be tried with the next sweep, though nothing else happens. */
  remember(id: CaseId): void
  /** What could not be handed over. */
  again(): Promise<void>
}

interface Parts {
  cases: Pick<Cases, 'entry'>
  toPerson: ToPerson
  log: Log
}

export function createDelivering({ cases, toPerson, log }: Parts, book: CaseBook): Delivering {
  const chains = createChains()
  const undelivered = new Set<CaseId>()

  async function pass(id: CaseId): Promise<void> {
    const tried = new Set<EntryId>()
    for (;;) {
      const found = await book.read(id)
      const next = found?.record.pending.find((one, at) => !tried.has(one.id) && isDue(one, at, found))
      if (found === undefined || next === undefined) return
      tried.add(next.id)
      const delivery = await handOver(found, next)
      await book.change(id, ({ record }) => ({
        answer: undefined,
        record: { ...record, ...settled(record, next, delivery) },
      }))
    }
  }

  async function handOver(found: Found, one: Pending): Promise<Delivery> {
    const { id } = found.row
    const { link } = found.record
    if (one.kind === 'claimed') await toPerson.claimed(link, id, one.id, askedOf(found))
    if (one.kind === 'ended') await toPerson.ended(link, id, one.why, one.id)
    if (one.kind !== 'entry') return 'shown'
    const stored = await cases.entry(id, one.id)
    const body = stored === undefined ? undefined : openEntry(found.key, stored)
    if (body?.kind === 'caseworker') return toPerson.wrote(link, id, one.id, body.text)
    if (body?.kind === 'card') return toPerson.card(link, id, one.id, body.service)
    log.event('handoff.unreadable')
    return 'notTaken'
  }

  async function deliver(id: CaseId): Promise<void> {
    try {
      undelivered.delete(id)
      await chains.run(id, () => pass(id))
    } catch {
      undelivered.add(id)
      log.event('handoff.notDelivered')
    }
  }

  return {
    deliver,
    remember: (id) => void undelivered.add(id),
    async again() {
      for (const id of Array.from(undelivered)) await deliver(id)
    },
  }
}

const MINUTE = 60_000

function askedOf({ row: { openedAt }, record: { claimedAt = openedAt, request } }: Found): Asked {
  return { waited: Math.max(0, Math.ceil((claimedAt - openedAt) / MINUTE)), area: request.area }
}

function isDue(one: Pending, at: number, { record }: Found): boolean {
  if (one.kind === 'entry') return record.presence !== 'left' && one.kept !== true
  // A last answer that waits for her is read before she is told that the talk is over.
  const isEnd = one.kind === 'ended' && one.why === 'closed'
  return !isEnd || record.pending.slice(0, at).every(({ kind }) => kind !== 'entry')
}

/** A record after its pending one was handed over. */
export function settled(
  { pending, notTaken }: Found['record'],
  one: Pending,
  delivery: Delivery,
): Pick<Found['record'], 'pending' | 'notTaken'> {
  if (delivery === 'waiting' && one.kind === 'entry')
    return {
      pending: pending.map((other) => (other.id === one.id ? { ...one, kept: true } : other)),
      notTaken,
    }
  return {
    pending: pending.filter(({ id }) => id !== one.id),
    notTaken: delivery === 'notTaken' ? [...notTaken, one.id] : notTaken,
  }
}
