import { createServer, type ServerResponse } from 'node:http'
import { text as readBody } from 'node:stream/consumers'

/** A server in Meta's place that answers what it was told to and keeps what it was sent. */
export interface GraphServer {
  url: string
  calls: { path: string; authorization: string | undefined; body: unknown }[]
  /** The next call is answered so; without it, as Meta answers a message that it takes. */
  next(answer: (response: ServerResponse) => void): void
  nextError(status: number, error: object, headers?: Record<string, string>): void
  stop(): Promise<void>
}

export async function startGraphServer(): Promise<GraphServer> {
  const calls: GraphServer['calls'] = []
  const answers: ((response: ServerResponse) => void)[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const parsed: unknown = JSON.parse(body)
      calls.push({ path: request.url ?? '', authorization: request.headers.authorization, body: parsed })
      const answer = answers.shift() ?? taken
      answer(response)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    next(answer) {
      answers.push(answer)
    },
    nextError(status, error, headers = {}) {
      answers.push((response) => {
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify({ error: { message: 'META-TEXT', fbtrace_id: 'META-TRACE', ...error } }))
      })
    },
    async stop() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await closed
    },
  }
}

function taken(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(
    JSON.stringify({
      messaging_product: 'whatsapp',
      contacts: [{ input: '999000000001', wa_id: '999000000001' }],
      messages: [{ id: 'wamid.FIXTURESENT' }],
    }),
  )
}
