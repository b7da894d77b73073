import type { FakeContact, FakeConversation, FakeMessage } from './account.ts'

/** What the fake answers, with the fields of the jbuilder views that were read. */
export interface Answer {
  status: number
  body?: unknown
}
export const ok = (body?: unknown): Answer => ({ status: 200, body })
export const refuse = (status: number, error: string): Answer => ({ status, body: { error } })
export const notFound = () => refuse(404, 'Resource could not be found')

/** public/api/v1/models/_message */
export const publicMessage = (one: FakeMessage) => ({
  id: one.id,
  content: one.content,
  message_type: one.type,
  content_type: one.contentType,
  content_attributes: one.attributes,
  created_at: 1_700_000_000 + one.id,
  conversation_id: one.conversation,
})

/** api/v1/models/_message */
export const staffMessage = (one: FakeMessage) => ({
  ...publicMessage(one),
  inbox_id: 7,
  status: 'sent',
  private: one.private,
  source_id: null,
  ...(one.sender === undefined ? {} : { sender: { id: 1, name: 'Someone', ...one.sender } }),
  ...(one.attachments.length === 0 ? {} : { attachments: one.attachments }),
})

/** api/v1/conversations/partials/_conversation */
export const staffConversation = (one: FakeConversation, contact: FakeContact | undefined) => ({
  meta: {
    sender: { id: one.contact, name: contact?.name },
    channel: 'Channel::Api',
    ...(one.assignee === undefined ? {} : { assignee: { id: one.assignee, name: 'Agent' } }),
  },
  id: one.id,
  status: one.status,
  inbox_id: 7,
  account_id: 3,
  custom_attributes: one.attributes,
  messages: [],
})
