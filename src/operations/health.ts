import type { FastifyInstance } from 'fastify'

/**
 * Two questions that a supervisor asks. Live: is the process answering; if not, start it anew. Ready: can it take an
 * event now; if not, send it none. The answer names the part that is not well, in fixed words, and nothing else.
 */
export type Part = 'storage' | 'vault' | 'pack' | 'stopping'

export interface HealthParts {
  /** Each rejects or resolves false when the part is not well. */
  checks: Readonly<Record<Exclude<Part, 'stopping'>, () => Promise<boolean>>>
  stopping(): boolean
}

/** A part that does not answer within this time is not well. */
const PATIENCE_MS = 2_000

export function serveHealth(server: FastifyInstance, { checks, stopping }: HealthParts): void {
  server.get('/health/live', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ live: true }),
  )
  server.get('/health/ready', async (_request, reply) => {
    const unwell: Part[] = stopping() ? ['stopping'] : []
    for (const [part, check] of Object.entries(checks)) if (!(await inTime(check))) unwell.push(part as Part)
    return reply
      .header('cache-control', 'no-store')
      .code(unwell.length === 0 ? 200 : 503)
      .send({ ready: unwell.length === 0, unwell })
  })
}

async function inTime(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  try {
    return await Promise.race([check(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
