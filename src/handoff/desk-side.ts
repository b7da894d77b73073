import type { Clock, Instant } from '../operations/environment.ts'
import type { AccountId, CaseId, Cases, EntryId } from '../storage/cases.ts'
import { createChains } from '../turns/chain.ts'
import type { CaseBook, Found, Step } from './case-book.ts'
import { type CaseEvent, isOpen, moveCase } from './case-machine.ts'
import { type CaseRecord, entryOf, type EntryBody, type Happened, openEntry } from './case-record.ts'
import type { Delivering } from './delivering.ts'
import type { AlarmReason, Answer, DeskSide, Entry } from './handoff.ts'
import { queueEntryOf } from './queue-entry.ts'
import { withHolder, withoutHolder } from './standing-record.ts'
import type { Times } from './times.ts'

/** What caseworkers ask of cases. Each answer says what became of it; a number that was guessed is as good as gone. */
interface Parts {
  cases: Pick<Cases, 'open' | 'held' | 'entries' | 'entry'>
  clock: Clock
  alarm(id: CaseId, why: AlarmReason): void
  titleOf(service: string): string
  times?: Pick<Times, 'claimed' | 'closed'>
}

const QUEUE = 500
const THREAD = 500
/** As the desk's wire says; a longer one was let through by mistake. */
const LONGEST = 1_000

export function createDeskSide(parts: Parts, book: CaseBook, { deliver }: Delivering): DeskSide {
  const { cases, clock } = parts
  /** Two claims of one account run one after another, so that together they cannot go beyond its capacity. */
  const accounts = createChains()

  /** Moves the case, says so in the thread, and tells her. */
  async function move(
    id: CaseId,
    event: CaseEvent & { by: AccountId },
    what: Happened,
    changed: (record: CaseRecord, at: Instant, entry: EntryId) => CaseRecord = (record) => record,
  ): Promise<Answer> {
    const at = clock.now()
    const entry = book.newId()
    let moved: Found | undefined
    const answer = await book.change<Answer>(id, (found) => {
      const { row, record } = found
      const to = moveCase(row, event)
      moved = to === undefined ? undefined : found
      if (to === undefined) return { answer: refusal(row, event) }
      const body: EntryBody = { kind: 'happened', what, by: event.by }
      return { answer: 'done', to, record: changed(record, at, entry), entries: [{ id: entry, at, body }] }
    })
    if (answer === 'done' && moved !== undefined) noteTime(moved, event, at)
    if (answer === 'done') await deliver(id)
    return answer
  }

  /** Of the case as it was before: one that was ever claimed keeps that in its record. */
  function noteTime({ row, record }: Found, { type }: CaseEvent, at: Instant): void {
    if (type === 'claim' && record.claimedAt === undefined) parts.times?.claimed(row.openedAt, at)
    if (type === 'close') parts.times?.closed(row.openedAt, at)
  }

  async function isFull(by: AccountId, capacity: number, id: CaseId): Promise<boolean> {
    const held = await cases.held(by)
    return held.length >= capacity && held.every((row) => row.id !== id)
  }

  const take = (id: CaseId, type: 'claim' | 'accept', by: AccountId, capacity: number) =>
    accounts.run(by, async (): Promise<Answer> => {
      if (await isFull(by, capacity, id)) return (await wouldBeRefused(id, { type, by })) ?? 'full'
      return move(id, { type, by }, type === 'claim' ? 'claimed' : 'accepted', (record, at, entry) =>
        withHolder(record, at, type === 'claim' ? entry : undefined),
      )
    })

  /** Why this cannot be, full or not. */
  async function wouldBeRefused(id: CaseId, event: CaseEvent): Promise<Answer | undefined> {
    const found = await book.read(id)
    if (found === undefined) return 'gone'
    return moveCase(found.row, event) === undefined ? refusal(found.row, event) : undefined
  }

  /** A message, a card or a note; the same entry again is the same message. */
  async function append(id: CaseId, by: AccountId, entry: EntryId, body: EntryBody): Promise<Answer> {
    if (!isEntryId(entry)) throw new RangeError('an entry id is 16 bytes as base64url')
    const at = clock.now()
    const answer = await book.change<Answer>(id, async ({ row, record }): Promise<Step<Answer>> => {
      if (!isOpen(row)) return { answer: 'gone' }
      if (row.holder !== by) return { answer: 'notYours' }
      if ((await cases.entry(id, entry)) !== undefined) return { answer: 'done' }
      const next = body.kind === 'note' ? record : answered(record, entry)
      return { answer: 'done', record: next, entries: [{ id: entry, at, body }] }
    })
    if (answer === 'done' && body.kind !== 'note') await deliver(id)
    return answer
  }

  return {
    async queue() {
      const found = await book.openAll(await cases.open(QUEUE))
      const now = clock.now()
      return found.map((one) => queueEntryOf(one, now))
    },
    async thread(id, by, after) {
      const found = await book.read(id)
      if (found === undefined || !isOpen(found.row) || !mayRead(found, by)) return undefined
      const { key, record } = found
      return (await cases.entries(id, after, THREAD)).flatMap((stored): Entry[] => {
        const body = openEntry(key, stored)
        return body === undefined ? [] : [entryOf(stored, body, record)]
      })
    },
    claim: (id, by, capacity) => take(id, 'claim', by, capacity),
    accept: (id, by, capacity) => take(id, 'accept', by, capacity),
    async release(id, by) {
      const answer = await move(id, { type: 'release', by }, 'released', (record, _, entry) =>
        withoutHolder(record, { kind: 'ended', id: entry, why: 'released' }),
      )
      if (answer === 'done') parts.alarm(id, 'released')
      return answer
    },
    offer: (id, by, to) => move(id, { type: 'offer', by, to }, 'offered'),
    reject: (id, by) => move(id, { type: 'reject', by }, 'rejected'),
    close: (id, by, outcome) =>
      move(id, { type: 'close', by }, 'closed', (record, _, entry) => ({
        ...withoutHolder(record, { kind: 'ended', id: entry, why: 'closed' }),
        outcome,
      })),
    async write(id, by, entry, text) {
      return append(id, by, entry, { kind: 'caseworker', by, text: bounded(text) })
    },
    card: (id, by, entry, service) =>
      append(id, by, entry, { kind: 'card', by, service, title: parts.titleOf(service) }),
    async note(id, by, entry, text) {
      return append(id, by, entry, { kind: 'note', by, text: bounded(text) })
    },
    changes: book.listen,
  }
}

