import { setTimeout as passes } from 'node:timers/promises'
import { startSentinels } from '../redis-sentinel.ts'
import { endsWithUs } from './ends-with-us.ts'
import { type Proxy, startProxy } from './proxy.ts'
import type { ServerAct, Topology } from './topology.ts'

/** One primary with a replica and three sentinels. Each server is reached by everyone through one line, replication too. */
export async function startWithSentinels(): Promise<Topology> {
  const shared: Proxy[] = []
  const redis = await startSentinels({
    async announce(port) {
      const proxy = await startProxy({ to: () => ({ host: '127.0.0.1', port }) })
      shared.push(proxy)
      return proxy.port
    },
  })
  for (const place of redis.pids().keys()) endsWithUs(() => redis.pids()[place])
  const failingOver: ServerAct = {
    line: 'data',
    how: 'failover',
    async run(downMs) {
      const before = await redis.primary()
      if (before === undefined) return
      await before.kill()
      for (let now = await redis.primary(); now === undefined || now === before; ) {
        await passes(200)
        now = await redis.primary()
      }
      await passes(downMs)
      await before.startAgain()
      await redis.whole()
    },
  }
  const restarting: ServerAct = {
    line: 'data',
    how: 'restart',
    async run(downMs) {
      const before = await redis.primary()
      await before?.kill()
      // A moment only: sentinels notice after one and a half seconds.
      await passes(Math.min(downMs, 800))
      await before?.startAgain()
      await redis.whole()
    },
  }
  return {
    name: 'primary, replica, Sentinel',
    url: redis.url,
    shared,
    forProcess: () => Promise.resolve({ storageUrl: redis.url }),
    acts: [failingOver, failingOver, restarting],
    async stop() {
      await redis.stop()
      await Promise.all(shared.map((proxy) => proxy.stop()))
    },
  }
}
