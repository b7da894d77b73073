import type { Clock } from '../../../src/operations/environment.ts'
import { accept, type ApiResult, isObject, type Payload, refuse } from './api-result.ts'

/**
 * The queue of updates with getUpdates' published rules: an update is forgotten when a higher offset is asked for, a
 * message after 24 h, a button press after 150 s; a second long poll ends the first with 409; a webhook forbids polls.
 */

const TYPES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'stopped_message_generation',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
]
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const LIFE_MS = { press: 150_000, other: 86_400_000 }

interface Queued {
  id: number
  until: number
  update: Payload
}

interface Waiting {
  payload: Payload
  end(result: ApiResult): void
}

export interface Webhook {
  /** Empty: none is set. */
  url: string
  secret: string | undefined
  maxConnections: number
}

export interface Updates {
  push(type: string, content: unknown): number | undefined
  /** Queues something that no Telegram would send. */
  pushRaw(update: Payload): void
  /** `gone` resolves when the caller hung up. */
  poll(payload: Payload, gone: Promise<void>): Promise<ApiResult>
  /** What getUpdates would still give out. */
  pending(): readonly Payload[]
  polling(): boolean
  setWebhook(webhook: { url: string; secret?: string; maxConnections?: number }): void
  webhook(): Webhook
  /** What is to be delivered, oldest first; those of one chat wait for each other. */
  deliverable(): readonly { id: number; chat: string; update: Payload }[]
  taken(id: number): void
  failed(sentence: string): void
  lastError(): Payload
  allow(types: unknown): ApiResult | undefined
  allowed(): readonly string[]
  drop(): void
}

export interface Watcher {
  queued(): void
  moved(): void
}

export function createUpdates(
  clock: Clock,
  watcher: Watcher = { queued: () => {}, moved: () => {} },
): Updates {
  let queue: Queued[] = []
  let next = 731_000_001
  let allowed: readonly string[] = TYPES.filter((type) => !NOT_BY_DEFAULT.has(type))
  let waiting: Waiting | undefined
  let hook: Webhook = { url: '', secret: undefined, maxConnections: 40 }
  let lastError: Payload = {}

  function enqueue(id: number, until: number, update: Payload) {
    queue.push({ id, until, update })
    watcher.queued()
    const held = waiting
    if (held === undefined) return
    waiting = undefined
    held.end(fetch(held.payload))
  }

  function alive() {
    queue = queue.filter((entry) => entry.until > clock.now())
    return queue
  }

  function fetch(payload: Payload): ApiResult {
    const offset = typeof payload['offset'] === 'number' ? payload['offset'] : 0
    const limit = typeof payload['limit'] === 'number' ? payload['limit'] : 100
    if (offset > 0) queue = queue.filter((entry) => entry.id >= offset)
    if (offset < 0) queue = queue.slice(offset)
    return accept(
      alive()
        .slice(0, limit)
        .map((entry) => entry.update),
    )
  }

  function allow(types: unknown): ApiResult | undefined {
    if (types === undefined) return undefined
    const list = Array.isArray(types) ? (types as unknown[]) : []
    const names = list.filter((type): type is string => typeof type === 'string' && TYPES.includes(type))
    if (names.length !== list.length)
      return refuse(400, 'Bad Request: allowed_updates names an unknown update')
    allowed = names.length === 0 ? TYPES.filter((type) => !NOT_BY_DEFAULT.has(type)) : names
    return undefined
  }

  return {
    allow,
    allowed: () => allowed,
    push(type, content) {
      if (!allowed.includes(type)) return undefined
      const id = next
      next += 1
      const life = type === 'callback_query' ? LIFE_MS.press : LIFE_MS.other
      enqueue(id, clock.now() + life, { update_id: id, [type]: content })
      return id
    },
    pushRaw(update) {
      const id = typeof update['update_id'] === 'number' ? update['update_id'] : next
      next = Math.max(next, id) + 1
      enqueue(id, clock.now() + LIFE_MS.other, update)
    },
    async poll(payload, gone) {
      const { limit, timeout = 0 } = payload
      if (hook.url !== '') {
        return refuse(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        )
      }
      if (typeof limit === 'number' && (limit < 1 || limit > 100))
        return refuse(400, 'Bad Request: limit is 1-100')
      if (typeof timeout !== 'number' || timeout < 0 || timeout > 50) {
        return refuse(400, 'Bad Request: timeout is 0-50')
      }
      const wrong = allow(payload['allowed_updates'])
      if (wrong !== undefined) return wrong
      const now = fetch(payload)
      if (timeout === 0 || !now.ok || !Array.isArray(now.result) || now.result.length > 0) return now
      waiting?.end(
        refuse(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      )
      const { promise, resolve } = Promise.withResolvers<ApiResult>()
      const mine: Waiting = { payload, end: resolve }
      waiting = mine
      const forget = () => {
        if (waiting === mine) waiting = undefined
      }
      const timer = setTimeout(() => resolve(accept([])), timeout * 1000)
      void gone.then(() => resolve(accept([])))
      const result = await promise
      clearTimeout(timer)
      forget()
      return result
    },
    pending: () => alive().map((entry) => entry.update),
    polling: () => waiting !== undefined,
    setWebhook({ url, secret, maxConnections = 40 }) {
      hook = { url, secret, maxConnections }
      lastError = {}
      watcher.moved()
      if (url === '') return
      const held = waiting
      waiting = undefined
      held?.end(refuse(409, 'Conflict: terminated by setWebhook request'))
    },
    webhook: () => hook,
    deliverable: () => alive().map(({ id, update }) => ({ id, chat: chatOf(update), update })),
    taken(id) {
      queue = queue.filter((entry) => entry.id !== id)
    },
    failed(sentence) {
      lastError = { last_error_date: Math.floor(clock.now() / 1000), last_error_message: sentence }
    },
    lastError: () => lastError,
    drop() {
      queue = []
    },
  }
}

/** Updates of one chat wait for each other, whatever kind they are. */
function chatOf(update: Payload): string {
  const content = Object.entries(update).find(([name]) => name !== 'update_id')?.[1]
  const holder = isObject(content) && isObject(content['message']) ? content['message'] : content
  const chat = isObject(holder) && isObject(holder['chat']) ? holder['chat']['id'] : undefined
  return String(chat)
}
