import { STATUS_CODES } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Payload } from './api-result.ts'
import { LOOPBACK_URL } from './calls.ts'
import type { Updates } from './updates.ts'

/**
 * Delivers updates to the webhook as Telegram does: one after another for each chat, different chats side by side, at
 * most `max_connections` at once; an update is over when it was answered 2xx, and until then it is sent again, after
 * 50, 100, 200 ... at most 1,000 ms of real time. Only loopback addresses are ever called.
 */
export interface Deliveries {
  /** Something was queued. */
  look(): void
  /** The webhook was set, moved or removed: what waited for the old one does not wait any longer. */
  moved(): void
  /** Every call that was answered or cut, oldest first. */
  posts: readonly Post[]
  /** How many updates are being delivered at this moment. */
  open(): number
  chaos: Chaos
  stop(): Promise<void>
}

export interface Post {
  updateId: number
  /** 'cut': the line broke, or the answer was lost on the way. */
  status: number | 'cut'
}

export interface Chaos {
  /** Nothing is begun until `release`. */
  hold(): void
  /** newestChatFirst: the chat that was written in last is served first; each chat keeps its own order. */
  release(order?: 'asQueued' | 'newestChatFirst'): void
  /** Every update is posted so many times at the same instant, and is taken when all were answered 2xx. */
  repeat(times: number): void
  /** Every post begins so many real milliseconds late. */
  slow(ms: number): void
  /** The next so many answers are lost: the bot gave them, Telegram never saw them. */
  loseAnswers(count: number): void
  calm(): void
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
const PATIENCE_MS = 30_000

interface Delivery {
  id: number
  update: Payload
}

export function createDeliveries(updates: () => Updates, ended: () => void): Deliveries {
  const posts: Post[] = []
  const lanes = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let held = false
  let order: 'asQueued' | 'newestChatFirst' = 'asQueued'
  let times = 1
  let slowMs = 0
  let answersToLose = 0
  /** Ends the pauses between tries when the webhook moves or a hold ends. */
  let moved = new AbortController()

  const ready = () => !held && !stopping.signal.aborted && LOOPBACK_URL.test(updates().webhook().url)

  function begin() {
    if (!ready()) return
    const waiting = updates().deliverable()
    const chats = [...new Set(waiting.map(({ chat }) => chat))]
    if (order === 'newestChatFirst') chats.reverse()
    for (const chat of chats) {
      if (lanes.size >= updates().webhook().maxConnections) return
      if (lanes.has(chat)) continue
      const lane = serve(chat).finally(() => {
        lanes.delete(chat)
        begin()
        ended()
      })
      lanes.set(chat, lane)
    }
  }

  async function serve(chat: string): Promise<void> {
    while (ready()) {
      const next = updates()
        .deliverable()
        .find((one) => one.chat === chat)
      if (next === undefined) return
      await insist(next)
    }
  }

  async function insist(delivery: Delivery): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ready(); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const statuses = await Promise.all(Array.from({ length: times }, () => post(delivery)))
      if (statuses.every((status) => status !== 'cut' && status >= 200 && status < 300)) {
        updates().taken(delivery.id)
        ended()
        return
      }
      const worst = statuses.find((status) => status === 'cut' || status >= 300)
      updates().failed(
        worst === 'cut'
          ? 'Connection reset by peer'
          : `Wrong response from the webhook: ${worst} ${STATUS_CODES[Number(worst)] ?? ''}`,
      )
      ended()
      const { signal } = moved
      await sleep(pause, undefined, { signal }).catch(() => {})
    }
  }

  async function post({ id, update }: Delivery): Promise<Post['status']> {
    if (slowMs > 0) await sleep(slowMs)
    const { url, secret } = updates().webhook()
    let status: Post['status'] = 'cut'
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(PATIENCE_MS)]),
      })
      await response.arrayBuffer()
      status = response.status
      if (answersToLose > 0) {
        answersToLose -= 1
        status = 'cut'
      }
    } catch {
      // The process behind the webhook is gone, or goes: it is tried again.
    }
    posts.push({ updateId: id, status })
    return status
  }

  function hurry() {
    moved.abort()
    moved = new AbortController()
  }

  return {
    posts,
    open: () => lanes.size,
    /** A later round, so that all that a test queues at once is seen at once. */
    look: () => setImmediate(begin),
    moved() {
      hurry()
      setImmediate(begin)
    },
    chaos: {
      hold() {
        held = true
      },
      release(next = 'asQueued') {
        held = false
        order = next
        hurry()
        begin()
      },
      repeat(count) {
        times = count
      },
      slow(ms) {
        slowMs = ms
      },
      loseAnswers(count) {
        answersToLose = count
      },
      calm() {
        times = 1
        slowMs = 0
        answersToLose = 0
        order = 'asQueued'
      },
    },
    async stop() {
      stopping.abort()
      hurry()
      await Promise.all(lanes.values())
    },
  }
}
