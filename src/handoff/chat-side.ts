import type { Log } from '../operations/log.ts'
import type { Random } from '../operations/environment.ts'
import type { CaseId, Cases } from '../storage/cases.ts'
import { createChains } from '../turns/chain.ts'
import type { CaseBook, Found, Step } from './case-book.ts'
import { isOpen } from './case-machine.ts'
import { consented, rankOf } from './case-request.ts'
import type { CaseRecord, EntryBody } from './case-record.ts'
import { type Delivering, settled } from './delivering.ts'
import type { CaseLink, ChatSide, Opened, Presence } from './handoff.ts'
import type { Times } from './times.ts'

/** What the chat tells a case. Every call may come twice: the id of the item makes the second one harmless. */
interface Parts {
  cases: Pick<Cases, 'open' | 'entry'>
  random: Random
  log: Log
  times?: Pick<Times, 'opened'>
}
type Opening = Parameters<ChatSide['opened']>[0]

/** As many open cases are looked through for one that this person has already. */
const MOST_OPEN = 500
const LONGEST = 4_096
const TRIES = 20

export function createChatSide(parts: Parts, book: CaseBook, { deliver }: Delivering): ChatSide {
  const { cases } = parts
  /** Openings of one conversation run one after another. */
  const chains = createChains()

  async function openOf(link: CaseLink): Promise<Found | undefined> {
    const open = await book.openAll(await cases.open(MOST_OPEN))
    return open.find(({ record }) => isSame(record.link, link))
  }

  async function openFor(item: Opening): Promise<Opened> {
    const request = consented(item.request)
    if (request === undefined) {
      parts.log.event('handoff.refused')
      return { kind: 'refused' }
    }
    const rank = rankOf(request)
    const first = await openOf(item.link)
    if (first !== undefined) {
      await book.change(first.row.id, moreUrgent(request, rank))
      return { kind: 'known', case: first.row.id }
    }
    const record = recordOf(item, request)
    let id = item.case
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const outcome = await book.create({ id, rank, at: item.at, record, entry: item.id })
      if (outcome === 'created') {
        parts.times?.opened(item.at)
        return { kind: 'opened', case: id }
      }
      if (outcome === 'gone') return { kind: 'gone' }
      // The same item again, after the case was closed. Otherwise the number is another person's.
      if ((await book.read(id))?.record.openedBy === item.id) return { kind: 'known', case: id }
      id = anyCaseId(parts.random)
    }
    throw new Error('every case number that was tried is taken')
  }

  return {
    opened: (item) => chains.run(item.link.conversation, () => openFor(item)),
    async personWrote({ id, case: of, text, windowUntil, at }) {
      await book.change(of, async ({ row, record }) => {
        if (!isOpen(row) || (await cases.entry(of, id)) !== undefined) return { answer: undefined }
        const body: EntryBody = { kind: 'person', text: cut(text.reveal()) }
        return {
          answer: undefined,
          entries: [{ id, at, body }],
          record: {
            ...record,
            ...windowOf(windowUntil),
            ...(at < record.presenceAt ? {} : { presence: 'here' as const, presenceAt: at }),
            unanswered: record.unanswered + 1,
            unansweredSince: record.unansweredSince ?? at,
          },
        }
      })
    },
    async presence(item) {
      await book.change(item.case, (found) => seen(found, item))
      if (item.presence === 'here') await deliver(item.case)
    },
    async delivered({ case: of, entry, delivery }) {
      await book.change(of, ({ record }) => {
        const one = record.pending.find(({ id }) => id === entry)
        if (one === undefined) return { answer: undefined }
        return { answer: undefined, record: { ...record, ...settled(record, one, delivery) } }
      })
      // Not waited for: it may end in a turn of hers, and a turn may wait for whoever called this.
      void deliver(of)
    },
    withdraw: book.withdraw,
    async withdrawAll({ conversations, key, from, case: named }) {
      // Read one by one, since only a sealed record says whose it is: erasing is rare, and a list of names would be a trace.
      const hers = await book.where(
        ({ link }) =>
          conversations.includes(link.conversation) ||
          (key !== undefined && link.key === key) ||
          (link.channel === from?.channel && link.address === from.address.reveal()),
      )
      const all = new Set(named === '' ? hers : [...hers, named as CaseId])
      for (const id of all) await book.withdraw(id, key)
    },
  }
}

function recordOf({ id, link, windowUntil, at }: Opening, request: CaseRecord['request']) {
  return {
    request,
    link,
    openedBy: id,
    presence: 'here',
    presenceAt: at,
    ...windowOf(windowUntil),
    unanswered: 0,
    spoke: false,
    alarmed: false,
    pending: [],
    notTaken: [],
  } satisfies CaseRecord
}

/** Her pseudonym changes with the pepper; her address stays. */
function isSame(a: CaseLink, b: CaseLink): boolean {
  const isSameKey = a.key !== undefined && a.key === b.key
  return (
    isSameKey || a.conversation === b.conversation || (a.channel === b.channel && a.address === b.address)
  )
}

/** She asked once more, and it cannot wait as long as before. */
function moreUrgent(request: CaseRecord['request'], rank: number) {
  return ({ row, record }: Found): Step<undefined> =>
    rank >= row.rank ? { answer: undefined } : { answer: undefined, rank, record: { ...record, request } }
}

function seen(
  { row, record }: Found,
  { id, presence, at, windowUntil }: Parameters<ChatSide['presence']>[0],
): Step<undefined> {
  if (at < record.presenceAt || (presence === record.presence && at === record.presenceAt))
    return { answer: undefined }
  const what = isOpen(row) ? happenedTo(record.presence, presence) : undefined
  return {
    answer: undefined,
    record: {
      ...record,
      presence,
      presenceAt: at,
      ...windowOf(windowUntil),
      pending: presence === 'here' ? anew(record) : record.pending,
    },
    entries: what === undefined ? [] : [{ id, at, body: { kind: 'happened', what } }],
  }
}

/** What her conversation keeps for her is offered once more, in front of whatever is written from now on. */
function anew({ pending }: CaseRecord): CaseRecord['pending'] {
  return pending.map((one) => (one.kind === 'entry' ? { kind: 'entry', id: one.id } : one))
}

function happenedTo(before: Presence, now: Presence): 'left' | 'back' | undefined {
  if (before === now) return undefined
  if (now === 'left') return 'left'
  return before === 'left' ? 'back' : undefined
}

const windowOf = (windowUntil: number | undefined) => (windowUntil === undefined ? {} : { windowUntil })

/** Never in the middle of a character. */
function cut(text: string): string {
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST
  return text.slice(0, end)
}

function anyCaseId(random: Random): CaseId {
  for (;;) {
    // Below the largest multiple of 10^8 that fits into four bytes, so that every number is as likely.
    const drawn = Buffer.from(random.bytes(4)).readUInt32BE(0)
    if (drawn < 4_200_000_000) return String(drawn % 100_000_000).padStart(8, '0') as CaseId
  }
}
