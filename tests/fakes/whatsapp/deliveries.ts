import { setTimeout as sleep } from 'node:timers/promises'
import { escapeBody, type Happening, sign, webhookBody } from './webhook-body.ts'

/**
 * Brings webhooks to the callback URL by real HTTP. One that was not answered 200 is sent again, the same bytes, after
 * 50 ms, 100 ms … at most 1 s of real time, until it is: a killed server gets it when it is back. What goes to one lane
 * (the messages of a person, or her statuses) waits for what was before it; lanes do not wait for each other.
 * Not played: giving up after days.
 */
export type Order =
  /** What a person did arrives in the order in which she did it. */
  | 'kept'
  /** The newest that waits goes first. */
  | 'reversed'
  /** Nothing waits for anything. */
  | 'atOnce'

export interface Webhooks {
  /** Nothing is sent until `release`; what is on its way already stays so. */
  hold(): void
  release(): void
  order(order: Order): void
  /** Each delivery goes out so many times, at the same moment. */
  repeat(times: number): void
  /** Each delivery takes so long to begin, in milliseconds of real time. */
  slow(ms: number): void
  /** Up to so many that wait go out in one POST, over changes and entries. */
  batch(most: number): void
}

export interface Delivery {
  body: string
  attempts: number
  /** The last answer's status; undefined before the first, and when the line was cut. */
  answered: number | undefined
}

export interface Deliveries {
  webhooks: Webhooks
  /** Everything that was sent at least once, oldest first. */
  delivered: readonly Delivery[]
  enqueue(lane: string, happening: Happening): void
  /** One POST, sent once. Resolves to the status, undefined when it was cut off. */
  post(bytes: Uint8Array, signature: string | undefined): Promise<number | undefined>
  idle(): boolean
  stop(): void
}

interface Queued {
  lane: string
  turn: number
  happening: Happening
}

const LONGEST_WAIT_MS = 1_000
const PATIENCE_MS = 20_000

export function createDeliveries(
  wabaId: string,
  secret: string,
  url: () => string,
  changed: () => void,
): Deliveries {
  const waiting = new Map<string, Queued[]>()
  /** How many deliveries of each lane are on their way. */
  const busy = new Map<string, number>()
  const delivered: Delivery[] = []
  const stopping = new AbortController()
  let turns = 0
  let order: Order = 'kept'
  let times = 1
  let delay = 0
  let most = 1
  let gate = Promise.withResolvers<void>()
  let held = false
  gate.resolve()

  function take(lanes: string[]): Queued[] {
    const line = lanes
      .filter((lane) => order === 'atOnce' || !busy.has(lane))
      .flatMap((lane) => waiting.get(lane) ?? [])
      .toSorted((a, b) => (order === 'reversed' ? b.turn - a.turn : a.turn - b.turn))
    const taken = line.slice(0, most)
    for (const { lane, turn } of taken) {
      const rest = (waiting.get(lane) ?? []).filter((one) => one.turn !== turn)
      if (rest.length === 0) waiting.delete(lane)
      else waiting.set(lane, rest)
    }
    return taken
  }

  function start(lanes: string[]): void {
    if (held) return
    for (const group of most === 1 ? lanes.map((lane) => [lane]) : [lanes]) {
      for (let taken = take(group); taken.length > 0; taken = take(group)) void bring(taken)
    }
  }

  async function bring(taken: Queued[]): Promise<void> {
    const lanes = [...new Set(taken.map(({ lane }) => lane))]
    for (const lane of lanes) busy.set(lane, (busy.get(lane) ?? 0) + 1)
    const bytes = escapeBody(
      webhookBody(
        wabaId,
        taken.map(({ happening }) => happening),
      ),
    )
    await Promise.all(Array.from({ length: times }, () => insist(bytes)))
    for (const lane of lanes) {
      const left = (busy.get(lane) ?? 0) - 1
      if (left > 0) busy.set(lane, left)
      else busy.delete(lane)
    }
    if (stopping.signal.aborted) return
    start(lanes)
    changed()
  }

  async function insist(bytes: Buffer): Promise<void> {
    const delivery: Delivery = { body: bytes.toString(), attempts: 0, answered: undefined }
    for (let wait = 50; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      if (delay > 0) await pause(delay)
      await gate.promise
      if (stopping.signal.aborted) return
      if (delivery.attempts === 0) delivered.push(delivery)
      delivery.attempts += 1
      changed()
      delivery.answered = await post(bytes, sign(secret, bytes))
      if (delivery.answered === 200) return
      changed()
      await pause(wait)
    }
  }

  async function post(bytes: Uint8Array, signature: string | undefined): Promise<number | undefined> {
    try {
      const response = await fetch(url(), {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
        },
        body: new Uint8Array(bytes),
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(PATIENCE_MS)]),
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return undefined
    }
  }

  /** Ends early when the fake is stopped. */
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined)

  return {
    delivered,
    post,
    enqueue(lane, happening) {
      turns += 1
      waiting.set(lane, [...(waiting.get(lane) ?? []), { lane, turn: turns, happening }])
      start([lane])
    },
    idle: () => waiting.size === 0 && busy.size === 0,
    stop() {
      stopping.abort()
      gate.resolve()
    },
    webhooks: {
      hold() {
        if (held) return
        held = true
        gate = Promise.withResolvers<void>()
      },
      release() {
        held = false
        gate.resolve()
        start([...waiting.keys()])
      },
      order(wanted) {
        order = wanted
        start([...waiting.keys()])
      },
      repeat(wanted) {
        times = wanted
      },
      slow(ms) {
        delay = ms
      },
      batch(wanted) {
        most = wanted
      },
    },
  }
}
