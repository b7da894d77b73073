import fastify from 'fastify'
import type { Config } from '../config.ts'
import type { Metrics } from '../operations/metrics.ts'
import { listen } from './process/listen.ts'

/** `GET /metrics` on a port of its own, so that a proxy in front of the service cannot show it to the world. */
export async function serveMetrics(
  { host, metricsPort }: Config,
  metrics: Metrics,
  overdueSeconds: () => Promise<number>,
): Promise<{ close(): Promise<void> }> {
  if (metricsPort === undefined) return { close: () => Promise.resolve() }
  const server = fastify({ logger: false, forceCloseConnections: true })
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text(await overdueSeconds())),
  )
  await listen(server, { host, port: metricsPort, setting: 'METRICS_PORT' })
  return { close: () => server.close() }
}
