import type { Clock } from '../../operations/environment.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { Channel, Receive } from '../channel.ts'
import { createBotApi } from './bot-api.ts'
import { deleteMessages } from './delete-messages.ts'
import type { EventLog } from './events.ts'
import { poll, prepare } from './poll.ts'
import { sendMessage } from './send-message.ts'
import { createBatches } from './take-batch.ts'
import { wait as realWait, type Wait } from './wait.ts'

/**
 * Telegram by long polling. Guarantees: an update is confirmed to Telegram only after `receive` committed it; messages
 * of one chat keep their order; only private chats are heard; nothing that leaves this folder (outcome, error, log
 * event) holds the token, a chat id or a text. Refuses to start on a token that Telegram refuses; anything else that
 * is wrong with the line is waited out.
 */
export interface TelegramParts {
  token: Sensitive<string>
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  apiRoot: string
  receive: Receive
  clock: Clock
  log: EventLog
  /** Default: real time. */
  wait?: Wait
}

export interface Telegram {
  channel: Channel
  /** Resolves once polling has begun. Rejects with a `TelegramFault` when Telegram refuses the token. */
  start(): Promise<void>
  /** Resolves when nothing is under way any more: events that were begun are committed or left for the next start. */
  stop(): Promise<void>
}

/** What `start` rejects with: an `Error` of this code whose message tells the operator what to do. */
export const TOKEN_REFUSED = 'telegram.tokenRefused'

export function createTelegram(parts: TelegramParts): Telegram {
  const { receive, clock, log, wait = realWait } = parts
  const api = createBotApi(parts.token, parts.apiRoot)
  const asides = createAsides()
  const batches = createBatches({
    receive,
    clock,
    wait,
    answer: (press) => asides.add(api.answerCallbackQuery(press.reveal())),
    leave(chat) {
      log.event('telegram.leftGroup')
      asides.add(api.leaveChat(chat))
    },
    skipped: (why) => log.event(why === 'failing' ? 'telegram.updateGivenUp' : 'telegram.updateUnreadable'),
  })
  let running: Run | undefined

  return {
    channel: {
      name: 'telegram',
      send: (to, message) => sendMessage(api, to, message),
      forget: (from, messageIds) => deleteMessages({ api, clock, wait }, from, messageIds),
    },
    async start() {
      if (running !== undefined) return
      const stopping = new AbortController()
      const ready = prepare(api)
      const run: Run = { stopping, ended: ready }
      running = run
      const outcome = await ready
      if (!outcome.ok && outcome.refusal.kind === 'token') {
        running = undefined
        throw tokenRefused()
      }
      // Where the line was down just now, the loop prepares again.
      run.ended = poll({ api, batches, wait, log, prepared: outcome.ok }, stopping.signal)
    },
    async stop() {
      if (running === undefined) return
      const run = running
      running = undefined
      run.stopping.abort()
      await run.ended
      await asides.settled()
    },
  }
}

interface Run {
  stopping: AbortController
  ended: Promise<unknown>
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

function tokenRefused(): Error {
  return Object.assign(
    new Error(
      'Telegram refuses TELEGRAM_BOT_TOKEN. Copy it again from BotFather, or check TELEGRAM_API_URL.',
    ),
    { name: 'TelegramFault', code: TOKEN_REFUSED },
  )
}
