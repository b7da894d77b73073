import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import type { CaseId, EntryId } from '../../storage/cases.ts'
import {
  contactMade,
  contactsFound,
  conversationShown,
  listed,
  listedPayload,
  type ListedMessage,
  messagesListed,
  numbered,
  type ShownConversation,
} from './answers.ts'
import type { ChatwootConfig } from './config.ts'
import { type Answer, createHttp, type Request } from './http.ts'
import type { Trouble } from './trouble.ts'
import { nameOf } from './words.ts'

/**
 * The calls that are made to Chatwoot, and the only file that knows their paths. What she does goes through the Client
 * API (`/public/api/v1`), which takes no token: who knows inbox identifier and source id may write, so neither leaves
 * this server. Private notes, reading and deleting go through the Application API with an administrator's token.
 *
 * Read in chatwoot/chatwoot (develop, 2026): swagger/definitions/request/public/*, the controllers under
 * app/controllers/public/api/v1/inboxes and app/controllers/api/v1/accounts, app/finders/message_finder.rb,
 * app/services/conversations/delete_service.rb. A contact that is created again with an identifier that is there already
 * is the same contact (builders/contact_inbox_with_contact_builder.rb); older versions threw the identifier away, so the
 * name carries the number too. `echo_id` is passed on to websockets and kept nowhere (models/message.rb): it does not
 * keep a message from being made twice.
 */
export interface Made {
  contact: number
  source: string
}
export type Attributes = Readonly<Record<string, string | boolean>>

export interface ChatwootApi {
  makeContact(id: CaseId): Promise<Answer<Made>>
  /** Those that this contact has through this inbox, as the Client API sees them. */
  conversationsOf(source: string): Promise<Answer<number[]>>
  makeConversation(source: string, attributes: Attributes): Promise<Answer<number>>
  /** As the person. Resolves to the message's id. */
  say(source: string, conversation: number, text: string, entry: EntryId): Promise<Answer<number>>
  /** For agents only. */
  note(conversation: number, text: string): Promise<Answer<number>>
  setAttributes(conversation: number, attributes: Attributes): Promise<Answer<unknown>>
  /** Everything after this message, the oldest first. */
  messages(conversation: number, after: number): Promise<Answer<ListedMessage[]>>
  conversation(conversation: number): Promise<Answer<ShownConversation>>
  conversationsWith(contact: number): Promise<Answer<number[]>>
  contact(contact: number): Promise<Answer<unknown>>
  /** Contacts that stand for this case. */
  find(id: CaseId): Promise<Answer<number[]>>
  deleteConversation(conversation: number): Promise<Answer<unknown>>
  deleteContact(contact: number): Promise<Answer<unknown>>
  close(): Promise<void>
}

export interface ApiParts {
  config: ChatwootConfig
  /** Milliseconds that one call may take in all. */
  callMs: number
  tell(line: Trouble | 'working'): void
}

/** MessageFinder gives at most a hundred at once. */
const PAGES = 50

export function createChatwootApi({ config, callMs, tell }: ApiParts): ChatwootApi {
  const http = createHttp(config.url, callMs)
  const inbox = `/public/api/v1/inboxes/${encodeURIComponent(config.inboxIdentifier)}`
  const account = `/api/v1/accounts/${encodeURIComponent(String(config.accountId))}`

  async function ask(request: Request): Promise<Answer<unknown>> {
    const answer = await http.ask(request)
    tell(answer.ok ? 'working' : answer.trouble)
    return answer
  }

  async function read<T>(shape: z.ZodType<T>, request: Request): Promise<Answer<T>> {
    const answer = await ask(request)
    if (!answer.ok) return answer
    const known = shape.safeParse(answer.value)
    return known.success ? { ok: true, value: known.data } : { ok: false, trouble: 'unreachable' }
  }

  const asPerson = (method: Request['method'], path: string, body?: unknown): Request => ({
    method,
    path: inbox + path,
    ...(body === undefined ? {} : { body }),
  })
  const asStaff = (method: Request['method'], path: string, body?: unknown): Request => ({
    method,
    path: account + path,
    token: config.accessToken.reveal(),
    ...(body === undefined ? {} : { body }),
  })

  async function messages(conversation: number, after: number): Promise<Answer<ListedMessage[]>> {
    const all: ListedMessage[] = []
    let last = after
    for (let page = 0; page < PAGES; page += 1) {
      const path = `/conversations/${conversation}/messages?after=${last}`
      const answer = await read(messagesListed, asStaff('GET', path))
      if (!answer.ok) return answer
      const fresh = answer.value.payload.filter(({ id }) => id > last)
      if (fresh.length === 0) break
      all.push(...fresh)
      last = Math.max(...fresh.map(({ id }) => id))
    }
    return { ok: true, value: all.toSorted((a, b) => a.id - b.id) }
  }

  return {
    async makeContact(id) {
      const identifierHash = createHmac('sha256', config.hmacToken.reveal()).update(id).digest('hex')
      const body = { identifier: id, identifier_hash: identifierHash, name: nameOf(id) }
      const answer = await read(contactMade, asPerson('POST', '/contacts', body))
      return mapped(answer, ({ id: contact, source_id: source }) => ({ contact, source }))
    },
    async conversationsOf(source) {
      return mapped(await read(listed, asPerson('GET', `${contactAt(source)}/conversations`)), ids)
    },
    async makeConversation(source, attributes) {
      const body = { custom_attributes: attributes }
      const made = await read(numbered, asPerson('POST', `${contactAt(source)}/conversations`, body))
      return mapped(made, ({ id }) => id)
    },
    async say(source, conversation, text, entry) {
      const path = `${contactAt(source)}/conversations/${conversation}/messages`
      const said = await read(numbered, asPerson('POST', path, { content: text, echo_id: entry }))
      return mapped(said, ({ id }) => id)
    },
    async note(conversation, text) {
      const body = { content: text, message_type: 'outgoing', private: true }
      const noted = await read(numbered, asStaff('POST', `/conversations/${conversation}/messages`, body))
      return mapped(noted, ({ id }) => id)
    },
    setAttributes: (conversation, attributes) =>
      ask(
        asStaff('POST', `/conversations/${conversation}/custom_attributes`, {
          custom_attributes: attributes,
        }),
      ),
    messages,
    conversation: (conversation) => read(conversationShown, asStaff('GET', `/conversations/${conversation}`)),
    async conversationsWith(contact) {
      const path = `/contacts/${contact}/conversations`
      return mapped(await read(listedPayload, asStaff('GET', path)), ({ payload }) => ids(payload))
    },
    contact: (contact) => ask(asStaff('GET', `/contacts/${contact}`)),
    async find(id) {
      const found = await read(contactsFound, asStaff('GET', `/contacts/search?q=${id}`))
      const isOurs = (one: { name?: string | null | undefined; identifier?: string | null | undefined }) =>
        one.identifier === id || one.name === nameOf(id)
      return mapped(found, ({ payload }) => ids(payload.filter(isOurs)))
    },
    deleteConversation: (conversation) => ask(asStaff('DELETE', `/conversations/${conversation}`)),
    deleteContact: (contact) => ask(asStaff('DELETE', `/contacts/${contact}`)),
    close: () => http.close(),
  }
}

const contactAt = (source: string) => `/contacts/${encodeURIComponent(source)}`
const ids = (all: readonly { id: number }[]) => all.map(({ id }) => id)

function mapped<T, U>(answer: Answer<T>, change: (value: T) => U): Answer<U> {
  return answer.ok ? { ok: true, value: change(answer.value) } : answer
}
