import type { FastifyInstance } from 'fastify'
import type { Clock, Random } from '../../operations/environment.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { Channel, ReadVoice, Receive } from '../channel.ts'
import { createIntake } from '../intake.ts'
import { serveWebhook, type Webhook, type WebhookOutcome } from '../webhook.ts'
import { createTeller, type EventLog } from './events.ts'
import { createGraphApi } from './graph-api.ts'
import { readWebhook } from './read-webhook.ts'
import { sendMessage } from './send-message.ts'
import { createSendVoice } from './send-voice.ts'
import { isSigned } from './signature.ts'
import { createStatuses, type DeliveryStatus } from './statuses.ts'
import { serveVerification } from './verification.ts'

/**
 * WhatsApp through Meta's Cloud API. Guarantees: a webhook call is answered 200 only after `receive` committed all of
 * it; nothing is parsed before its signature was checked; only private chats with our own numbers are heard; nothing
 * that leaves this folder (outcome, error, log event) holds a token, a number, an id, a name or a text. Never speaks
 * first, never sends a template, never marks anything as read, and can delete nothing, because WhatsApp lets nobody.
 */
export interface WhatsappParts {
  accessToken: Sensitive<string>
  appSecret: Sensitive<string>
  verifyToken: Sensitive<string>
  /** The numbers of ours that are heard and written from. */
  phoneNumberIds: readonly string[]
  /** `https://graph.facebook.com`, or a stand-in. */
  apiUrl: string
  /** `v25.0` */
  graphVersion: string
  receive: Receive
  clock: Clock
  random: Random
  log: EventLog
  counted(outcome: WebhookOutcome): void
  /** Once for each stage that a message of ours reaches. */
  statusCounted?(status: DeliveryStatus): void
  /** The bytes of a recorded page; without it nothing is said aloud. */
  readVoice?: ReadVoice
  /** Milliseconds that one call to Meta may take in all; default 20,000. */
  callMs?: number
}

export interface Whatsapp {
  channel: Channel
  routes(server: FastifyInstance): void
  /** Resolves when no call to Meta is under way any more; afterwards every message is for later. */
  stop(): Promise<void>
}

const PATH = '/webhooks/whatsapp'
const CALL_MS = 20_000

export function createWhatsapp(parts: WhatsappParts): Whatsapp {
  const { clock, random, statusCounted } = parts
  const ours = new Set(parts.phoneNumberIds)
  const teller = createTeller(parts.log, clock)
  const api = createGraphApi({ ...parts, callMs: parts.callMs ?? CALL_MS })
  const sending = { api, ours, teller }
  const statuses = createStatuses({ random, teller, counted: (status) => statusCounted?.(status) })
  const intake = createIntake({
    receive: parts.receive,
    random,
    givenUp: () => teller.tell('whatsapp.itemGivenUp'),
  })

  /** What people wrote comes first: the fate of our own messages must never hold it up. */
  const handle: Webhook['handle'] = async (body) => {
    const reading = readWebhook(body, ours, clock.now())
    if (reading === undefined) return 'nonsense'
    for (const note of reading.notes) teller.tell(note)
    const taken = await intake.take(reading.inbound)
    if (!taken) teller.tell('whatsapp.itemsWaiting')
    try {
      statuses.take(reading.delivered)
    } catch {
      // A counter that fails is no reason to have every message sent again.
    }
    return taken ? 'taken' : 'waiting'
  }

  return {
    channel: {
      name: 'whatsapp',
      pace: { burst: 10, everyMs: 6_000 },
      send: (to, message) => sendMessage(sending, to, message),
      ...(parts.readVoice === undefined ? {} : { say: createSendVoice(sending, parts.readVoice, clock) }),
      forget: async () => 0,
    },
    routes(server) {
      serveVerification(server, PATH, parts.verifyToken)
      serveWebhook(server, {
        path: PATH,
        verified: (headers, body) => isSigned(parts.appSecret, headers, body),
        handle,
        counted: parts.counted,
      })
    },
    stop: () => api.close(),
  }
}
