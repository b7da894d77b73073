import type { DeskSide, Entry, QueueEntry } from '../../handoff/handoff.ts'
import type { Clock, Instant } from '../../operations/environment.ts'
import type { Log } from '../../operations/log.ts'
import { shapeOf } from '../../operations/log.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { AccountId, CaseId } from '../../storage/cases.ts'
import type { Role } from '../wire.ts'
import type { Audit } from './audit.ts'
import type { Events } from './events.ts'
import type { Everywhere } from './everywhere.ts'
import type { GiveBack } from './give-back.ts'
import type { Glass } from './glass.ts'
import type { Member } from './staff.ts'
import type { Tripwire } from './tripwire.ts'

/**
 * Who may read which case, and who is told when one changes. A caseworker reads own cases and those offered to them, a
 * supervisor one for which the glass is broken; for anyone else there is no such case, and having asked is audited.
 * Whoever read a case that is no longer theirs is told to take it off the screen.
 */
export interface CaseRoom {
  /** The queue, read once for all who ask between two changes. */
  queue(): Promise<readonly QueueEntry[]>
  /** gone: there is no such case for them. tripped: they opened too many, and their sessions are over. */
  read(id: CaseId, by: Member, after: number): Promise<Reading | 'gone' | 'tripped'>
  find(id: CaseId): Promise<QueueEntry | undefined>
  /** They take it off their own screen themselves. */
  lays(id: CaseId, by: AccountId): void
  /** Another process withdrew it: whoever has it from here is told so. */
  withdrawn(id: CaseId): void
  stop(): void
}
/** `find`: one case that is open, as it stands in the queue, without reading the others. */
export type CasesOfDesk = DeskSide & { find(id: CaseId): Promise<QueueEntry | undefined> }
export interface Reading {
  case: QueueEntry
  entries: Entry[]
}
export const CASE_ROLES = ['caseworker', 'supervisor'] as const satisfies readonly Role[]

export interface CaseRoomParts {
  cases: CasesOfDesk
  giveBack: GiveBack
  accounts: Accounts
  /** What every process finds out by itself. */
  events: Pick<Events, 'tell'>
  everywhere: Everywhere
  glass: Glass
  audit: Audit
  tripwire: Tripwire
  log: Log
  clock: Clock
}

const MOST_BEREFT = 100
/** Whether she is here or away goes by the clock. */
const QUEUE_MS = 2_000
const WATCHING = ['supervisor'] as const satisfies readonly Role[]

export function createCaseRoom(parts: CaseRoomParts): CaseRoom {
  const { cases, accounts, events, everywhere, glass, audit, tripwire, giveBack, clock, log } = parts
  const { find } = cases
  const readers = new Map<CaseId, Set<string>>()
  /** Readers of what was found gone before anybody said why: withdrawn, they are told so all the same. */
  const bereft = new Map<CaseId, ReadonlySet<string>>()
  /** What the queue last said of each case, as far as it matters to everybody. */
  const told = new Map<CaseId, string>()

  /** In whose name the case is read; undefined for whoever may not. */
  async function readsAs(entry: QueueEntry, by: Member): Promise<AccountId | undefined> {
    if (by.role === 'caseworker')
      return entry.holder === by.id || entry.offeredTo === by.id ? by.id : undefined
    return by.role === 'supervisor' && (await glass.isBroken(by.id, entry.id))
      ? (entry.holder ?? entry.offeredTo)
      : undefined
  }

  async function shut(by: Member): Promise<void> {
    await accounts.change(by.id, { disabled: true })
    everywhere.ended(by.id)
    await audit.note({ actor: by.id, verb: 'tripwire', subject: by.id })
    log.event('desk.tripwire')
    const event = { kind: 'tripwire', id: by.id, name: by.name } as const
    everywhere.tell(event, { roles: ['supervisor', 'administrator'] })
    await giveBack(by.id, 'desk')
  }

  async function tellOf(id: CaseId): Promise<void> {
    const entry = await find(id)
    const theirs = new Set<string>(
      entry === undefined
        ? []
        : [entry.holder, entry.offeredTo, ...(await glass.readers(id))].filter((one) => one !== undefined),
    )
    const before = readers.get(id) ?? new Set()
    const lost = new Set([...before].filter((account) => !theirs.has(account)))
    if (entry === undefined) {
      readers.delete(id)
      if (lost.size > 0) remember(id, lost)
    }
    for (const account of lost) before.delete(account)
    if (lost.size > 0) everywhere.tell({ kind: 'lost', id }, { accounts: lost })
    if (theirs.size > 0) events.tell({ kind: 'case', id }, { accounts: theirs })
    events.tell({ kind: 'queue' }, { roles: changedForAll(id, entry) ? CASE_ROLES : WATCHING })
  }

  /** Words in a case that somebody has change no line of the queue for their colleagues: these fetch it for nothing. */
  function changedForAll(id: CaseId, entry: QueueEntry | undefined): boolean {
    const line =
      entry === undefined ? undefined : [entry.state, entry.holder, entry.offeredTo, entry.urgency].join()
    const changed = line !== told.get(id) || entry?.holder === undefined
    if (line === undefined) told.delete(id)
    else told.set(id, line)
    return changed
  }

  function remember(id: CaseId, lost: ReadonlySet<string>): void {
    bereft.set(id, lost)
    const [oldest] = bereft.keys()
    if (bereft.size > MOST_BEREFT && oldest !== undefined) bereft.delete(oldest)
  }

  let known: { until: Instant; queue: Promise<QueueEntry[]> } | undefined
  async function queue(): Promise<readonly QueueEntry[]> {
    if (known === undefined || clock.now() >= known.until) {
      const reading = { until: clock.now() + QUEUE_MS, queue: cases.queue() }
      known = reading
      reading.queue.catch(() => {
        if (known === reading) known = undefined
      })
    }
    return known.queue
  }

  function withdrawn(id: CaseId): void {
    const all = new Set([...(readers.get(id) ?? []), ...(bereft.get(id) ?? [])])
    readers.delete(id)
    bereft.delete(id)
    if (all.size > 0) everywhere.tell({ kind: 'withdrawn', id }, { accounts: all })
  }

  let telling = Promise.resolve()
  const stop = cases.changes((id, what) => {
    known = undefined
    if (what === 'withdrawn') {
      // At once, before anything is looked up.
      withdrawn(id)
      everywhere.withdrawn(id)
    }
    telling = telling
      .then(() => tellOf(id))
      .catch((error: unknown) => log.event('desk.failed', { error: shapeOf(error) }))
  })

  return {
    find,
    queue,
    async read(id, by, after) {
      const opening = await tripwire.opens(by.id, id)
      if (opening === 'tripped') {
        await shut(by)
        return 'tripped'
      }
      const entry = await find(id)
      const reader = entry === undefined ? undefined : await readsAs(entry, by)
      // Known as a reader from before the words are fetched: whoever is told to put them away is not handed them after.
      if (reader !== undefined) readers.set(id, (readers.get(id) ?? new Set()).add(by.id))
      const entries = reader === undefined ? undefined : await cases.thread(id, reader, after)
      if (entry !== undefined && entries !== undefined) {
        if (opening === 'first') await audit.note({ actor: by.id, verb: 'case.open', subject: id })
        if (readers.get(id)?.has(by.id) === true) return { case: entry, entries }
      }
      await audit.note({ actor: by.id, verb: 'case.open', subject: id, outcome: 'gone' })
      return 'gone'
    },
    lays: (id, by) => void readers.get(id)?.delete(by),
    withdrawn,
    stop,
  }
}
