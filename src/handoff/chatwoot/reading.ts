import type { Clock, Instant } from '../../operations/environment.ts'
import type { CaseId, Cases, EntryId } from '../../storage/cases.ts'
import { createChains } from '../../turns/chain.ts'
import type { CaseBook, Found, Step } from '../case-book.ts'
import { isOpen } from '../case-machine.ts'
import type { CaseRecord, EntryBody } from '../case-record.ts'
import { withHolder, withoutHolder } from '../standing-record.ts'
import type { ListedMessage, ShownConversation } from './answers.ts'
import type { ChatwootApi } from './chatwoot-api.ts'
import { CHATWOOT, lineOf, withLine } from './line.ts'
import { entryIdFor, entryIdOnce, type Reply, replyIn } from './replies.ts'
import { NOTES } from './words.ts'

/**
 * Brings what agents did into the case. A webhook only says that something happened: Chatwoot sends each one once, in no
 * sure order and never again (lib/webhooks/trigger.rb), so what happened is read from Chatwoot itself, in the order of
 * its messages, and written into the case in one commit. What was read before is known again by its id.
 */
export interface Reading {
  /**
   * `from`: a message that must be among what is looked at. unread: Chatwoot could not be read. noted: there is
   * something for the agents in the case now.
   */
  read(id: CaseId, from?: number): Promise<'read' | 'noted' | 'unread'>
  idle(): Promise<void>
}

interface Parts {
  cases: Pick<Cases, 'entry'>
  clock: Clock
  account: number
}
interface News {
  messages: readonly ListedMessage[]
  shown: ShownConversation
}
interface Fresh {
  id: EntryId
  at: Instant
  body: EntryBody
}

export function createReading({ cases, clock, account }: Parts, book: CaseBook, api: ChatwootApi): Reading {
  const chains = createChains()

  async function readInTurn(id: CaseId, from: number): Promise<'read' | 'noted' | 'unread'> {
    const found = await book.read(id)
    if (found === undefined) return 'read'
    const { conversation, seen } = lineOf(found.record)
    if (conversation === undefined) return 'read'
    const shown = await api.conversation(conversation)
    const messages = shown.ok ? await api.messages(conversation, Math.min(seen, from - 1)) : undefined
    if (!shown.ok || messages?.ok !== true) return 'unread'
    const news = { messages: messages.value, shown: shown.value }
    const noted = await book.change(id, (now) => stepOf(now, news))
    return noted === true ? 'noted' : 'read'
  }

  async function stepOf(found: Found, { messages, shown }: News): Promise<Step<boolean>> {
    const replies = messages.flatMap((one) => replyIn(one) ?? [])
    const at = clock.now()
    const before = lineOf(found.record).seen
    const seen = Math.max(before, ...messages.map(({ id }) => id))
    const step = isOpen(found.row)
      ? await open(found, replies, shown, at)
      : await ended(found, replies, shown, at)
    const record = step.record ?? found.record
    return seen === before ? step : { ...step, record: withLine(record, { seen }) }
  }

  async function open(
    { row, record: before, key }: Found,
    replies: readonly Reply[],
    { status, meta }: ShownConversation,
    at: Instant,
  ): Promise<Step<boolean>> {
    const entries: Fresh[] = []
    let record = before
    let to = {}
    const isTaken = replies.length > 0 || (meta.assignee ?? null) !== null
    if (row.state === 'waiting' && isTaken) {
      const id = entryIdOnce('claimed', key.id)
      record = withHolder(record, at, id)
      entries.push({ id, at, body: { kind: 'happened', what: 'claimed', by: CHATWOOT } })
      to = { to: { state: 'active', holder: CHATWOOT, offeredTo: undefined } }
    }
    for (const fresh of await entriesOf(row.id, replies, at)) {
      entries.push(fresh)
      if (fresh.body.kind === 'caseworker') record = answered(record, fresh.id)
    }
    if (status === 'resolved') {
      const id = entryIdOnce('closed', key.id)
      record = withoutHolder(record, { kind: 'ended', id, why: 'closed' })
      entries.push({ id, at, body: { kind: 'happened', what: 'closed', by: CHATWOOT } })
      to = { to: { state: 'closed', holder: undefined, offeredTo: undefined } }
    }
    const noted = entries.some(({ body }) => body.kind === 'note')
    return entries.length === 0 ? { answer: false } : { answer: noted, ...to, record, entries }
  }

  /** Nothing leads back into a case that ended for her; whoever opens the conversation again is told so, once. */
  async function ended(
    { row, key }: Found,
    replies: readonly Reply[],
    { status }: ShownConversation,
    at: Instant,
  ): Promise<Step<boolean>> {
    const id = entryIdOnce('ended', key.id)
    const fresh = await unknown(
      row.id,
      replies.map(({ message }) => entryIdFor('piece', account, message)),
    )
    const isReopened = status === 'open' || fresh.length > 0
    if (!isReopened || (await cases.entry(row.id, id)) !== undefined) return { answer: false }
    return { answer: true, entries: [{ id, at, body: { kind: 'note', by: CHATWOOT, text: NOTES.ended } }] }
  }

  async function entriesOf(id: CaseId, replies: readonly Reply[], at: Instant): Promise<Fresh[]> {
    const all = replies.flatMap(({ message, pieces, hasMore }): Fresh[] => [
      ...pieces.map((text, piece) => ({
        id: entryIdFor('piece', account, message, piece),
        at,
        body: { kind: 'caseworker' as const, by: CHATWOOT, text },
      })),
      ...(hasMore
        ? [
            {
              id: entryIdFor('more', account, message),
              at,
              body: { kind: 'note' as const, by: CHATWOOT, text: NOTES.onlyText },
            },
          ]
        : []),
    ])
    const fresh = new Set(
      await unknown(
        id,
        all.map((one) => one.id),
      ),
    )
    return all.filter((one) => fresh.has(one.id))
  }

  async function unknown(id: CaseId, entries: readonly EntryId[]): Promise<EntryId[]> {
    const found = await Promise.all(entries.map((entry) => cases.entry(id, entry)))
    return entries.filter((_, at) => found[at] === undefined)
  }

  return {
    read: (id, from = Infinity) => chains.run(id, () => readInTurn(id, from)),
    idle: () => chains.idle(),
  }
}

function answered(record: CaseRecord, id: EntryId): CaseRecord {
  const { unansweredSince: _, ...rest } = record
  return {
    ...rest,
    unanswered: 0,
    spoke: true,
    alarmed: false,
    pending: [...record.pending, { kind: 'entry', id }],
  }
}
