import type { Clock } from '../../../src/operations/environment.ts'
import { type Acts, createActs } from './acts.ts'
import { createDeliveries, type Delivery, type Webhooks } from './deliveries.ts'
import { type Fault, type FaultTarget, isMeant } from './faults.ts'
import { handshake } from './handshake.ts'
import { createMedia, type Media } from './media.ts'
import type { Receipt } from './message-rules.ts'
import { createPeople } from './people.ts'
import { createRates } from './rates.ts'
import { createSends, type Send, type Statuses } from './sends.ts'
import { type Call, serve } from './serve.ts'
import { answerSetup, APP_ID, defaultSetup, type Setup, WABA_ID } from './setup-calls.ts'
import { escapeBody, type Happening, sign } from './webhook-body.ts'

/**
 * Meta's Cloud API on a loopback port, as strict as the original or stricter, with people at the other end, which
 * brings signed webhooks to a callback URL by real HTTP.
 *
 * Strict: unknown fields and wrong types are refused; texts, buttons, lists and ids obey the published limits; the bot
 * writes only within 24 h, of the given clock, of what she last wrote to that very number; previews are refused; a
 * webhook comes again until it is answered 200; statuses and messages do not wait for each other.
 * Not played (and refused, so that nobody relies on it): templates, media other than recordings, reactions, quoted messages, other headers
 * than text, `biz_opaque_callback_data`, block lists, registering a number. Never happens: calls, groups, edits,
 * Meta giving up a delivery, accepting a message that a block then swallows.
 *
 *     const fake = await startFakeWhatsApp({ clock, webhook, appSecret, verifyToken, numbers: ['111'] })
 *     await fake.verify()
 *     fake.personWrites('999000000001', 'hello')
 *     await fake.idle()                   // every webhook was answered 200
 *     await fake.until(() => fake.sends.length === 1)
 *     fake.screen('999000000001')         // both sides, oldest first
 *     fake.fail('*', { kind: 'error', status: 400, code: 131056 })
 *     await fake.stop()
 */
export interface FakeWhatsApp extends Acts {
  apiUrl: string
  accessToken: string
  wabaId: string
  appId: string
  /** `APPID|APPSECRET`, for the calls on the app. */
  appToken: string
  /** Where webhooks go from now on, repeated ones too. */
  webhookUrl: string
  /** What stands at Meta; a test may change it. */
  setup: Setup
  /** Recordings that were uploaded. */
  media: Media

  /** Meta's GET handshake with the callback URL; rejects with what is wrong with the answer. */
  verify(): Promise<void>
  /** How webhooks are brought: held, repeated, slow, out of order, several in one; and which statuses there are. */
  webhooks: Webhooks & {
    /** 'off' by default; 'delivered': sent and delivered; 'read': all three. */
    statuses(statuses: Statuses): void
  }
  /** Every webhook that was sent at least once, with its last answer. */
  delivered: readonly Delivery[]
  /** Sends a body as it is, however wrong, signed, once. Resolves to the status, undefined when it was cut off. */
  pushWebhook(body: unknown): Promise<number | undefined>
  /** The same with bytes and a signature of the test's own; without signature, no header. */
  pushRaw(bytes: string | Uint8Array, signature?: string): Promise<number | undefined>
  /** The header's value that Meta would send with these bytes. */
  sign(bytes: string | Uint8Array): string

  /** Every accepted send, oldest first; also of one whose answer was cut off. */
  sends: readonly Send[]
  /** Every POST to /messages with the right token, also those that went wrong. */
  calls: readonly Call[]
  /** Read receipts that were sent: to stay empty. */
  receipts: readonly Receipt[]
  /** Sentences with which calls were refused by the rules (not by `fail`): mostly to be empty. */
  refusals(): readonly string[]
  /** The next `times` sends go wrong: any ('*'), those of a kind, or those to a phone. In the order given. */
  fail(target: FaultTarget, fault: Fault, times?: number): void
  /** The next `times` accepted sends never arrive: a `failed` status follows, even when statuses are off. */
  failLater(code: number, times?: number): void
  /** Heals everything that `fail` ordered and that has not happened yet. */
  heal(): void
  revokeToken(): void

