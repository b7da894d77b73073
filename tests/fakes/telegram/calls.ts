import type { Clock } from '../../../src/operations/environment.ts'
import { accept, type ApiResult, type Payload, refuse } from './api-result.ts'
import { BOT, type Chats, messageOf } from './chats.ts'
import { checkPreview, checkText, readKeyboard } from './limits.ts'
import { checkPlayed } from './methods.ts'
import { createRecordings } from './recordings.ts'
import { createProfile } from './profile.ts'
import { checkFields } from './published-fields.ts'
import type { Updates } from './updates.ts'

/** What each method does, once its fields have the published form. */
export interface Calls {
  handle(method: string, payload: Payload, gone: Promise<void>): Promise<ApiResult>
  /** Notes a pressed button, and resolves to the id under which it must be answered. */
  pressed(): string
  answered(queryId: string): boolean
  /** The ids of recordings that were given out mean nothing any more. */
  forgetRecordings(): void
  /** The methods that are played. */
  names: readonly string[]
}

const PRESS_MS = 150_000
/** Telegram delivers to four ports and by TLS only. */
const WEBHOOK_URL = /^https:\/\/[^/:]+(:(443|80|88|8443))?(\/|$)/
/** The fake delivers nowhere else. */
export const LOOPBACK_URL = /^http:\/\/127\.0\.0\.1(:\d+)?(\/|$)/

export function createCalls(clock: Clock, chats: Chats, updates: Updates): Calls {
  const presses = new Map<string, { at: number; answered: boolean }>()
  const recordings = createRecordings()
  const profile = createProfile(String(BOT['first_name']))

  const methods: Record<string, (payload: Payload, gone: Promise<void>) => ApiResult | Promise<ApiResult>> = {
    getMe: () =>
      accept({
        ...BOT,
        can_join_groups: false,
        can_read_all_group_messages: false,
        supports_inline_queries: false,
        supports_guest_queries: false,
        can_connect_to_business: false,
        has_main_web_app: false,
        has_topics_enabled: false,
        allows_users_to_create_topics: false,
        can_manage_bots: false,
        supports_join_request_queries: false,
      }),
    getUpdates: (payload, gone) => updates.poll(payload, gone),
    getWebhookInfo: () =>
      accept({
        url: updates.webhook().url,
        has_custom_certificate: false,
        pending_update_count: updates.pending().length,
        ...updates.lastError(),
        max_connections: updates.webhook().maxConnections,
        allowed_updates: updates.allowed(),
      }),
    setWebhook,
    deleteWebhook({ drop_pending_updates: drop }) {
      updates.setWebhook({ url: '' })
      if (drop === true) updates.drop()
      return accept(true)
    },
    sendMessage,
    sendVoice,
    answerCallbackQuery({ callback_query_id: id, text }) {
      const press = typeof id === 'string' ? presses.get(id) : undefined
      if (typeof text === 'string' && text.length > 200) return refuse(400, 'Bad Request: MESSAGE_TOO_LONG')
      if (press === undefined || clock.now() - press.at >= PRESS_MS) {
        return refuse(
          400,
          'Bad Request: query is too old and response timeout expired or query ID is invalid',
        )
      }
      press.answered = true
      return accept(true)
    },
    deleteMessage: ({ chat_id: chat, message_id: id }) => chats.deleteOne(chat, Number(id)),
    deleteMessages: ({ chat_id: chat, message_ids: ids }) => chats.deleteMany(chat, ids),
    leaveChat: ({ chat_id: chat }) => chats.leave(chat),
    ...profile.methods,
  }

  function setWebhook(payload: Payload): ApiResult {
    const { url, secret_token: secret, max_connections: connections } = payload
    if (typeof url !== 'string') return refuse(400, 'Bad Request: url is empty')
    if (url !== '' && !WEBHOOK_URL.test(url) && !LOOPBACK_URL.test(url)) {
      return refuse(400, 'Bad Request: bad webhook: an HTTPS URL must be provided for webhook')
    }
    if (typeof secret === 'string' && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
      return refuse(400, 'Bad Request: secret token contains unallowed characters')
    }
    if (typeof connections === 'number' && (connections < 1 || connections > 100)) {
      return refuse(400, 'Bad Request: max_connections is 1-100')
    }
    const wrong = updates.allow(payload['allowed_updates'])
    if (wrong !== undefined) return wrong
    if (payload['drop_pending_updates'] === true) updates.drop()
    updates.setWebhook({
      url,
      ...(typeof secret === 'string' ? { secret } : {}),
      ...(typeof connections === 'number' ? { maxConnections: connections } : {}),
    })
    return accept(true)
  }

  function sendMessage(payload: Payload): ApiResult {
    const text = typeof payload['text'] === 'string' ? payload['text'] : ''
    const wrong = checkText(text) ?? checkPreview(payload['link_preview_options'])
    if (wrong !== undefined) return wrong
    const keyboard = readKeyboard(payload['reply_markup'])
    if ('ok' in keyboard) return keyboard
    const chat = chats.writable(payload['chat_id'])
    if ('ok' in chat) return chat
    return accept(messageOf(chat, chats.post(chat, { from: 'bot', text, buttons: keyboard })))
  }

  function sendVoice(payload: Payload): ApiResult {
    const file = recordings.fileOf(payload['voice'])
    if (typeof file !== 'string') return file
    const chat = chats.writable(payload['chat_id'])
    if ('ok' in chat) return chat
    const posted = chats.post(chat, { from: 'bot', text: undefined, buttons: [], voice: file })
    return accept({ ...messageOf(chat, posted), voice: recordings.describe(file) })
  }

  return {
    forgetRecordings: recordings.forget,
    async handle(method, payload, gone) {
      const wrong = checkFields(method, payload) ?? checkPlayed(method, payload)
      if (wrong !== undefined) return wrong
      return (await methods[method]?.(payload, gone)) ?? refuse(404, 'Not Found')
    },
    pressed() {
      const id = String(5_550_000_000 + presses.size)
      presses.set(id, { at: clock.now(), answered: false })
      return id
    },
    answered: (id) => presses.get(id)?.answered ?? false,
    names: Object.keys(methods),
  }
}
