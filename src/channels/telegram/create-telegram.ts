import type { Clock, Random } from '../../operations/environment.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { Channel, Pace, ReadVoice, Receive } from '../channel.ts'
import { createIntake } from '../intake.ts'
import type { WebhookOutcome } from '../webhook.ts'
import { createBotApi } from './bot-api.ts'
import { deleteMessages } from './delete-messages.ts'
import type { EventLog } from './events.ts'
import type { Inlet } from './inlets/inlet.ts'
import { createPolling } from './inlets/polling.ts'
import { sendMessage } from './send-message.ts'
import { createSendVoice } from './send-voice.ts'
import { createBatches } from './inlets/take-batch.ts'
import { wait as realWait, type Wait } from './wait.ts'
import { createWebhook, hashOfSecret } from './inlets/webhook.ts'

/**
 * Telegram, by long polling or by webhook. Guarantees: an update is confirmed to Telegram only after `receive`
 * committed it; messages of one chat keep their order; only private chats are heard; nothing that leaves this folder
 * (outcome, error, log event) holds the token, the secret, a chat id or a text. Refuses to start on a token that
 * Telegram refuses; anything else that is wrong with the line is waited out.
 */
export interface TelegramParts {
  token: Sensitive<string>
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  apiRoot: string
  receive: Receive
  clock: Clock
  log: EventLog
  /** The bytes of a recorded page; without it nothing is said aloud. */
  readVoice?: ReadVoice
  /** Default: real time. */
  wait?: Wait
  /** Given: updates come to `POST /webhooks/telegram`, and nothing is polled. Default: long polling. */
  webhook?: {
    secret: Sensitive<string>
    counted(outcome: WebhookOutcome): void
    random: Random
  }
}

export interface Telegram extends Inlet {
  channel: Channel
}

/** Telegram's limit is unpublished; about one message a second is known to be safe, short bursts are borne. */
const PACE: Pace = { burst: 3, everyMs: 1_000 }

export function createTelegram(parts: TelegramParts): Telegram {
  const { receive, clock, log, webhook, wait = realWait } = parts
  const api = createBotApi(parts.token, parts.apiRoot)
  const asides = createAsides()
  const answer = (press: Sensitive<string>) => asides.add(api.answerCallbackQuery(press.reveal()))
  const leave = (chat: number) => {
    log.event('telegram.leftGroup')
    asides.add(api.leaveChat(chat))
  }
  const shared = { api, clock, wait, log, answer, leave }
  const inlet =
    webhook === undefined
      ? createPolling({
          ...shared,
          batches: createBatches({
            ...shared,
            receive,
            skipped: (why) =>
              log.event(why === 'failing' ? 'telegram.updateGivenUp' : 'telegram.updateUnreadable'),
          }),
        })
      : createWebhook({
          ...shared,
          secretHash: hashOfSecret(webhook.secret.reveal()),
          counted: webhook.counted,
          intake: createIntake({
            receive,
            random: webhook.random,
            givenUp: () => log.event('telegram.updateGivenUp'),
          }),
        })

  return {
    channel: {
      name: 'telegram',
      pace: PACE,
      send: (to, message) => sendMessage(api, to, message),
      ...(parts.readVoice === undefined ? {} : { say: createSendVoice(api, parts.readVoice) }),
      forget: (from, messageIds) => deleteMessages({ api, clock, wait }, from, messageIds),
    },
    routes: inlet.routes,
    start: inlet.start,
    async stop() {
      await inlet.stop()
      await asides.settled()
    },
  }
}

/** Calls that nobody waits for while the bot runs; `stop` does. */
function createAsides() {
  const open = new Set<Promise<unknown>>()
  return {
    add(call: Promise<unknown>) {
      open.add(call)
      void call.finally(() => open.delete(call))
    },
    async settled() {
      await Promise.all(open)
    },
  }
}
