import { autoRetry } from '@grammyjs/auto-retry'
import { Api, InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Sensitive } from '../../privacy/sensitive.ts'
import { type Answer, answered, read } from './answer.ts'
import { createProfileApi, type ProfileApi } from './profile-api.ts'
import { me, type Me, webhookInfo, type WebhookInfo } from './self.ts'

/**
 * The edge to Telegram: grammY as an API client and nothing more. The token stands in every URL and grammY's errors
 * carry URL, chat id and text in their nested parts, so no error leaves it: each call resolves to an `Answer`
 * whose refusal is made of fixed words and numbers. Redirects are refused, because following one would hand the token
 * to another host.
 */

export interface SentVoice {
  message: number | undefined
  file: string | undefined
}

export interface BotApi extends ProfileApi {
  getMe(): Promise<Answer<Me>>
  getWebhookInfo(): Promise<Answer<WebhookInfo>>
  /**
   * From now on Telegram delivers to `url`, with the secret in a header of every call. Pending updates are kept, and
   * only `ALLOWED_UPDATES` come. The secret is 1 to 256 of A-Z a-z 0-9 _ -; connections are 1 to 100.
   */
  setWebhook(webhook: {
    url: string
    secret: Sensitive<string>
    maxConnections: number
  }): Promise<Answer<unknown>>
  /** Pending updates are kept: among them may be a call for help. */
  deleteWebhook(): Promise<Answer<unknown>>
  /** Waits up to `POLL_SECONDS` for something new; `signal` ends the wait. What comes back is not checked yet. */
  poll(offset: number | undefined, signal: AbortSignal): Promise<Answer<unknown>>
  /** Tells Telegram that everything below `offset` was handled, without waiting for more. */
  confirm(offset: number): Promise<Answer<unknown>>
  /** Resolves to the new message's id where Telegram told it. */
  sendMessage(
    chat: number,
    text: string,
    keyboard: InlineKeyboardMarkup | undefined,
  ): Promise<Answer<number | undefined>>
  /** Without text: it only ends the spinner on the pressed button. */
  /** `voice`: bytes of a new recording, or the id under which Telegram has it already. Resolves to both ids. */
  sendVoice(chat: number, voice: Uint8Array<ArrayBuffer> | string): Promise<Answer<SentVoice>>
  answerCallbackQuery(id: string): Promise<Answer<unknown>>
  deleteMessage(chat: number, id: number): Promise<Answer<unknown>>
  /** 1 to 100 ids; unknown ones are skipped by Telegram, one that is too old refuses all of them. */
  deleteMessages(chat: number, ids: number[]): Promise<Answer<unknown>>
  leaveChat(chat: number): Promise<Answer<unknown>>
}

type GrammySignal = NonNullable<Parameters<Api['getUpdates']>[1]>

/** grammY types its signal by a polyfill, and uses the three members that both have. */
function isGrammySignal(signal: unknown): signal is GrammySignal {
  return signal instanceof AbortSignal
}

/** Seconds that Telegram holds a poll open. */
export const POLL_SECONDS = 30

/** What we want to hear of, and nothing else. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** Two tries and two short waits must fit into the 30 s that a channel may take: 2 x (12 + 2) = 28. */
const CALL_SECONDS = 12
const SHORT_WAIT_SECONDS = 2

export function createBotApi(token: Sensitive<string>, apiRoot: string): BotApi {
  const options = { apiRoot: apiRoot.replace(/\/+$/, ''), baseFetchConfig: { redirect: 'error' as const } }
  const quick = new Api(token.reveal(), { ...options, timeoutSeconds: CALL_SECONDS })
  // Only a short "too many requests" is waited out here; long waits, 5xx and cut lines are the courier's business.
  quick.config.use(
    autoRetry({
      maxRetryAttempts: 1,
      maxDelaySeconds: SHORT_WAIT_SECONDS,
      rethrowInternalServerErrors: true,
      rethrowHttpErrors: true,
    }),
  )
  const patient = new Api(token.reveal(), { ...options, timeoutSeconds: POLL_SECONDS + CALL_SECONDS })

  return {
    ...createProfileApi(quick),
    getMe: () => read(me, quick.getMe()),
    getWebhookInfo: () => read(webhookInfo, quick.getWebhookInfo()),
    setWebhook: ({ url, secret, maxConnections }) =>
      answered(
        quick.setWebhook(url, {
          secret_token: secret.reveal(),
          max_connections: maxConnections,
          allowed_updates: ALLOWED_UPDATES,
          drop_pending_updates: false,
        }),
      ),
    deleteWebhook: () => answered(quick.deleteWebhook({ drop_pending_updates: false })),
    poll: (offset, signal) =>
      answered(
        patient.getUpdates(
          {
            ...(offset === undefined ? {} : { offset }),
            limit: 100,
            timeout: POLL_SECONDS,
            allowed_updates: ALLOWED_UPDATES,
          },
          isGrammySignal(signal) ? signal : undefined,
        ),
      ),
    confirm: (offset) => answered(quick.getUpdates({ offset, limit: 1, timeout: 0 })),
    sendMessage: (chat, text, keyboard) =>
      answered(
        quick
          .sendMessage(chat, text, {
            link_preview_options: { is_disabled: true },
            ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
          })
          .then((message: { message_id?: number } | undefined) => message?.message_id),
      ),
    sendVoice: (chat, voice) =>
      answered(
        quick
          .sendVoice(chat, typeof voice === 'string' ? voice : new InputFile(voice, 'voice.ogg'))
          .then((message: { message_id?: number; voice?: { file_id?: string } } | undefined) => ({
            message: message?.message_id,
            file: message?.voice?.file_id,
          })),
      ),
    answerCallbackQuery: (id) => answered(quick.answerCallbackQuery(id)),
    deleteMessage: (chat, id) => answered(quick.deleteMessage(chat, id)),
    deleteMessages: (chat, ids) => answered(quick.deleteMessages(chat, ids)),
    leaveChat: (chat) => answered(quick.leaveChat(chat)),
  }
}
