import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Who may speak to the simulator: a browser on this machine, from the simulator's own page. A foreign site that resolves
 * its name to loopback fails on the Host header, a foreign page that posts here fails on Origin and Sec-Fetch-Site, and
 * no other page may frame, embed or read this one.
 */

export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'none'; " +
    "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'geolocation=(), camera=(), microphone=()',
} as const

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an address to listen on cannot be reached from another machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host)
}

/** Puts the gate before every route of this scope. `hosts`: further names under which it may be asked for. */
export function guard(scope: FastifyInstance, hosts: readonly string[]): void {
  const names = new Set([...LOOPBACK, ...hosts.map((host) => host.toLowerCase())])

  scope.addHook('onRequest', async (request, reply): Promise<unknown> => {
    void reply.headers(PAGE_HEADERS)
    if (!names.has(nameIn(request.headers.host))) return refuse(reply, 421)
    if (isApi(request) && !fromOwnPage(request)) return refuse(reply, 403)
    return undefined
  })
}

function isApi({ method, url }: FastifyRequest): boolean {
  return method !== 'GET' || url.startsWith('/simulator/api/')
}

/** A browser always says where a request comes from; what says nothing is not our page. */
function fromOwnPage({ headers, protocol }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === `${protocol}://${headers.host ?? ''}`
}

function nameIn(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d{1,5}$/u, '')
}

function refuse(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).send({ refused: true })
}
