import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer as readBytes } from 'node:stream/consumers'
import { carriesOn, type Fault } from './faults.ts'
import { type GraphAnswer, isObject, type Payload, refuse, write } from './graph-answer.ts'
import type { SetupCall } from './setup-calls.ts'

/** The HTTP side of the fake: `/{version}/{object}/{edge}` on a loopback port of its own, the token as Bearer. */

/** One POST to /messages that carried the right token. */
export interface Call {
  number: string
  body: Payload
  /** The address that it came from. */
  from: string
  /** Undefined while it is held open, and when it was cut or answered by an ordered fault. */
  answer?: GraphAnswer
}

export interface Serving {
  version: string
  numbers: readonly string[]
  token(): string
  fault(body: Payload): Fault | undefined
  send(number: string, body: Payload): GraphAnswer
  setup(call: SetupCall): Promise<GraphAnswer>
  upload(number: string, contentType: string, body: Buffer): Promise<GraphAnswer>
  began(call: Call): void
  /** Of any call: also of one that was refused before it began. */
  ended(answer: GraphAnswer | undefined): void
}

export async function serve(serving: Serving): Promise<{ apiUrl: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(serving, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [, version, node = '', edge = '', ...rest] = url.pathname.split('/')
  const finish = (result: GraphAnswer) => {
    write(response, result.status, result.body)
    serving.ended(result)
  }
  const written = await readBytes(request)
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (request.method === 'POST' && edge === 'media' && version === serving.version && rest.length === 0) {
    if (token !== serving.token()) return finish(refuse(190, 'The token is wrong', 401))
    if (!serving.numbers.includes(node)) return finish(refuse(100, 'There is no such phone number id'))
    return finish(await serving.upload(node, request.headers['content-type'] ?? '', written))
  }
  const body = bodyOf(request, written.toString())
  if (version !== serving.version || rest.length > 0) {
    return finish(refuse(100, 'Unknown path or version of the Graph API', 404))
  }
  if (body === undefined) return finish(refuse(100, 'The body is not whole JSON, or not told to be JSON'))
  const query = Object.fromEntries(url.searchParams)
  if (request.method !== 'POST' || edge !== 'messages') {
    const call = { method: request.method ?? '', node, edge, params: { ...query, ...body }, token }
    return finish(await serving.setup(call))
  }
  if (token !== serving.token()) return finish(refuse(190, 'The token is wrong', 401))
  if (!serving.numbers.includes(node)) return finish(refuse(100, 'There is no such phone number id'))
  if (url.search !== '') return finish(refuse(100, 'A message has no query'))
  const from = request.socket.remoteAddress ?? ''
  return answerSend(serving, response, { number: node, body, from })
}

async function answerSend(serving: Serving, response: ServerResponse, call: Call): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    response.once('close', resolve)
  })
  serving.began(call)
  const fault = serving.fault(call.body)
  if (fault !== undefined && !(await carriesOn(fault, response, gone))) return serving.ended(undefined)
  call.answer = serving.send(call.number, call.body)
  if (fault?.kind === 'cutAfter') response.destroy()
  else write(response, call.answer.status, call.answer.body)
  return serving.ended(call.answer)
}

/** JSON, or a form as curl sends it to setup calls; an empty object without a body; undefined when it is neither. */
function bodyOf(request: IncomingMessage, written: string): Payload | undefined {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  if (written === '') return {}
  if (type === 'application/x-www-form-urlencoded' && !request.url?.includes('/messages')) {
    return Object.fromEntries(new URLSearchParams(written))
  }
  if (type !== 'application/json') return undefined
  try {
    const body: unknown = JSON.parse(written)
    return isObject(body) ? body : undefined
  } catch {
    return undefined
  }
}
