import { type ApiResult, type Payload, refuse } from './api-result.ts'

/** Published fields that the fake does not act on; it says so instead of pretending. */
export const UNPLAYED: Readonly<Record<string, readonly string[]>> = {
  setWebhook: ['certificate'],
  sendMessage: [
    'business_connection_id',
    'message_thread_id',
    'direct_messages_topic_id',
    'parse_mode',
    'entities',
    'allow_paid_broadcast',
    'suggested_post_parameters',
    'message_effect_id',
    'reply_parameters',
  ],
  sendVoice: [
    'business_connection_id',
    'message_thread_id',
    'direct_messages_topic_id',
    'caption',
    'parse_mode',
    'caption_entities',
    'allow_paid_broadcast',
    'message_effect_id',
    'suggested_post_parameters',
    'reply_parameters',
    'reply_markup',
  ],
  answerCallbackQuery: ['url'],
}

/** undefined when everything in the payload is played. */
export function checkPlayed(method: string, payload: Payload): ApiResult | undefined {
  const name = UNPLAYED[method]?.find((field) => payload[field] !== undefined)
  return name === undefined ? undefined : refuse(400, `Bad Request: the fake does not play ${method}.${name}`)
}
