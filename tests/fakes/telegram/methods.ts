/**
 * The published fields of the methods that the fake plays, written down from the type declarations of Bot API 10.3
 * (@grammyjs/types 5.0.0). The real server ignores a field that it does not know; the fake refuses it, so that a
 * misspelt one cannot pass for a working one.
 */
export type ApiResult =
  | { ok: true; result: unknown }
  | { ok: false; error_code: number; description: string; parameters?: { retry_after: number } }

export type Payload = Record<string, unknown>

export function accept(result: unknown): ApiResult {
  return { ok: true, result }
}

export function refuse(error_code: number, description: string): ApiResult {
  return { ok: false, error_code, description }
}

type Kind = 'whole' | 'text' | 'flag' | 'chat' | 'object' | 'list'
/** unplayed: published, but the fake does not act on it, so it says so instead of pretending. */
type Field = { kind: Kind; required?: true; unplayed?: true }

const need = (kind: Kind): Field => ({ kind, required: true })
const may = (kind: Kind): Field => ({ kind })
const unplayed = (kind: Kind): Field => ({ kind, unplayed: true })

export const METHODS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  getMe: {},
  getWebhookInfo: {},
  getUpdates: {
    offset: may('whole'),
    limit: may('whole'),
    timeout: may('whole'),
    allowed_updates: may('list'),
  },
  setWebhook: {
    url: need('text'),
    certificate: unplayed('object'),
    ip_address: may('text'),
    max_connections: may('whole'),
    allowed_updates: may('list'),
    drop_pending_updates: may('flag'),
    secret_token: may('text'),
  },
  deleteWebhook: { drop_pending_updates: may('flag') },
  sendMessage: {
    business_connection_id: unplayed('text'),
    chat_id: need('chat'),
    message_thread_id: unplayed('whole'),
    direct_messages_topic_id: unplayed('whole'),
    ephemeral_message_parameters: unplayed('object'),
    text: need('text'),
    parse_mode: unplayed('text'),
    entities: unplayed('list'),
    link_preview_options: may('object'),
    disable_notification: may('flag'),
    protect_content: may('flag'),
    allow_paid_broadcast: unplayed('flag'),
    suggested_post_parameters: unplayed('object'),
    message_effect_id: unplayed('text'),
    reply_parameters: unplayed('object'),
    reply_markup: may('object'),
    reply_to_message_id: unplayed('whole'),
  },
  answerCallbackQuery: {
    callback_query_id: need('text'),
    text: may('text'),
    show_alert: may('flag'),
    url: unplayed('text'),
    cache_time: may('whole'),
  },
  deleteMessage: { chat_id: need('chat'), message_id: need('whole') },
  deleteMessages: { chat_id: need('chat'), message_ids: need('list') },
  leaveChat: { chat_id: need('chat') },
  setMyCommands: { commands: need('list'), scope: may('object'), language_code: may('text') },
}

/** undefined when the payload has the published form. */
export function checkFields(method: string, payload: Payload): ApiResult | undefined {
  const fields = METHODS[method]
  if (fields === undefined) return refuse(404, 'Not Found')
  for (const name of Object.keys(payload)) {
    const field = fields[name]
    if (field === undefined) return refuse(400, `Bad Request: ${method} has no field ${name}`)
    if (field.unplayed) return refuse(400, `Bad Request: the fake does not play ${method}.${name}`)
    if (!fits(field.kind, payload[name]))
      return refuse(400, `Bad Request: ${method}.${name} has the wrong type`)
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && payload[name] === undefined) return refuse(400, `Bad Request: ${name} is empty`)
  }
  return undefined
}

function fits(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'whole':
      return Number.isSafeInteger(value)
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'chat':
      return Number.isSafeInteger(value) || (typeof value === 'string' && /^(-?\d+|@\w{4,})$/.test(value))
    case 'list':
      return Array.isArray(value)
    default:
      return isObject(value)
  }
}

export function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
