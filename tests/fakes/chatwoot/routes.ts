import { createHmac } from 'node:crypto'
import type { Account, FakeContact, FakeMessage } from './account.ts'
import {
  type Answer,
  notFound,
  ok,
  publicMessage,
  refuse,
  staffConversation,
  staffMessage,
} from './answers.ts'

/**
 * The Client API and the Application API, as strict as no Chatwoot is: a field that is not published is refused, so is a
 * wrong HMAC (the real one fails too; with which status was not confirmed).
 */
export interface Secrets {
  inboxIdentifier: string
  hmacToken: string
  accountId: number
  accessToken: string
}
export interface Happened {
  message?: FakeMessage
  changed?: number
}
export interface Call {
  method: string
  path: string
  query: URLSearchParams
  token: string | undefined
  body: Record<string, unknown>
}

interface Parts {
  account: Account
  secrets: Secrets
  /** How many looks still see a conversation after it was deleted. */
  lingers(): number
  happened(what: Happened): void
}

export function createRoutes({ account, secrets, lingers, happened }: Parts): (call: Call) => Answer {
  const { contacts, conversations } = account

  function publicCall({ method, path, body }: Call): Answer {
    const [inbox, , source, , number, ...rest] = path.split('/')
    if (inbox !== secrets.inboxIdentifier) return notFound()
    if (source === undefined) return method === 'POST' ? makeContact(body) : notFound()
    const contact = account.bySource(source)
    if (contact === undefined) return notFound()
    if (number === undefined) return publicConversations(method, contact, source, body)
    const conversation = conversations.get(Number(number))
    if (conversation?.source !== source || conversation.lingers !== undefined || rest.join() !== 'messages')
      return notFound()
    if (method !== 'POST') return notFound()
    const wrong = checked(body, { content: 'string', echo_id: 'string' })
    if (wrong !== undefined) return wrong
    const content = String(body['content'])
    if (content.length > 150_000) return refuse(422, 'Content is too long')
    const message = account.say({ conversation: conversation.id, type: 0, content })
    happened({ message })
    return ok(publicMessage(message))
  }

  function makeContact(body: Call['body']): Answer {
    const wrong = checked(body, { identifier: 'string', identifier_hash: 'string', name: 'string' })
    if (wrong !== undefined) return wrong
    const right = createHmac('sha256', secrets.hmacToken).update(String(body['identifier'])).digest('hex')
    if (body['identifier_hash'] !== right) return refuse(401, 'HMAC failed: Invalid Identifier Hash Provided')
    const { contact, source } = account.contact(String(body['identifier']), String(body['name']))
    return ok({ source_id: source, pubsub_token: 'x', id: contact.id, name: contact.name, email: null })
  }

  function publicConversations(
    method: string,
    contact: FakeContact,
    source: string,
    body: Call['body'],
  ): Answer {
    const mine = Array.from(conversations.values()).filter((one) => one.source === source)
    if (method === 'GET') return ok(mine.map(({ id }) => ({ id })))
    const wrong = checked(body, { custom_attributes: 'object' })
    if (wrong !== undefined) return wrong
    const attributes = body['custom_attributes'] as Record<string, unknown>
    return ok({ id: account.converse(contact, source, attributes).id, messages: [] })
  }

  function staffCall(call: Call): Answer {
    const [number, what, ...rest] = call.path.split('/')
    if (call.token !== secrets.accessToken) return refuse(401, 'Invalid Access Token')
    if (Number(number) !== secrets.accountId) return notFound()
    if (what === 'contacts') return staffContacts(call, rest)
    return what === 'conversations' ? staffConversations(call, rest) : notFound()
  }

  function staffContacts({ method, query }: Call, [which, below]: string[]): Answer {
    if (which === 'search') {
      const q = query.get('q') ?? ''
      const found = Array.from(contacts.values()).filter(
        ({ name, identifier }) => name.includes(q) || identifier.includes(q),
      )
      return ok({ meta: { count: found.length }, payload: found })
    }
    const contact = contacts.get(Number(which))
    if (contact === undefined) return notFound()
    if (below === 'conversations' && method === 'GET')
      return ok({ payload: Array.from(conversations.values()).filter((one) => one.contact === contact.id) })
    if (below !== undefined) return notFound()
    if (method === 'GET') return ok({ payload: contact })
    if (method !== 'DELETE') return notFound()
    contacts.delete(contact.id)
    return ok()
  }

  function staffConversations(call: Call, [which, below]: string[]): Answer {
    const { method, query, body } = call
    const conversation = conversations.get(Number(which))
    if (conversation === undefined) return notFound()
    const { id } = conversation
    if (below === undefined && method === 'DELETE') {
      // DeleteObjectJob: it answers first.
      if (lingers() === 0) account.dropConversation(id)
      else conversation.lingers = lingers()
      return ok()
    }
    if (below === undefined && method === 'GET') {
      if (conversation.lingers !== undefined && (conversation.lingers -= 1) < 0) {
        account.dropConversation(id)
        return notFound()
      }
      return ok(staffConversation(conversation, contacts.get(conversation.contact)))
    }
    if (below === 'messages' && method === 'GET') {
      const after = Number(query.get('after'))
      const page = account.of(id).filter((one) => one.id > after)
      return ok({ meta: {}, payload: page.slice(0, 100).map(staffMessage) })
    }
    if (method !== 'POST') return notFound()
    if (below === 'custom_attributes') {
      const wrong = checked(body, { custom_attributes: 'object' })
      if (wrong !== undefined) return wrong
      conversation.attributes = body['custom_attributes'] as Record<string, unknown>
      happened({ changed: id })
      return ok({ custom_attributes: conversation.attributes })
    }
    if (below !== 'messages') return notFound()
    const wrong = checked(body, { content: 'string', message_type: 'string', private: 'boolean' })
    if (wrong !== undefined) return wrong
    const message = account.say({
      conversation: id,
      type: 1,
      private: body['private'] === true,
      content: String(body['content']),
    })
    happened({ message })
    return ok(staffMessage(message))
  }

  return (call) => {
    const path = /^\/(public\/api\/v1\/inboxes|api\/v1\/accounts)\/(.+)$/u.exec(call.path)
    if (path?.[1] === undefined || path[2] === undefined) return notFound()
    const below = { ...call, path: decodeURIComponent(path[2]) }
    return path[1].startsWith('public') ? publicCall(below) : staffCall(below)
  }
}

function checked(body: Record<string, unknown>, fields: Record<string, string>): Answer | undefined {
  for (const key of Object.keys(body))
    if (!(key in fields)) return refuse(400, `There is no such field: ${key}`)
  for (const [key, type] of Object.entries(fields))
    if (typeof body[key] !== type) return refuse(400, `${key} is missing`)
  return undefined
}
