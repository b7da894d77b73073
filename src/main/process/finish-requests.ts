import type { FastifyInstance } from 'fastify'

/** After so long a request that is still under way is cut: the platform sends it again. */
const PATIENCE_MS = 3_000

/**
 * A platform that is telling us something is answered before the lines are closed; whatever comes meanwhile is told 503 and
 * comes again elsewhere. Lines that never end, like those on which the desk listens, are not waited for.
 */
export function finishRequests(server: FastifyInstance): void {
  let underWay = 0
  let ended: () => void = () => {}
  server.addHook('onRequest', (request, reply, next) => {
    if (request.method === 'POST') {
      underWay += 1
      reply.raw.once('close', () => {
        underWay -= 1
        if (underWay === 0) ended()
      })
    }
    next()
  })
  server.addHook('preClose', async () => {
    if (underWay === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    ended = resolve
    const late = setTimeout(resolve, PATIENCE_MS)
    await promise
    clearTimeout(late)
  })
}