type Row = Found['row']

const mayRead = ({ row }: Found, by: AccountId) => row.holder === by || row.offeredTo === by

function answered(record: CaseRecord, id: EntryId): CaseRecord {
  const { unansweredSince: _, ...rest } = record
  const pending = [...record.pending, { kind: 'entry' as const, id }]
  return { ...rest, unanswered: 0, spoke: true, alarmed: false, pending }
}

/** Why the machine did not take it, as the asker may know it; a second click of what is so already is 'done'. */
function refusal(row: Row, event: CaseEvent): Answer {
  if (!isOpen(row)) return 'gone'
  const by = 'by' in event ? event.by : undefined
  const isHolder = by === row.holder
  switch (event.type) {
    case 'claim':
      return isHolder ? 'done' : 'taken'
    case 'accept':
    case 'reject':
      if (isHolder) return 'done'
      // The offer was taken back, or its time is over.
      return row.state === 'offered' ? 'notYours' : 'gone'
    case 'offer':
      if (!isHolder || event.to === by) return 'notYours'
      return row.offeredTo === event.to ? 'done' : 'taken'
    default:
      return 'notYours'
  }
}

function bounded(text: string): string {
  if (text.length === 0 || text.length > LONGEST) throw new RangeError('a text has 1 to 1,000 characters')
  return text
}

/** The page chooses it: only the one way to write 16 bytes is the same id after it was stored. */
function isEntryId(id: string): boolean {
  const bytes = Buffer.from(id, 'base64url')
  return bytes.length === 16 && bytes.toString('base64url') === id
}
