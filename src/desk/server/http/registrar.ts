import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Log } from '../../../operations/log.ts'
import { PAGE_HEADER, type Role } from '../../wire.ts'
import type { Limits } from '../auth/limits.ts'
import type { Session, Sessions } from '../auth/sessions.ts'
import type { Member, Staff } from '../staff.ts'
import { cookieFor, cookieIn, noCookie } from './cookie.ts'
import { guard, send } from './gate.ts'
import { FORGET } from './headers.ts'
import type { Origin } from './origin.ts'
import { refuse, type Reply } from './reply.ts'

/**
 * The only way to a route under /desk/. Each says who may use it, and what it takes, down to the last key; one that does
 * not say so stops the start, and so does one that was registered past this file. A request goes through: ours at all
 * (host), from our own page (Sec-Fetch-Site or Origin, JSON), signed in, of a role that may, fresh, of the published form.
 */
export type Access = 'public' | 'anySession' | readonly Role[]

interface Call<B, P, Q> {
  body: B
  params: P
  query: Q
  at: Origin
  /** The cookie that the browser came with, valid or not. */
  cookie: string | undefined
  request: FastifyRequest
  reply: FastifyReply
}
export interface SignedCall<B, P, Q> extends Call<B, P, Q> {
  session: Session
  me: Member
}

interface Common<B, P, Q> {
  method: 'GET' | 'POST'
  path: `/${string}`
  /** Needs a touch of the passkey or code in the last five minutes. */
  fresh?: boolean
  /**
   * Asked by a page older than this server, it is answered all the same: what takes typed words or ends a session. Everything
   * else is refused as `stale`.
   */
  olderPages?: boolean
  body?: z.ZodType<B>
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
}
export interface OpenRoute<B, P, Q> extends Common<B, P, Q> {
  roles: 'public'
  handler(call: Call<B, P, Q>): Promise<Reply> | Reply
}
export interface GuardedRoute<B, P, Q> extends Common<B, P, Q> {
  roles: 'anySession' | readonly Role[]
  handler(call: SignedCall<B, P, Q>): Promise<Reply> | Reply
}
type Nothing = Record<string, never>

export interface Registrar {
  open<B = Nothing, P = Nothing, Q = Nothing>(route: OpenRoute<B, P, Q>): void
  route<B = Nothing, P = Nothing, Q = Nothing>(route: GuardedRoute<B, P, Q>): void
}
export interface RegisteredRoute {
  method: 'GET' | 'POST'
  path: string
  roles: Access
  fresh: boolean
}

export interface RegistrarParts {
  sessions: Sessions
  staff: Staff
  limits: Pick<Limits, 'calls'>
  originOf(host: string | undefined): Origin | undefined
  /** Somebody asked for what their role may not: `path` is the route's own. */
  forbidden(me: Member, path: string): Promise<void>
  log: Log
  /** Of the page that this server gives out; undefined when it has none. */
  build(): Promise<string | undefined>
}

const nothing = z.strictObject({})
/** Fastify hands this back with a route, and nobody else has it. */
const MARK = Symbol('registered by the desk')

