import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'

/**
 * One webhook: the raw bytes are read up to 3 MB, verified, and only then handed on to be parsed. What is forged, cut
 * off or too large is refused at once and leaves nothing behind but a count. The platform is answered 200 when all of
 * it was committed or when it is certain nonsense, and 503 when it shall send the same again.
 */
export interface Webhook {
  path: `/webhooks/${string}`
  /** In constant time; false is answered 401. */
  verified(headers: IncomingHttpHeaders, body: Buffer): boolean
  /** Must not reject for anything that stands in the body. */
  handle(body: Buffer): Promise<'taken' | 'waiting' | 'nonsense'>
  counted(outcome: WebhookOutcome): void
}

/**
 * taken: committed. waiting: could not be committed now. forged: no valid signature. malformed: cut off, or not HTTP as
 * it should be. tooLarge: over 3 MB. nonsense: a valid signature over something that we cannot read.
 */
export type WebhookOutcome = 'taken' | 'waiting' | 'forged' | 'malformed' | 'tooLarge' | 'nonsense'

const LARGEST = 3 * 1024 * 1024

export function serveWebhook(server: FastifyInstance, { path, verified, handle, counted }: Webhook): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, parsed) =>
      parsed(null, body),
    )
    scope.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
      const tooLarge = error.statusCode === 413
      const ours = error.statusCode === undefined || error.statusCode >= 500
      counted(tooLarge ? 'tooLarge' : ours ? 'waiting' : 'malformed')
      return reply.code(tooLarge ? 413 : ours ? 503 : 400).send()
    })
    scope.post(path, { bodyLimit: LARGEST }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (!verified(request.headers, body)) {
        counted('forged')
        return reply.code(401).send()
      }
      const outcome = await handle(body)
      counted(outcome)
      return reply.code(outcome === 'waiting' ? 503 : 200).send()
    })
    done()
  })
}
