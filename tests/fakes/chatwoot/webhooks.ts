import { createHmac, randomUUID } from 'node:crypto'

/**
 * Signed webhooks, one after another. The real one sends each once and never again (lib/webhooks/trigger.rb), so a
 * lost one stays lost unless `tries` says otherwise.
 */
export interface SentWebhook {
  body: string
  headers: Record<string, string>
  /** Of each try; undefined when it did not arrive. */
  answers: (number | undefined)[]
}
export type Post = (body: string, headers: Record<string, string>) => Promise<number | undefined>

export interface Webhooks {
  to(post: Post): void
  /** How often one is sent that is not answered 200. 1. */
  tries(most: number): void
  /** While lost, nothing is sent and nothing is kept. */
  lose(lost: boolean): void
  /** Nothing is sent until it is released; then the newest goes first. */
  hold(): void
  releaseReversed(): void
  sent: SentWebhook[]
  /** The same bytes once more, signed anew. */
  again(one: SentWebhook): Promise<number | undefined>
  enqueue(payload: unknown): void
  idle(): Promise<void>
}

export function signedHeaders(secret: string, body: string, now: number): Record<string, string> {
  const seconds = String(Math.floor(now / 1000))
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return {
    'content-type': 'application/json',
    'x-chatwoot-delivery': randomUUID(),
    'x-chatwoot-timestamp': seconds,
    'x-chatwoot-signature': `sha256=${signature}`,
  }
}

export function createWebhooks(secret: string, clock: { now(): number }): Webhooks {
  let post: Post = () => Promise.resolve(undefined)
  let most = 1
  let lost = false
  let held: string[] | undefined
  let line: Promise<unknown> = Promise.resolve()
  const sent: SentWebhook[] = []

  async function send(body: string): Promise<void> {
    const one: SentWebhook = { body, headers: signedHeaders(secret, body, clock.now()), answers: [] }
    sent.push(one)
    for (let tried = 0; tried < most; tried += 1) {
      const answer = await post(body, one.headers).catch(() => undefined)
      one.answers.push(answer)
      if (answer === 200) return
    }
  }
  const queue = (body: string) => {
    line = line.then(() => send(body))
  }

  return {
    sent,
    to: (next) => void (post = next),
    tries: (next) => void (most = next),
    lose: (next) => void (lost = next),
    hold: () => void (held = []),
    releaseReversed() {
      const bodies = held ?? []
      held = undefined
      for (const body of bodies.toReversed()) queue(body)
    },
    again: ({ body }) => post(body, signedHeaders(secret, body, clock.now())),
    enqueue(payload) {
      const body = JSON.stringify(payload)
      if (lost) return
      if (held === undefined) queue(body)
      else held.push(body)
    },
    async idle() {
      for (let seen: unknown; seen !== line; ) {
        seen = line
        await line
      }
    },
  }
}
