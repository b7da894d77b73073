import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { setImmediate as nextRound } from 'node:timers/promises'
import fastify, { type FastifyInstance } from 'fastify'
import type { Inbound, Receive } from '../../../src/channels/channel.ts'
import { createTelegram, type Telegram } from '../../../src/channels/telegram/create-telegram.ts'
import type { TelegramEvent } from '../../../src/channels/telegram/events.ts'
import type { WebhookOutcome } from '../../../src/channels/webhook.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { type FakeTelegram, startFakeTelegram } from '../../fakes/telegram/fake-telegram.ts'
import { START, told } from './start-bot.ts'

/** The channel behind a webhook, with a fake Telegram that delivers to it. */
export interface WebhookBed {
  fake: FakeTelegram
  clock: { time: number; now(): number }
  /** What `receive` was called with and took, in its order, e.g. `7 text hello`. */
  heard: string[]
  inbound: Inbound[]
  events: TelegramEvent[]
  waits: number[]
  /** Resolves when it has waited so often. */
  waited(times: number): Promise<void>
  counts: Partial<Record<WebhookOutcome, number>>
  /** Runs before an event is taken; a rejection means that it was not committed. */
  receive(script: Receive): void
  telegram: Telegram
  server: FastifyInstance
  /** The process ends and another begins on another port; Telegram is told of it. */
  restart(): Promise<void>
  /** A call that does not come from Telegram's own queue; resolves to its status. */
  post(body: string | Uint8Array, secrets?: readonly string[]): Promise<number>
  stop(): Promise<void>
}

export const SECRET = 'a-secret_of_the_Webhook-0123456789'
export const PATH = '/webhooks/telegram'

export async function startWebhookBed(): Promise<WebhookBed> {
  const clock = { time: START, now: () => clock.time }
  const fake = await startFakeTelegram({ clock })
  let script: Receive = async () => {}

  function makeTelegram(): Telegram {
    return createTelegram({
      token: sensitive(fake.token),
      apiRoot: fake.apiRoot,
      clock,
      log: { event: (code) => bed.events.push(code) },
      async receive(event) {
        await script(event)
        bed.inbound.push(event)
        bed.heard.push(told(event))
      },
      async wait(ms) {
        bed.waits.push(ms)
        for (const look of looking) look()
        clock.time += ms
        await nextRound()
      },
      webhook: {
        secret: sensitive(SECRET),
        counted: (outcome) => {
          bed.counts[outcome] = (bed.counts[outcome] ?? 0) + 1
        },
        random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
      },
    })
  }

  async function serve(): Promise<void> {
    bed.server = fastify({ logger: false, forceCloseConnections: true })
    bed.telegram = makeTelegram()
    bed.telegram.routes(bed.server)
    fake.setWebhook(`${await bed.server.listen({ port: 0, host: '127.0.0.1' })}${PATH}`, SECRET)
  }

  const looking = new Set<() => void>()
  const bed: WebhookBed = {
    fake,
    clock,
    heard: [],
    inbound: [],
    events: [],
    waits: [],
    waited: (times) =>
      new Promise((resolve) => {
        const look = () => {
          if (bed.waits.length < times) return
          looking.delete(look)
          resolve()
        }
        looking.add(look)
        look()
      }),
    counts: {},
    receive(next) {
      script = next
    },
    telegram: makeTelegram(),
    server: fastify(),
    async restart() {
      await bed.server.close()
      await bed.telegram.stop()
      await serve()
    },
    post: (body, secrets = [SECRET]) =>
      new Promise((resolve, reject) => {
        const headers = secrets.flatMap((secret) => ['X-Telegram-Bot-Api-Secret-Token', secret])
        const call = request(`${bed.server.listeningOrigin}${PATH}`, {
          method: 'POST',
          headers: [
            'Host',
            'lantern.example',
            'Content-Type',
            'application/json',
            'Content-Length',
            `${Buffer.byteLength(body)}`,
            ...headers,
          ],
        })
        call.once('response', (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        })
        call.once('error', reject)
        call.end(body)
      }),
    async stop() {
      await fake.stop()
      await bed.server.close()
      await bed.telegram.stop()
    },
  }
  await serve()
  return bed
}
