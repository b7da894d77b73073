import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../fakes/whatsapp/fake-whatsapp.ts'
import { withoutNumbers } from './dialogue.ts'
import type { Asks, History } from './history.ts'
import type { Chance } from './seeded.ts'

/**
 * Both platforms with one address for their webhooks, as a load balancer gives it: each try goes to any process, whether
 * it lives or not. What people say, what is acknowledged and what is accepted for them goes into the history.
 */
export interface Person {
  name: string
  channel: 'whatsapp' | 'telegram'
  /** A phone number, or the number of a chat. */
  address: string
}

/** By which the program knows her: on WhatsApp together with the number that she writes to. */
export const nameOf = ({ channel, address }: Person) =>
  channel === 'whatsapp' ? `${NUMBER}|${address}` : address

export interface Saying {
  reads: string[]
  asks?: Asks
}

export interface Platforms {
  telegram: FakeTelegram
  whatsapp: FakeWhatsApp
  settings: Record<string, string>
  says(person: Person, text: string, saying: Saying): void
  /** Everything that was said was taken. */
  taken(): Promise<void>
  refusals(): string[]
  stop(): Promise<void>
}

export interface Backend {
  /** Where its webhooks are, and which life of which process serves them now. */
  address(): string
  life(): string
}

const WEBHOOK_SECRET = 'a-secret-of-the-run-0123456789'
const APP_SECRET = '0123456789abcdef0123456789abcdef'
const NUMBER = '111222'
/** A balancer gives up before the platform does. */
const PATIENCE_MS = 8_000

export async function startPlatforms(parts: {
  history: History
  chance: Chance
  backends: readonly Backend[]
  /** Which life of which process speaks from this address. */
  lifeAt(address: string): string
}): Promise<Platforms> {
  const { history, chance, backends, lifeAt } = parts
  const clock = { now: () => Date.now() }
  const said = new Map<string, { person: string; n: number }>()
  const counts = new Map<string, number>()
  const people = new Map<string, Person>()
  let isOver = false

  const balancer = createServer((request, response) => {
    forward(request, response).catch(() => response.writeHead(502).end())
  })
  balancer.listen(0, '127.0.0.1')
  await once(balancer, 'listening')
  const address = balancer.address()
  const hooks = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/webhooks`

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const backend = chance.pick(backends)
    const by = backend.life()
    const status = await statusOf(`${backend.address()}${request.url ?? ''}`, request, body)
    const whose = [...idsIn(body.toString())].flatMap((id) => said.get(id) ?? [])
    for (const one of whose)
      if (status === 200) history.note({ kind: 'taken', ...one, by })
      else history.note({ kind: 'notTaken', ...one, by, status })
    response.writeHead(status === 'cut' ? 502 : status).end()
  }

  const telegram = await startFakeTelegram({ clock })
  const whatsapp = await startFakeWhatsApp({
    clock,
    webhook: `${hooks}/whatsapp`,
    appSecret: APP_SECRET,
    verifyToken: 'a-verify-token-of-the-run',
    numbers: [NUMBER],
  })
  telegram.setWebhook(`${hooks}/telegram`, WEBHOOK_SECRET)

  const shown = (channel: string, to: unknown, text: unknown, from: string) => {
    const person = people.get(`${channel} ${String(to)}`)
    if (person === undefined) throw new Error('a message to nobody')
    history.note({
      kind: 'shown',
      person: person.name,
      text: withoutNumbers(String(text)),
      by: lifeAt(from),
    })
  }
  const onTelegram = watching(telegram.calls, ({ method, payload, result, from }) => {
    if (result === undefined) return false
    if (method === 'sendMessage' && result.ok) shown('telegram', payload['chat_id'], payload['text'], from)
    return true
  })
  const onWhatsApp = watching(whatsapp.calls, ({ body, answer, from }) => {
    if (answer === undefined) return false
    if (answer.status === 200) shown('whatsapp', body['to'], textIn(body), from)
    return true
  })
  void telegram.until(() => (onTelegram(), isOver))
  void whatsapp.until(() => (onWhatsApp(), isOver))

  return {
    telegram,
    whatsapp,
    settings: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
      WHATSAPP_ACCESS_TOKEN: whatsapp.accessToken,
      WHATSAPP_APP_SECRET: APP_SECRET,
      WHATSAPP_VERIFY_TOKEN: 'a-verify-token-of-the-run',
      WHATSAPP_PHONE_NUMBER_ID: NUMBER,
    },
    says(person, text, { reads, asks }) {
      const n = (counts.get(person.name) ?? 0) + 1
      counts.set(person.name, n)
      people.set(`${person.channel} ${person.address}`, person)
      // The last look knows her by her number.
      if (person.channel === 'whatsapp') whatsapp.person(person.address, { sendsBsuid: false })
      const more = asks === undefined ? {} : { asks }
      history.note({ kind: 'said', person: person.name, n, text, reads, ...more })
      const id =
        person.channel === 'whatsapp'
          ? whatsapp.personWrites(person.address, text)
          : `telegram ${telegram.personWrites(Number(person.address), text)}`
      said.set(id, { person: person.name, n })
    },
    taken: async () => void (await Promise.all([telegram.idle(), whatsapp.idle()])),
    refusals: () => [...telegram.refusals(), ...whatsapp.refusals()],
    async stop() {
      isOver = true
      await Promise.all([telegram.stop(), whatsapp.stop()])
      balancer.closeAllConnections()
      balancer.close()
    },
  }
}

async function statusOf(url: string, request: IncomingMessage, body: Buffer): Promise<number | 'cut'> {
  const names = ['content-type', 'x-hub-signature-256', 'x-telegram-bot-api-secret-token']
  const headers = names.flatMap((name) => {
    const value = request.headers[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  })
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 'cut'
  }
}

/** The ids of messages in a webhook. */
function idsIn(body: string): string[] {
  const update = JSON.parse(body) as {
    message?: { message_id: number }
    entry?: { changes: { value: { messages?: { id: string }[] } }[] }[]
  }
  if (update.message !== undefined) return [`telegram ${update.message.message_id}`]
  const changes = update.entry?.flatMap((entry) => entry.changes) ?? []
  return changes.flatMap(({ value }) => value.messages?.map(({ id }) => id) ?? [])
}

function textIn(body: Record<string, unknown>): string {
  const { text, interactive } = body as {
    text?: { body: string }
    interactive?: { body: { text: string } }
  }
  return text?.body ?? interactive?.body.text ?? ''
}

/** Looks once at each call that has ended, in the order in which they began. `see` is false while one is under way. */
function watching<T>(calls: readonly T[], see: (call: T) => boolean): () => void {
  let next = 0
  let waiting: T[] = []
  return () => {
    waiting = [...waiting, ...calls.slice(next)]
    next = calls.length
    waiting = waiting.filter((call) => !see(call))
  }
}
