import { setTimeout as passes } from 'node:timers/promises'
import { startCluster } from '../redis-cluster.ts'
import type { RedisServer } from '../redis-server.ts'
import { endsWithUs } from './ends-with-us.ts'
import { type Proxy, startProxy } from './proxy.ts'
import type { ServerAct, Topology } from './topology.ts'

/** A cluster of three primaries, each with a replica. Each server is reached by everyone through one line, replication too. */
export async function startOnCluster(): Promise<Topology> {
  const shared: Proxy[] = []
  const cluster = await startCluster({
    replicas: 1,
    async announce(port) {
      const proxy = await startProxy({ to: () => ({ host: '127.0.0.1', port }) })
      shared.push(proxy)
      return proxy.port
    },
  })
  for (const server of cluster.servers) endsWithUs(server.pid)

  /** A primary is gone for so long; its replica takes over after two seconds. */
  const failingOver: ServerAct = {
    line: 'data',
    how: 'failover',
    async run(downMs) {
      const struck = await anyPrimary()
      if (struck === undefined) return
      await struck.kill()
      while ((await cluster.primaries()).length < 3) await passes(200)
      await passes(downMs)
      await struck.startAgain()
      await cluster.whole()
    },
  }
  const restarting: ServerAct = {
    line: 'data',
    how: 'restart',
    async run() {
      const struck = await anyPrimary()
      await struck?.kill()
      await struck?.startAgain()
      await cluster.whole()
    },
  }
  let turn = 0
  async function anyPrimary(): Promise<RedisServer | undefined> {
    turn += 1
    const primaries = await cluster.primaries()
    return primaries[turn % Math.max(1, primaries.length)]
  }

  return {
    name: 'cluster, 3 + 3',
    url: cluster.url,
    shared,
    forProcess: () => Promise.resolve({ storageUrl: cluster.url }),
    acts: [failingOver, failingOver, restarting],
    async stop() {
      await cluster.stop()
      await Promise.all(shared.map((proxy) => proxy.stop()))
    },
  }
}
