import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer as readBytes, text as readBody } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiResult, isObject, type Payload, refuse } from './api-result.ts'

/** The HTTP side of the fake: `POST /bot<token>/<method>` with a JSON body, on a loopback port of its own. */

/** What can be made to go wrong with a call. */
export type Fault =
  /** 429 with retry_after. */
  | { kind: 'flood'; seconds: number }
  | { kind: 'error'; code: number; description: string }
  /** A proxy's page instead of Telegram's JSON. */
  | { kind: 'html'; status: number }
  /** 200 with JSON that breaks off. */
  | { kind: 'garbage' }
  /** 200 with JSON that is whole but not of the Bot API. */
  | { kind: 'foreign'; body: unknown }
  /** A redirect to another host. */
  | { kind: 'redirect'; to: string }
  /** The line is cut before the call was carried out. */
  | { kind: 'cut' }
  /** The line is cut after it was carried out, before the answer. */
  | { kind: 'cutAfter' }
  /** Carried out after so long; `begun` is called when it came in. */
  | { kind: 'slow'; ms: number; begun?: () => void }
  /** Never answered. */
  | { kind: 'silent' }

export interface Call {
  method: string
  payload: Payload
  /** The address that it came from. */
  from: string
  /** Undefined while it is held open, or when it was cut. */
  result?: ApiResult
}

export interface Serving {
  token(): string
  fault(method: string): Fault | undefined
  handle(method: string, payload: Payload, gone: Promise<void>): Promise<ApiResult>
  began(call: Call): void
  ended(call: Call): void
}

export async function serve(serving: Serving): Promise<{ apiRoot: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(serving, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    apiRoot: `http://127.0.0.1:${port}`,
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
  const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
  if (token === undefined) return write(response, refuse(404, 'Not Found'))
  if (token !== serving.token()) return write(response, refuse(401, 'Unauthorized'))
  const payload = await payloadOf(request)
  if (payload === undefined)
    return write(response, refuse(400, 'Bad Request: the fake takes POST with JSON only'))

  const gone = new Promise<void>((resolve) => {
    response.once('close', resolve)
  })
  const call: Call = { method, payload, from: request.socket.remoteAddress ?? '' }
  const fault = serving.fault(method)
  if (fault !== undefined && !(await carriesOn(fault, response, gone))) {
    serving.began(call)
    serving.ended(call)
    return undefined
  }
  const result = serving.handle(method, payload, gone)
  serving.began(call)
  call.result = await result
  serving.ended(call)
  if (fault?.kind === 'cutAfter') response.destroy()
  else write(response, call.result)
  return undefined
}

/** Whether the call is carried out after all. */
async function carriesOn(fault: Fault, response: ServerResponse, gone: Promise<void>): Promise<boolean> {
  switch (fault.kind) {
    case 'flood':
      write(response, {
        ok: false,
        error_code: 429,
        description: `Too Many Requests: retry after ${fault.seconds}`,
        parameters: { retry_after: fault.seconds },
      })
      return false
    case 'error':
      write(response, refuse(fault.code, fault.description))
      return false
    case 'html':
      response
        .writeHead(fault.status, { 'content-type': 'text/html' })
        .end('<html><h1>Bad Gateway</h1></html>')
      return false
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"result":[{"upda')
      return false
    case 'foreign':
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(fault.body))
      return false
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end()
      return false
    case 'cut':
      response.destroy()
      return false
    case 'silent':
      await gone
      return false
    case 'slow':
      fault.begun?.()
      await sleep(fault.ms)
      return true
    default:
      return true
  }
}

async function payloadOf(request: IncomingMessage): Promise<Payload | undefined> {
  const type = request.headers['content-type'] ?? ''
  if (request.method === 'POST' && type.startsWith('multipart/form-data')) return formOf(request, type)
  if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') return undefined
  try {
    const body: unknown = JSON.parse(await readBody(request))
    return isObject(body) ? body : undefined
  } catch {
    return undefined
  }
}

/** A form, as files travel in: grammY names each file in a part of its own and points to it by `attach://`. */
async function formOf(request: IncomingMessage, type: string): Promise<Payload | undefined> {
  try {
    const bytes = new Uint8Array(await readBytes(request))
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
    const files = new Map<string, Payload>()
    const payload: Payload = {}
    for (const [name, value] of form)
      if (value instanceof File) files.set(name, { bytes: Buffer.from(await value.arrayBuffer()) })
      else payload[name] = /^-?\d+$/u.test(value) ? Number(value) : value
    for (const [name, value] of Object.entries(payload))
      if (typeof value === 'string' && value.startsWith('attach://'))
        payload[name] = files.get(value.slice('attach://'.length))
    return payload
  } catch {
    return undefined
  }
}

function write(response: ServerResponse, result: ApiResult): void {
  const status = result.ok ? 200 : result.error_code
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(result))
}
