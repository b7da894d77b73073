import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { sign } from './webhook-body.ts'

/** A tiny server at the callback URL, for the tests of the fake alone: keeps what arrives, answers as it is told. */
export interface Receiver {
  url: string
  port: number
  /** Bodies with a right signature, in the order of arrival. */
  bodies: string[]
  /** Resolves once so many bodies are there. */
  arrived(count: number): Promise<void>
  /** The messages and statuses in them. */
  happened(): unknown[]
  forged: number
  /** What the next requests are answered; 200 when it is empty. 'cut': not at all. 'wait': when `open` is called. */
  answers: (number | 'cut' | 'wait')[]
  open(): void
  verifyToken: string
  stop(): Promise<void>
}

export async function startReceiver(secret: string, wantedPort = 0): Promise<Receiver> {
  let waiting: (() => void)[] = []
  let watchers: { count: number; resolve: () => void }[] = []

  function look() {
    for (const { count, resolve } of watchers) if (receiver.bodies.length >= count) resolve()
    watchers = watchers.filter(({ count }) => receiver.bodies.length < count)
  }

  async function take(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.method === 'GET') {
      const right = url.searchParams.get('hub.verify_token') === receiver.verifyToken
      response.writeHead(right ? 200 : 403).end(right ? url.searchParams.get('hub.challenge') : 'no')
      return
    }
    const body = await text(request)
    if (request.headers['x-hub-signature-256'] !== sign(secret, body)) {
      receiver.forged += 1
      response.writeHead(401).end()
      return
    }
    receiver.bodies.push(body)
    const answer = receiver.answers.shift() ?? 200
    if (answer === 'cut') response.destroy()
    else if (answer === 'wait') waiting.push(() => response.writeHead(200).end())
    else response.writeHead(answer).end()
    look()
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(wantedPort, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/webhooks/whatsapp`,
    port,
    bodies: [],
    arrived: (count) =>
      new Promise((resolve) => {
        watchers.push({ count, resolve })
        look()
      }),
    happened: () => receiver.bodies.flatMap((body) => thingsIn(body)),
    forged: 0,
    answers: [],
    open() {
      for (const end of waiting) end()
      waiting = []
    },
    verifyToken: 'verify',
    async stop() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await closed
    },
  }
  return receiver
}

interface Body {
  entry: { changes: { value: { messages?: unknown[]; statuses?: unknown[] } }[] }[]
}

function thingsIn(body: string): unknown[] {
  const { entry } = JSON.parse(body) as Body
  return entry.flatMap(({ changes }) =>
    changes.flatMap(({ value }) => [...(value.messages ?? []), ...(value.statuses ?? [])]),
  )
}
