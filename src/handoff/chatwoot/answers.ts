import { z } from 'zod'

/**
 * What is read of Chatwoot's answers, and no more. Read in chatwoot/chatwoot: public/api/v1/models (`_contact`,
 * `_conversation`, `_message`), api/v1/models/_message, api/v1/conversations/partials/_conversation. Whatever lacks one
 * of these is not taken for an answer of Chatwoot's.
 */
const number = z.number().int().positive()

export const contactMade = z.object({ id: number, source_id: z.string().min(1).max(200) })
export const numbered = z.object({ id: number })
export const listed = z.array(numbered)
export const listedPayload = z.object({ payload: z.array(numbered) })
export const contactsFound = z.object({
  payload: z.array(z.object({ id: number, name: z.string().nullish(), identifier: z.string().nullish() })),
})

const message = z.object({
  id: number,
  content: z.string().nullish(),
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  message_type: z.number().int(),
  private: z.boolean(),
  content_type: z.string().nullish(),
  content_attributes: z.record(z.string(), z.unknown()).nullish(),
  sender: z.object({ type: z.string().nullish() }).nullish(),
  attachments: z.array(z.unknown()).nullish(),
})
export const messagesListed = z.object({ payload: z.array(message) })
export type ListedMessage = z.infer<typeof message>

export const conversationShown = z.object({
  status: z.string(),
  meta: z.object({ assignee: z.object({ id: number }).nullish() }),
})
export type ShownConversation = z.infer<typeof conversationShown>
