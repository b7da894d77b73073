import { type ApiResult, isObject, type Payload, refuse } from './api-result.ts'

/**
 * The published fields of the methods that we call or plan to call, word for word as Telegram's reference gives them:
 * name, type, and '?' where it is not required. Source: Bot API 10.0 of 8 May 2026, as the generated catalogue of
 * github.com/tgapis/botapidocs (docs/data.js at 124f95b5dd4c268c56050c9955595ccde045acbb) repeats
 * core.telegram.org/bots/api; nobody of ours read it into types of ours. published-fields.test.ts holds it against a
 * second source, the declarations of Bot API 10.3 in @grammyjs/types 5.0.0, and names every difference.
 *
 * The real server ignores a field that it does not know; the fake refuses it, so that a misspelt one cannot pass for a
 * working one.
 */
export const PUBLISHED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  getUpdates: {
    offset: 'Integer?',
    limit: 'Integer?',
    timeout: 'Integer?',
    allowed_updates: 'Array of String?',
  },
  setWebhook: {
    url: 'String',
    certificate: 'InputFile?',
    ip_address: 'String?',
    max_connections: 'Integer?',
    allowed_updates: 'Array of String?',
    drop_pending_updates: 'Boolean?',
    secret_token: 'String?',
  },
  deleteWebhook: { drop_pending_updates: 'Boolean?' },
  getWebhookInfo: {},
  getMe: {},
  sendMessage: {
    business_connection_id: 'String?',
    chat_id: 'Integer | String',
    message_thread_id: 'Integer?',
    direct_messages_topic_id: 'Integer?',
    text: 'String',
    parse_mode: 'String?',
    entities: 'Array of MessageEntity?',
    link_preview_options: 'LinkPreviewOptions?',
    disable_notification: 'Boolean?',
    protect_content: 'Boolean?',
    allow_paid_broadcast: 'Boolean?',
    message_effect_id: 'String?',
    suggested_post_parameters: 'SuggestedPostParameters?',
    reply_parameters: 'ReplyParameters?',
    reply_markup: 'InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply?',
  },
  sendVoice: {
    business_connection_id: 'String?',
    chat_id: 'Integer | String',
    message_thread_id: 'Integer?',
    direct_messages_topic_id: 'Integer?',
    voice: 'InputFile | String',
    caption: 'String?',
    parse_mode: 'String?',
    caption_entities: 'Array of MessageEntity?',
    duration: 'Integer?',
    disable_notification: 'Boolean?',
    protect_content: 'Boolean?',
    allow_paid_broadcast: 'Boolean?',
    message_effect_id: 'String?',
    suggested_post_parameters: 'SuggestedPostParameters?',
    reply_parameters: 'ReplyParameters?',
    reply_markup: 'InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply?',
  },
  leaveChat: { chat_id: 'Integer | String' },
  answerCallbackQuery: {
    callback_query_id: 'String',
    text: 'String?',
    show_alert: 'Boolean?',
    url: 'String?',
    cache_time: 'Integer?',
  },
  setMyCommands: { commands: 'Array of BotCommand', scope: 'BotCommandScope?', language_code: 'String?' },
  getMyCommands: { scope: 'BotCommandScope?', language_code: 'String?' },
  setMyName: { name: 'String?', language_code: 'String?' },
  getMyName: { language_code: 'String?' },
  setMyDescription: { description: 'String?', language_code: 'String?' },
  getMyDescription: { language_code: 'String?' },
  setMyShortDescription: { short_description: 'String?', language_code: 'String?' },
  getMyShortDescription: { language_code: 'String?' },
  deleteMessage: { chat_id: 'Integer | String', message_id: 'Integer' },
  deleteMessages: { chat_id: 'Integer | String', message_ids: 'Array of Integer' },
}

/** undefined when the payload has the published form. */
export function checkFields(method: string, payload: Payload): ApiResult | undefined {
  const fields = Object.hasOwn(PUBLISHED, method) ? PUBLISHED[method] : undefined
  if (fields === undefined) return refuse(404, 'Not Found')
  for (const [name, value] of Object.entries(payload)) {
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (type === undefined) return refuse(400, `Bad Request: ${method} has no field ${name}`)
    if (!fits(type.replace(/\?$/, ''), value))
      return refuse(400, `Bad Request: ${method}.${name} has the wrong type`)
  }
  const missing = Object.entries(fields).find(
    ([name, type]) => !type.endsWith('?') && payload[name] === undefined,
  )
  return missing === undefined ? undefined : refuse(400, `Bad Request: ${missing[0]} is empty`)
}

function fits(type: string, value: unknown): boolean {
  if (type.includes(' | ')) return type.split(' | ').some((one) => fits(one, value))
  if (type.startsWith('Array of ')) {
    const element = type.slice('Array of '.length)
    return Array.isArray(value) && value.every((one) => fits(element, one))
  }
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value)
    case 'String':
      return typeof value === 'string'
    case 'Boolean':
      return typeof value === 'boolean'
    default:
      return isObject(value)
  }
}
