import { randomUUID } from 'node:crypto'

/** What a Chatwoot account holds, as far as the fake plays it. Ids are small numbers, as there. */
export interface FakeMessage {
  id: number
  conversation: number
  content: string | null
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  type: 0 | 1 | 2 | 3
  private: boolean
  sender: { type: 'user' | 'contact' | 'agent_bot' } | undefined
  attachments: unknown[]
  attributes: Record<string, unknown>
  contentType: string
}
export interface FakeContact {
  id: number
  identifier: string
  name: string
  sources: string[]
}
export interface FakeConversation {
  id: number
  contact: number
  source: string
  status: 'open' | 'resolved' | 'pending'
  assignee: number | undefined
  attributes: Record<string, unknown>
  /** So many looks still see it after it was deleted. */
  lingers: number | undefined
}

export interface Account {
  contacts: Map<number, FakeContact>
  conversations: Map<number, FakeConversation>
  messages: FakeMessage[]
  /** Found again by its identifier, with another source id, as ContactInboxWithContactBuilder does. */
  contact(identifier: string, name: string): { contact: FakeContact; source: string }
  bySource(source: string): FakeContact | undefined
  converse(contact: FakeContact, source: string, attributes: Record<string, unknown>): FakeConversation
  /** An incoming message opens what was resolved. Nothing is known again by its echo_id. */
  say(message: Pick<FakeMessage, 'conversation' | 'content' | 'type'> & Partial<FakeMessage>): FakeMessage
  of(conversation: number): FakeMessage[]
  dropConversation(id: number): void
}

export function createAccount(): Account {
  let last = 100
  const next = () => (last += 1)
  const contacts = new Map<number, FakeContact>()
  const conversations = new Map<number, FakeConversation>()
  const account: Account = {
    contacts,
    conversations,
    messages: [],
    contact(identifier, name) {
      const known = Array.from(contacts.values()).find((one) => one.identifier === identifier)
      const contact = known ?? { id: next(), identifier, name, sources: [] }
      const source = randomUUID()
      contact.sources.push(source)
      contacts.set(contact.id, contact)
      return { contact, source }
    },
    bySource: (source) => Array.from(contacts.values()).find(({ sources }) => sources.includes(source)),
    converse(contact, source, attributes) {
      const conversation: FakeConversation = {
        id: next(),
        contact: contact.id,
        source,
        status: 'open',
        assignee: undefined,
        attributes,
        lingers: undefined,
      }
      conversations.set(conversation.id, conversation)
      return conversation
    },
    say(given) {
      const message: FakeMessage = {
        id: next(),
        private: false,
        sender: { type: given.type === 0 ? 'contact' : 'user' },
        attachments: [],
        attributes: {},
        contentType: 'text',
        ...given,
      }
      const conversation = conversations.get(message.conversation)
      if (conversation !== undefined && message.type === 0 && conversation.status === 'resolved')
        conversation.status = 'open'
      account.messages.push(message)
      return message
    },
    of: (conversation) => account.messages.filter((one) => one.conversation === conversation),
    dropConversation(id) {
      conversations.delete(id)
      account.messages = account.messages.filter(({ conversation }) => conversation !== id)
    },
  }
  return account
}
