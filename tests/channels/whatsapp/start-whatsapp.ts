import { createHmac, randomBytes } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import type { Inbound, Receive } from '../../../src/channels/channel.ts'
import type { WebhookOutcome } from '../../../src/channels/webhook.ts'
import { createWhatsapp, type Whatsapp } from '../../../src/channels/whatsapp/create-whatsapp.ts'
import type { WhatsappEvent } from '../../../src/channels/whatsapp/events.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { OURS } from './fixtures.ts'
import { type GraphServer, startGraphServer } from './graph-server.ts'

/** The channel between a server in Meta's place and its own webhook, with a clock of ours. */
export interface Bed {
  graph: GraphServer
  server: FastifyInstance
  whatsapp: Whatsapp
  clock: { time: number; now(): number }
  inbound: Inbound[]
  /** What `receive` took, in its order. */
  heard: string[]
  events: WhatsappEvent[]
  outcomes: WebhookOutcome[]
  statuses: string[]
  receive(script: Receive): void
  /** Posts a body, signed unless a header is given; resolves to the status code. */
  post(body: string | Buffer, signature?: string): Promise<number>
  stop(): Promise<void>
}

export const START = Date.UTC(2026, 2, 1, 12)
export const ACCESS_TOKEN = 'access-token-of-ours'
export const APP_SECRET = '0123456789abcdef0123456789abcdef'
export const VERIFY_TOKEN = 'verify.token-of-ours'

export async function startBed({ callMs }: { callMs?: number } = {}): Promise<Bed> {
  const clock = { time: START, now: () => clock.time }
  const graph = await startGraphServer()
  const server = fastify()
  const inbound: Inbound[] = []
  const heard: string[] = []
  const events: WhatsappEvent[] = []
  const outcomes: WebhookOutcome[] = []
  const statuses: string[] = []
  let script: Receive = async () => {}
  const whatsapp = createWhatsapp({
    accessToken: sensitive(ACCESS_TOKEN),
    appSecret: sensitive(APP_SECRET),
    verifyToken: sensitive(VERIFY_TOKEN),
    phoneNumberIds: OURS,
    apiUrl: graph.url,
    graphVersion: 'v25.0',
    clock,
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    log: { event: (code) => events.push(code) },
    async receive(event) {
      await script(event)
      inbound.push(event)
      heard.push(told(event))
    },
    counted: (outcome) => outcomes.push(outcome),
    statusCounted: (status) => statuses.push(status),
    ...(callMs === undefined ? {} : { callMs }),
  })
  whatsapp.routes(server)
  return {
    graph,
    server,
    whatsapp,
    clock,
    inbound,
    heard,
    events,
    outcomes,
    statuses,
    receive(next) {
      script = next
    },
    async post(body, signature = signed(body)) {
      const answer = await server.inject({
        method: 'POST',
        url: '/webhooks/whatsapp',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
        payload: body,
      })
      return answer.statusCode
    },
    async stop() {
      await server.close()
      await graph.stop()
      await whatsapp.stop()
    },
  }
}

export function signed(body: string | Buffer, secret = APP_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** An event as a line that a person can read. */
export function told({ address, content }: Inbound): string {
  const said =
    content.kind === 'text'
      ? content.text.reveal()
      : content.kind === 'choice'
        ? content.id
        : content.kind === 'place'
          ? `${content.place.lat},${content.place.lon}`
          : ''
  return `${address.reveal()} ${content.kind} ${said}`.trim()
}
