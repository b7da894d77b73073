import type { CaseId, Cases, StoredEntry } from '../../storage/cases.ts'
import { createChains } from '../../turns/chain.ts'
import type { CaseBook, Found } from '../case-book.ts'
import { type EntryBody, openEntry } from '../case-record.ts'
import type { ChatwootApi } from './chatwoot-api.ts'
import type { Answer } from './http.ts'
import { CHATWOOT, type Line, lineOf, noteLine } from './line.ts'
import { ChatwootNotReached } from './trouble.ts'
import { attributesOf, firstMessage, NOTES, urgencyNote } from './words.ts'

/**
 * Hands a case's entries over to Chatwoot: one after another, in the order in which they were written, each noted before
 * it is sent and after it was taken. Chatwoot itself does not know a message again, so one whose sending was cut off is
 * looked for there before it is sent once more. No turn of a conversation is ever waited for in here, so that a wipe may
 * wait for it.
 */
export interface Relaying {
  /** Rejects with `ChatwootNotReached` while something is left that Chatwoot does not have. */
  relay(id: CaseId): Promise<void>
  /** No call begins for this case any more; then the task, after the call that is under way. */
  leave<T>(id: CaseId, task: () => Promise<T>): Promise<T>
  idle(): Promise<void>
}

interface Parts {
  cases: Pick<Cases, 'entries'>
  placed(conversation: number, id: CaseId): void
}

/** As an entry is told in Chatwoot. */
type Outgoing = { as: 'person' | 'note'; text: string }
interface Place {
  source: string
  conversation: number
}

export function createRelaying({ cases, placed }: Parts, book: CaseBook, api: ChatwootApi): Relaying {
  const chains = createChains()
  const leaving = new Set<CaseId>()

  async function read(id: CaseId): Promise<Found | undefined> {
    return leaving.has(id) ? undefined : book.read(id)
  }

  async function pass(id: CaseId): Promise<void> {
    const place = await placeOf(id)
    if (place === undefined) return
    for (;;) {
      const found = await read(id)
      if (found === undefined) return
      const [next] = await cases.entries(id, lineOf(found.record).relayed, 1)
      if (next === undefined) return tell(id, place, found)
      const last = await hand(id, place, found, next)
      await noteLine(book, id, { relayed: next.seq, ...(last === undefined ? {} : { last }) })
    }
  }

  /** Contact and conversation, made when they are not there; each is noted before the next is asked for. */
  async function placeOf(id: CaseId): Promise<Place | undefined> {
    const found = await read(id)
    if (found === undefined) return undefined
    const line = lineOf(found.record)
    const source = line.source ?? (await makeContact(id))
    if (source === undefined) return undefined
    const conversation = line.conversation ?? (await makeConversation(id, source))
    return conversation === undefined ? undefined : { source, conversation }
  }

  async function makeContact(id: CaseId): Promise<string | undefined> {
    await noteLine(book, id, { asked: true })
    if ((await read(id)) === undefined) return undefined
    const { contact, source } = taken(await api.makeContact(id))
    await noteLine(book, id, { contact, source })
    return source
  }

  async function makeConversation(id: CaseId, source: string): Promise<number | undefined> {
    const found = await read(id)
    if (found === undefined) return undefined
    const before = lineOf(found.record).asking === true ? taken(await api.conversationsOf(source)) : []
    await noteLine(book, id, { asking: true })
    if ((await read(id)) === undefined) return undefined
    const attributes = attributesOf(id, found.record)
    const conversation = before[0] ?? taken(await api.makeConversation(source, attributes))
    await noteLine(book, id, { conversation, told: JSON.stringify(attributes) })
    placed(conversation, id)
    return conversation
  }

  /** Resolves to the id that Chatwoot gave it; undefined for what is not told. */
  async function hand(
    id: CaseId,
    place: Place,
    found: Found,
    entry: StoredEntry,
  ): Promise<number | undefined> {
    const body = openEntry(found.key, entry)
    const outgoing = body === undefined ? undefined : outgoingOf(id, body, found)
    if (outgoing === undefined) return undefined
    const line = lineOf(found.record)
    if (line.sending === entry.id) {
      const there = await lookFor(place, line, outgoing)
      if (there !== undefined) return there
    } else await noteLine(book, id, { sending: entry.id })
    if ((await read(id)) === undefined) return undefined
    return taken(
      outgoing.as === 'note'
        ? await api.note(place.conversation, outgoing.text)
        : await api.say(place.source, place.conversation, outgoing.text, entry.id),
    )
  }

  /** Among what came after our last message: a second one of the same words was never sent before the first was noted. */
  async function lookFor(place: Place, { last }: Line, { as, text }: Outgoing): Promise<number | undefined> {
    const all = taken(await api.messages(place.conversation, last))
    const type = as === 'person' ? INCOMING : OUTGOING
    const isIt = (one: (typeof all)[number]) =>
      one.message_type === type && one.private === (as === 'note') && one.content?.trim() === text.trim()
    return all.find(isIt)?.id
  }

  /** Attributes that changed since they were told; more urgent than before is said in words too. */
  async function tell(id: CaseId, place: Place, { record }: Found): Promise<void> {
    const attributes = attributesOf(id, record)
    const told = JSON.stringify(attributes)
    const before = lineOf(record).told
    if (told === before) return
    taken(await api.setAttributes(place.conversation, attributes))
    if (urgencyIn(before) !== attributes['urgency'])
      taken(await api.note(place.conversation, urgencyNote(record)))
    await noteLine(book, id, { told })
  }

  return {
    relay: (id) => chains.run(id, () => pass(id)),
    leave(id, task) {
      leaving.add(id)
      return chains.run(id, task).finally(() => leaving.delete(id))
    },
    idle: () => chains.idle(),
  }
}

const INCOMING = 0
const OUTGOING = 1

function outgoingOf(id: CaseId, body: EntryBody, { record }: Found): Outgoing | undefined {
  switch (body.kind) {
    case 'person':
      return body.text.trim() === '' ? undefined : { as: 'person', text: body.text }
    case 'note':
      return body.by === CHATWOOT ? { as: 'note', text: body.text } : undefined
    case 'happened':
      if (body.what === 'opened') return { as: 'person', text: firstMessage(id, record) }
      return body.what === 'left' || body.what === 'back' ? { as: 'note', text: NOTES[body.what] } : undefined
    case 'caseworker':
    case 'card':
      // It came from there.
      return undefined
  }
}

function urgencyIn(told: string | undefined): unknown {
  const attributes: unknown = told === undefined ? undefined : JSON.parse(told)
  return typeof attributes === 'object' && attributes !== null
    ? Reflect.get(attributes, 'urgency')
    : undefined
}

function taken<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new ChatwootNotReached(answer.trouble)
  return answer.value
}
