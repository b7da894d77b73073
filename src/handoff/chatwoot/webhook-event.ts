import { z } from 'zod'

/**
 * What is taken out of a signed webhook call: that something happened in a conversation, and in which message. Its text
 * is not read here. `message_created` carries the conversation inside, the `conversation_*` events are one themselves
 * (app/listeners/webhook_listener.rb; the id is the number that agents see).
 */
export type WebhookEvent =
  | { kind: 'happened'; account: number | undefined; conversation: number; message: number | undefined }
  /** Of no interest: what she wrote herself, private notes, and events that say nothing of a case. */
  | { kind: 'other' }

const id = z.number().int().positive()
const messageEvent = z.object({
  event: z.literal('message_created'),
  id,
  message_type: z.union([z.string(), z.number()]),
  private: z.boolean().nullish(),
  conversation: z.object({ id }),
  account: z.object({ id }).nullish(),
})
const conversationEvent = z.object({
  event: z.enum(['conversation_status_changed', 'conversation_updated']),
  id,
  account: z.object({ id }).nullish(),
})
const anyEvent = z.object({ event: z.string() })

/** undefined for what is no event of Chatwoot's. */
export function eventIn(body: Buffer): WebhookEvent | undefined {
  const json = parsed(body)
  const message = messageEvent.safeParse(json)
  if (message.success) {
    const { message_type: type, private: isPrivate, conversation, account } = message.data
    if ((type !== 'outgoing' && type !== 1) || isPrivate === true) return { kind: 'other' }
    return {
      kind: 'happened',
      account: account?.id,
      conversation: conversation.id,
      message: message.data.id,
    }
  }
  const changed = conversationEvent.safeParse(json)
  if (changed.success)
    return {
      kind: 'happened',
      account: changed.data.account?.id,
      conversation: changed.data.id,
      message: undefined,
    }
  const known = anyEvent.safeParse(json)
  if (!known.success || SHAPED.has(known.data.event)) return undefined
  return { kind: 'other' }
}

/** One of these without the published form is nonsense. */
const SHAPED = new Set(['message_created', 'conversation_status_changed', 'conversation_updated'])

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
