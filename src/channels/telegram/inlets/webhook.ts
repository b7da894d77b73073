import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../../../operations/environment.ts'
import type { Sensitive } from '../../../privacy/sensitive.ts'
import type { Intake } from '../../intake.ts'
import { serveWebhook, type WebhookOutcome } from '../../webhook.ts'
import type { BotApi } from '../bot-api.ts'
import type { EventLog } from '../events.ts'
import { readDelivery } from '../updates/read-delivery.ts'
import { readUpdate } from '../updates/read-update.ts'
import type { Update } from '../updates/update.ts'
import type { Wait } from '../wait.ts'
import type { Inlet } from './inlet.ts'
import { tokenRefused } from './token-refused.ts'
import { createTrouble } from './trouble.ts'

/**
 * Updates that Telegram delivers to `POST /webhooks/telegram`. Who does not know the secret is refused before a byte
 * is parsed. Telegram is told 200 when the update was committed or can never be read, and 503 otherwise, upon which it
 * delivers it again; the event id makes a repeat harmless downstream. It polls never, and neither sets nor removes
 * the webhook: that is the operator's doing, by `lantern setup`.
 */
export interface WebhookParts {
  api: BotApi
  secretHash: Buffer
  counted(outcome: WebhookOutcome): void
  intake: Intake
  clock: Clock
  wait: Wait
  log: EventLog
  /** Ends the spinner on a pressed button; not waited for. */
  answer(press: Sensitive<string>): void
  leave(chat: number): void
}

/** So many of the newest updates are known again when they are repeated: no button is answered twice for one press. */
const REMEMBERED = 1_000

export function createWebhook(parts: WebhookParts): Inlet {
  const { api, log, wait } = parts
  const seen = new Set<number>()
  const handling = new Set<Promise<unknown>>()
  const trouble = createTrouble(log, 'telegram.listening')
  let stopped = false
  let checking: { ending: AbortController; ended: Promise<unknown> } | undefined

  /** So that the operator hears when a line that was down at the start is up, or that the token never worked. */
  async function checkAgain(firstPause: number, signal: AbortSignal): Promise<void> {
    let pause = firstPause
    while (!signal.aborted) {
      await wait(pause, signal)
      if (signal.aborted) return
      const me = await api.getMe()
      if (me.ok) return trouble.over()
      pause = trouble.met(me.refusal)
    }
  }

  async function handle(body: Buffer): Promise<'taken' | 'waiting' | 'nonsense'> {
    // Whoever runs next takes it; this process is on its way out.
    if (stopped) return 'waiting'
    const given = readDelivery(body)
    if (given === undefined) {
      log.event('telegram.updateUnreadable')
      return 'nonsense'
    }
    const { inbound, pressed, leave } = readUpdate(given, parts.clock.now())
    if ((pressed !== undefined || leave !== undefined) && firstTime(given)) {
      if (pressed !== undefined) parts.answer(pressed)
      if (leave !== undefined) parts.leave(leave)
    }
    if (inbound === undefined) return 'taken'
    return (await parts.intake.take([inbound])) ? 'taken' : 'waiting'
  }

  function firstTime({ update_id: id }: Update): boolean {
    if (seen.has(id)) return false
    seen.add(id)
    const [oldest] = seen
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest)
    return true
  }

  return {
    routes(server) {
      serveWebhook(server, {
        path: '/webhooks/telegram',
        verified: ({ [SECRET_HEADER]: given }: IncomingHttpHeaders) =>
          typeof given === 'string' && timingSafeEqual(hashOfSecret(given), parts.secretHash),
        handle(body) {
          const begun = handle(body)
          const over = () => handling.delete(begun)
          handling.add(begun)
          begun.then(over, over)
          return begun
        },
        counted: parts.counted,
      })
    },
    async start() {
      if (checking !== undefined) return
      stopped = false
      const ending = new AbortController()
      const asked = api.getMe()
      const run = { ending, ended: asked as Promise<unknown> }
      checking = run
      const me = await asked
      if (me.ok) return trouble.over()
      if (me.refusal.kind === 'token') {
        checking = undefined
        throw tokenRefused()
      }
      run.ended = checkAgain(trouble.met(me.refusal), ending.signal)
    },
    async stop() {
      stopped = true
      const run = checking
      checking = undefined
      run?.ending.abort()
      await Promise.allSettled([run?.ended, ...handling])
    },
  }
}

/** A header that came twice is joined by a comma, which stands in no secret. */
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

/** Both sides are hashed before they are compared: equal lengths, and no byte of the secret to be felt for in time. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