  /** Resolves once the check holds; it is looked at when a call or an attempt at a webhook begins or ends. */
  until(check: () => boolean): Promise<void>
  /** Resolves once every webhook was answered 200. Held ones count as unanswered. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export interface FakeWhatsAppOptions {
  clock: Clock
  /** The callback URL. */
  webhook: string
  appSecret: string
  verifyToken: string
  accessToken?: string
  /** Phone number ids, digits. */
  numbers: readonly string[]
  /** v25.0 by default. */
  graphVersion?: string
  /** Refuses with 131056 beyond a burst of 45 and then 1 per 6 s to one person. Off by default. */
  pairRate?: boolean
  /** Messages per second and number, both directions, before 130429. Meta's is 80; by default there is no limit. */
  perSecond?: number
}

export async function startFakeWhatsApp(options: FakeWhatsAppOptions): Promise<FakeWhatsApp> {
  const { clock, appSecret, verifyToken, numbers, graphVersion = 'v25.0' } = options
  const accessToken = options.accessToken ?? 'EAAtoken_of_the_fake_0123456789abcdef'
  const appToken = `${APP_ID}|${appSecret}`
  const setup = defaultSetup()
  const calls: Call[] = []
  const refusals: string[] = []
  let honoured = accessToken
  let webhookUrl = options.webhook
  let faults: { target: FaultTarget; fault: Fault }[] = []
  let watchers: (() => boolean)[] = []

  function look() {
    watchers = watchers.filter((done) => !done())
  }

  const deliveries = createDeliveries(WABA_ID, appSecret, () => webhookUrl, look)
  const happened = (lane: string, happening: Happening) => {
    if (setup.subscribed) deliveries.enqueue(lane, happening)
  }
  const people = createPeople(clock)
  const rates = createRates(clock, options.pairRate ?? false, options.perSecond ?? Infinity)
  const media = createMedia()
  const sends = createSends(clock, people, rates, happened, media.has)

  const server = await serve({
    version: graphVersion,
    numbers,
    token: () => honoured,
    fault(body) {
      const next = faults.find(({ target }) => isMeant(target, body))
      faults = faults.filter((one) => one !== next)
      return next?.fault
    },
    send: (number, body) => sends.handle(number, body),
    upload: (number, contentType, body) => media.upload(number, contentType, body),
    setup: (call) =>
      answerSetup(call, {
        setup,
        numbers,
        version: graphVersion,
        accessToken: honoured,
        appToken,
        callbackChanged(url) {
          webhookUrl = url
        },
      }),
    began(call) {
      calls.push(call)
      look()
    },
    ended(answer) {
      if (answer?.refusal !== undefined) refusals.push(answer.refusal)
      look()
    },
  })

  const until = (check: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      watchers.push(() => {
        try {
          if (!check()) return false
          resolve()
        } catch (error) {
          reject(error)
        }
        return true
      })
      look()
    })

  return {
    ...createActs(clock, people, rates, numbers, happened),
    apiUrl: server.apiUrl,
    accessToken,
    wabaId: WABA_ID,
    appId: APP_ID,
    appToken,
    media,
    setup,
    get webhookUrl() {
      return webhookUrl
    },
    set webhookUrl(url) {
      webhookUrl = url
    },
    async verify() {
      const failed = await handshake(webhookUrl, verifyToken)
      if (failed !== undefined) throw new Error(failed)
    },
    webhooks: { ...deliveries.webhooks, statuses: (wanted) => sends.statuses(wanted) },
    delivered: deliveries.delivered,
    pushWebhook(body) {
      const bytes = escapeBody(body)
      return deliveries.post(bytes, sign(appSecret, bytes))
    },
    pushRaw: (bytes, signature) => deliveries.post(Buffer.from(bytes), signature),
    sign: (bytes) => sign(appSecret, bytes),
    sends: sends.accepted,
    calls,
    receipts: sends.receipts,
    refusals: () => refusals,
    fail(target, fault, times = 1) {
      for (let n = 0; n < times; n += 1) faults.push({ target, fault })
    },
    failLater: (code, times = 1) => sends.failLater(code, times),
    heal() {
      faults = []
    },
    revokeToken() {
      honoured = 'revoked'
    },
    until,
    idle: () => until(() => deliveries.idle()),
    async stop() {
      deliveries.stop()
      await server.stop()
    },
  }
}