/** Call before any other route of the server is added. `declare` adds the desk's own. */
export function serveDesk(
  server: FastifyInstance,
  parts: RegistrarParts,
  declare: (registrar: Registrar) => void,
): RegisteredRoute[] {
  const registered: RegisteredRoute[] = []
  server.addHook('onRoute', ({ url, config }: { url: string; config?: { mark?: unknown } }) => {
    const isDesk = /^\/+desk(?:\/|$)/iu.test(url)
    if (isDesk && config?.mark !== MARK)
      throw new Error('a route under /desk was not registered through the desk')
  })
  server.register(
    async (scope) => {
      guard(scope, parts)
      const add = (route: OpenRoute<never, never, never> | GuardedRoute<never, never, never>) => {
        const { method, path, roles, fresh = false } = route
        if (!isAccess(roles)) throw new Error('a route of the desk does not say who may use it')
        if (fresh && roles === 'public') throw new Error('a public route has no touch that could be fresh')
        registered.push({ method, path: `/desk${path}`, roles, fresh })
        scope.route({
          method,
          url: path,
          prefixTrailingSlash: 'slash',
          exposeHeadRoute: false,
          config: { mark: MARK },
          handler: (request, reply) => handle(parts, route, request, reply),
        })
      }
      scope.route({
        method: 'GET',
        url: '/',
        prefixTrailingSlash: 'no-slash',
        exposeHeadRoute: false,
        config: { mark: MARK },
        handler: (_request, reply) => reply.redirect('/desk/', 302),
      })
      declare({
        open: (route) => add(route as unknown as OpenRoute<never, never, never>),
        route: (route) => add(route as unknown as GuardedRoute<never, never, never>),
      })
    },
    { prefix: '/desk' },
  )
  return registered
}

function isAccess(roles: unknown): boolean {
  return roles === 'public' || roles === 'anySession' || (Array.isArray(roles) && roles.length > 0)
}

async function handle(
  parts: RegistrarParts,
  route: OpenRoute<never, never, never> | GuardedRoute<never, never, never>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const at = parts.originOf(request.headers.host)
  if (at === undefined) return send(reply, 'unavailable', 421)
  if (route.olderPages !== true && (await isOlder(parts, request))) return send(reply, 'stale')
  const cookie = cookieIn(request.headers.cookie, at.secure)
  const call = { at, cookie, request, reply }
  if (route.roles === 'public') {
    const input = inputOf(route, request)
    return finish(
      reply,
      at,
      input === undefined ? refuse('invalid') : await route.handler({ ...call, ...input }),
    )
  }
  const found = await parts.sessions.find(cookie, request.method === 'POST')
  if (found === undefined) {
    if (cookie !== undefined) void reply.header('set-cookie', noCookie(at.secure))
    return send(reply, 'signIn')
  }
  const me = parts.staff.read(found.account)
  const isAllowed = route.roles === 'anySession' || route.roles.includes(me.role)
  if ((request.method === 'POST' || !isAllowed) && !parts.limits.calls(me.id)) return send(reply, 'tooMany')
  if (!isAllowed) {
    await parts.forbidden(me, `${route.method} /desk${route.path}`)
    return send(reply, 'forbidden')
  }
  if (route.fresh === true && !parts.sessions.isFresh(found.session)) return send(reply, 'again')
  const input = inputOf(route, request)
  if (input === undefined) return send(reply, 'invalid')
  return finish(reply, at, await route.handler({ ...call, ...input, session: found.session, me }))
}

/** An EventSource sends no header of its own; its page hears of a newer server with the next call. */
async function isOlder({ build }: RegistrarParts, { headers }: FastifyRequest): Promise<boolean> {
  const told = headers[PAGE_HEADER]
  if (told === undefined) return false
  const ours = await build()
  return ours !== undefined && told !== ours
}

function inputOf(route: Common<never, never, never>, request: FastifyRequest) {
  const body = (route.body ?? nothing).safeParse(request.method === 'GET' ? {} : request.body)
  const params = (route.params ?? nothing).safeParse(request.params)
  const query = (route.query ?? nothing).safeParse(request.query)
  return body.success && params.success && query.success
    ? { body: body.data as never, params: params.data as never, query: query.data as never }
    : undefined
}

function finish(reply: FastifyReply, at: Origin, result: Reply): FastifyReply {
  switch (result.kind) {
    case 'refused':
      return send(reply, result.why)
    case 'stream':
      return reply
    case 'file':
      return reply.type(result.type).send(result.text)
    case 'answer':
      if (result.cookie === 'forget') void reply.headers(FORGET).header('set-cookie', noCookie(at.secure))
      else if (result.cookie !== undefined)
        void reply.header('set-cookie', cookieFor(result.cookie.cookie, at.secure))
      return reply.send(result.value)
  }
}
