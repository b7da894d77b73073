import { setTimeout as pause } from 'node:timers/promises'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Instant } from '../../operations/environment.ts'
import type { Webhook } from '../../operations/metrics.ts'
import type { KeyId } from '../../privacy/vault/vault.ts'
import type { CaseId, Cases } from '../../storage/cases.ts'
import { createChains } from '../../turns/chain.ts'
import { type BookParts, createCaseBook } from '../case-book.ts'
import { createChatSide } from '../chat-side.ts'
import { createDelivering } from '../delivering.ts'
import type { AlarmReason, ChatSide, ToPerson } from '../handoff.ts'
import { createSweeping } from '../sweeping.ts'
import { createCatchingUp } from './catching-up.ts'
import { createChatwootApi } from './chatwoot-api.ts'
import type { ChatwootConfig } from './config.ts'
import { createErasing } from './erasing.ts'
import { createPlaces } from './places.ts'
import { createReading } from './reading.ts'
import { createRelaying } from './relaying.ts'
import { createRemains, isRemains } from './remains.ts'
import { isSigned } from './signature.ts'
import { createTeller } from './trouble.ts'
import { NOTES } from './words.ts'
import { eventIn } from './webhook-event.ts'

/**
 * Hands consented cases to Chatwoot and brings back what its agents write. Towards the chat it is what the own desk is:
 * the same rules for one case a person, for order, for what waits while she is away and for a withdrawal, because it is
 * built of the same parts, with all of Chatwoot's agents as one caseworker. It takes a `Cases` store of its own, so that
 * the own desk neither shows nor sweeps what is in Chatwoot. Every call of the chat side rejects while Chatwoot does not
 * have what it brought, so that the outbox tries again.
 */
export interface ChatwootParts extends BookParts {
  /** Not the desk's. */
  cases: Cases
  config: ChatwootConfig
  toPerson: ToPerson
  /** src/channels/webhook.ts, handed in because that floor is above this one. */
  serveWebhook(server: FastifyInstance, webhook: ChatwootWebhook): void
  counted?: (outcome: Webhook) => void
  /** Content-free: nobody at Chatwoot took it, or nobody answers her. */
  alarm?: (id: CaseId, why: AlarmReason) => void
  /** Past this a case that nobody took is told to her, once. 15 minutes. */
  unansweredMs?: number
  /** A closed case is erased here and at Chatwoot after 7 days. */
  retentionMs?: number
  /** One call to Chatwoot, in all. 10 seconds. */
  callMs?: number
  /** Between two looks whether Chatwoot has deleted by now. */
  pause?: (ms: number) => Promise<void>
}

export interface ChatwootWebhook {
  path: '/webhooks/chatwoot'
  verified(headers: IncomingHttpHeaders, body: Buffer): boolean
  handle(body: Buffer): Promise<'taken' | 'waiting' | 'nonsense'>
  counted(outcome: Webhook): void
}

export interface Chatwoot extends ChatSide {
  /** This case is, or was, handed to Chatwoot: what she writes in it belongs here and not to the own desk. */
  knows(id: CaseId): Promise<boolean>
  routes(server: FastifyInstance): void
  /** After `sweepOrphans`; begins to catch up with Chatwoot and does not wait for it. */
  start(): Promise<void>
  /** Every minute; one that still runs is not begun anew. */
  sweep(now: Instant, believed?: Instant): Promise<void>
  sweepOrphans(): Promise<number>
  keyIds(): AsyncIterable<KeyId>
  stop(): Promise<void>
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const CALL_MS = 10_000
/** Silence of agents gives no case back to a queue of ours: Chatwoot's own is the queue. */
const NEVER = Number.MAX_SAFE_INTEGER

export function createChatwoot(given: ChatwootParts): Chatwoot {
  const { cases, clock, config, random, log } = given
  const book = createCaseBook(given)
  const delivering = createDelivering(given, book)
  const chat = createChatSide({ cases, random, log }, book, delivering)
  const sweeping = createSweeping(
    {
      cases: { ...cases, keyIds: () => caseKeys(cases) },
      vault: given.vault,
      log,
      silentMs: NEVER,
      unansweredMs: given.unansweredMs ?? 15 * MINUTE,
      retentionMs: NEVER,
      alarm: given.alarm ?? (() => {}),
    },
    book,
    delivering,
  )
  const callMs = given.callMs ?? CALL_MS
  const api = createChatwootApi({ config, callMs, tell: createTeller(log) })
  const places = createPlaces(cases, book)
  const relaying = createRelaying({ cases, placed: places.put }, book, api)
  const reading = createReading({ cases, clock, account: config.accountId }, book, api)
  const remains = createRemains(given)
  const erasing = createErasing(
    { cases, log, pause: given.pause ?? ((ms) => pause(ms)), displaced: places.drop },
    book,
    api,
    relaying,
    remains,
  )
  const { withdraw, withdrawAll } = erasing
  const catching = createCatchingUp({ cases, clock }, { book, delivering, relaying, reading, withdraw })
  const sweeps = createChains()

  async function handle(body: Buffer): Promise<'taken' | 'waiting' | 'nonsense'> {
    const event = eventIn(body)
    if (event === undefined) return 'nonsense'
    if (event.kind === 'other') return 'taken'
    if (event.account !== undefined && event.account !== config.accountId) return 'taken'
    const id = places.find(event.conversation)
    if (id === undefined) return 'taken'
    return (await catching.bring(id, event.message)) ? 'taken' : 'waiting'
  }

  async function sweep(now: Instant, believed: Instant): Promise<void> {
    await sweeping.sweep(now, believed)
    await catching.all()
    await catching.retire(believed - (given.retentionMs ?? 7 * DAY))
    await erasing.again()
  }

  return {
    async opened(item) {
      const opened = await chat.opened(item)
      if (opened.kind === 'opened' || opened.kind === 'known') await relaying.relay(opened.case)
      return opened
    },
    async personWrote(item) {
      await chat.personWrote(item)
      await relaying.relay(item.case)
    },
    async presence(item) {
      await chat.presence(item)
      await relaying.relay(item.case)
    },
    async delivered(item) {
      await chat.delivered(item)
      if (item.delivery === 'notTaken') await catching.note(item.case, item.entry, NOTES.notTaken)
    },
    withdraw,
    withdrawAll,
    async knows(id) {
      return (await cases.load(id)) !== undefined || (await remains.load(id)) !== undefined
    },
    routes(server) {
      given.serveWebhook(server, {
        path: '/webhooks/chatwoot',
        verified: (headers, body) => isSigned(config.webhookSecret, headers, body, clock.now()),
        handle,
        counted: given.counted ?? (() => {}),
      })
    },
    async start() {
      await places.load()
      sweeps.run('sweep', () => catching.all()).catch(() => {})
    },
    async sweep(now, believed = now) {
      if (!sweeps.busy('sweep')) await sweeps.run('sweep', () => sweep(now, believed))
    },
    sweepOrphans: () => sweeping.sweepOrphans(),
    async *keyIds() {
      for await (const { keyId } of cases.keyIds()) yield keyId
    },
    async stop() {
      await sweeps.idle()
      await relaying.idle()
      await reading.idle()
      await api.close()
    },
  }
}

/** Without what is left to be deleted at Chatwoot: that is no case. */
async function* caseKeys(cases: Cases): AsyncIterable<{ id: CaseId; keyId: KeyId }> {
  for await (const row of cases.keyIds()) if (!isRemains(row.id)) yield row
}
