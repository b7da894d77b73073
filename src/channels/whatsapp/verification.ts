import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Sensitive } from '../../privacy/sensitive.ts'

/**
 * The question that Meta asks once, when the webhook's address is entered in the app dashboard. It is answered with
 * its own challenge, as plain text and only when that can be nothing but a token, so that nobody can make this address
 * show a page of theirs. The verify token is compared by its hash, in constant time.
 */
export function serveVerification(
  server: FastifyInstance,
  path: `/webhooks/${string}`,
  verifyToken: Sensitive<string>,
): void {
  server.get(path, (request, reply) => {
    const challenge = challengeOf(request.query, verifyToken)
    if (challenge === undefined) return reply.code(403).send()
    return reply.code(200).type('text/plain').send(challenge)
  })
}

const TOKEN = /^[\w.-]{1,200}$/u

/** A key given twice arrives as a list, and is no token. */
function challengeOf(query: unknown, verifyToken: Sensitive<string>): string | undefined {
  const read = (key: string): string => {
    const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, key) : undefined
    return typeof value === 'string' ? value : ''
  }
  const challenge = read('hub.challenge')
  const expected = verifyToken.reveal()
  const known = timingSafeEqual(hash(read('hub.verify_token')), hash(expected)) && expected !== ''
  return known && read('hub.mode') === 'subscribe' && TOKEN.test(challenge) ? challenge : undefined
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
