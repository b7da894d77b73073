import { setTimeout as passes } from 'node:timers/promises'
import { type RedisServer, startRedis } from '../redis-server.ts'
import { endsWithUs } from './ends-with-us.ts'
import type { Line } from './history.ts'
import { startProxy } from './proxy.ts'
import type { ServerAct, Topology } from './topology.ts'

/** One server, with a line of its own for each process. */
export async function startOnePrimary(): Promise<Topology> {
  const server = await startRedis()
  endsWithUs(server.pid)
  return {
    name: 'one primary',
    url: server.url,
    shared: [],
    async forProcess() {
      const data = await startProxy({ to: () => ({ host: '127.0.0.1', port: server.port }) })
      return { storageUrl: throughProxy(server.url, data.port), data }
    },
    acts: [restarting(server, 'data')],
    stop: () => server.stop(),
  }
}

/** SIGKILL; what was acknowledged stands in its log. */
export function restarting(server: RedisServer, line: Line): ServerAct {
  return {
    line,
    how: 'restart',
    async run(downMs) {
      await server.kill()
      await passes(downMs)
      await server.startAgain()
    },
  }
}

export function throughProxy(url: string, port: number): string {
  return url.replace(/:\d+$/u, `:${port}`)
}
