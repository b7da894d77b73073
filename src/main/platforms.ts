import type { FastifyInstance } from 'fastify'
import type { Channel, ChannelName, ReadVoice, Receive } from '../channels/channel.ts'
import type { Config } from '../config.ts'
import { StartRefused } from '../errors.ts'
import type { Environment } from '../operations/environment.ts'
import type { Log } from '../operations/log.ts'
import type { Counting } from '../operations/metrics.ts'

/** The real platforms that the settings name, as one. */
export interface Platforms {
  channels: readonly Channel[]
  /** Before the server listens. */
  routes(server: FastifyInstance): void
  /** After it: a platform may call as soon as it is told. */
  start(): Promise<void>
  stop(): Promise<void>
}

export interface PlatformParts {
  config: Config
  environment: Environment
  receive: Receive
  log: Log
  metrics: Counting
  readVoice: ReadVoice
}

/** Only what the settings name is loaded: each client library takes memory for as long as the service runs. */
export async function createPlatforms(parts: PlatformParts): Promise<Platforms> {
  const [telegram, whatsapp] = await Promise.all([telegramOf(parts), whatsappOf(parts)])
  const all = [telegram, whatsapp].filter((one) => one !== undefined)
  return {
    channels: all.map(({ channel }) => counted(channel, parts.metrics)),
    routes: (server) => all.forEach((one) => one.routes(server)),
    start: async () => telegram?.start().catch(refusedByTelegram),
    stop: async () => void (await Promise.all(all.map((one) => one.stop()))),
  }
}

async function telegramOf({ config, environment, receive, log, metrics, readVoice }: PlatformParts) {
  if (config.telegram === undefined) return undefined
  const { createTelegram } = await import('../channels/telegram/create-telegram.ts')
  const { token, apiUrl, webhookSecret } = config.telegram
  return createTelegram({
    token,
    apiRoot: apiUrl,
    receive,
    clock: environment.clock,
    log,
    readVoice,
    ...(webhookSecret === undefined
      ? {}
      : {
          webhook: {
            secret: webhookSecret,
            random: environment.random,
            counted: (outcome) => metrics.webhook('telegram', outcome),
          },
        }),
  })
}

async function whatsappOf({ config, environment, receive, log, metrics, readVoice }: PlatformParts) {
  if (config.whatsapp === undefined) return undefined
  const { createWhatsapp } = await import('../channels/whatsapp/create-whatsapp.ts')
  return createWhatsapp({
    ...config.whatsapp,
    ...environment,
    receive,
    log,
    readVoice,
    counted: (outcome) => metrics.webhook('whatsapp', outcome),
    statusCounted: (status) => metrics.status(status),
  })
}

/** What the platform answered to each message goes into the metrics. */
export function counted(channel: Channel, metrics: Counting): Channel {
  return {
    ...channel,
    async send(to, message) {
      const outcome = await channel.send(to, message)
      metrics.send(channel.name, outcome.kind)
      return outcome
    },
    ...(channel.say === undefined ? {} : { say: saying(channel.name, channel.say.bind(channel)) }),
  }

  function saying(name: ChannelName, say: NonNullable<Channel['say']>): NonNullable<Channel['say']> {
    return async (to, voice) => {
      const outcome = await say(to, voice)
      metrics.send(name, outcome.kind)
      return outcome
    }
  }
}

function refusedByTelegram(error: unknown): never {
  if (error instanceof Error && error.name === 'TelegramFault')
    throw new StartRefused('telegram.tokenRefused', [error.message])
  throw error
}
