import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Log, shapeOf } from '../../../operations/log.ts'
import type { Refused } from '../../wire.ts'
import { DESK_HEADERS, HSTS } from './headers.ts'
import type { Origin } from './origin.ts'
import { STATUS } from './reply.ts'

/**
 * What a request must be before any route looks at it: for this desk by its Host, from the desk's own page by
 * Sec-Fetch-Site or Origin, JSON and short. Every answer gets the headers, and whatever went wrong is told in one word.
 */
export interface GateParts {
  originOf(host: string | undefined): Origin | undefined
  log: Log
}

const MAX_BODY = 32 * 1024

export function guard(scope: FastifyInstance, { originOf, log }: GateParts): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY },
    (_request, body, done) => done(null, parsed(String(body))),
  )
  scope.addHook('onRequest', async (request, reply): Promise<unknown> => {
    const at = originOf(request.headers.host)
    void reply.headers(at?.secure === true ? { ...DESK_HEADERS, ...HSTS } : DESK_HEADERS)
    if (at === undefined) return send(reply, 'unavailable', 421)
    // By the route that was found, not by the letters of the address, which can be written in many ways.
    const route = request.routeOptions.url
    const isApi = request.method !== 'GET' || route === undefined || route.startsWith('/desk/api/')
    if (isApi && !isFromOurPage(request, at)) return send(reply, 'forbidden')
    if (request.method !== 'GET' && !isJson(request)) return send(reply, 'invalid', 415)
    return undefined
  })
  scope.setNotFoundHandler((_request, reply) => send(reply, 'gone'))
  scope.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
    if (typeof status === 'number' && status >= 400 && status < 500) return send(reply, 'invalid', status)
    log.event('desk.failed', { error: shapeOf(error) })
    return send(reply, 'unavailable', 500)
  })
}

/** A browser always says where an unsafe request comes from; a safe one that says nothing brings no cookie by itself. */
function isFromOurPage({ method, headers }: FastifyRequest, { origin }: Origin): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === undefined ? method === 'GET' : headers.origin === origin
}

function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json(?:; ?charset=utf-8)?$/iu.test(headers['content-type'] ?? '')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

export function send(reply: FastifyReply, why: Refused, status = STATUS[why]): FastifyReply {
  return reply.code(status).send({ refused: why })
}
