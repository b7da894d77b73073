import { setTimeout as passes } from 'node:timers/promises'
import type { Fault, History, Line } from './history.ts'
import type { Replica } from './processes.ts'
import type { Proxy } from './proxy.ts'
import type { Chance } from './seeded.ts'
import type { ServerAct } from './topology.ts'

/**
 * Does one harm after the other, several at once, by the seed. Each heals by itself after its time; `end` resolves when the
 * last one has, and everything runs again.
 */
export interface Nemesis {
  end(): Promise<void>
}

interface Parts {
  history: History
  chance: Chance
  replicas: readonly Replica[]
  shared: readonly Proxy[]
  acts: readonly ServerAct[]
}

const MOST_AT_ONCE = 3
const BETWEEN_MS = { from: 500, to: 4_000 }
const JUMPS = [-240, -90, -45, 45, 90, 240]

export function startNemesis({ history, chance, replicas, shared, acts }: Parts): Nemesis {
  const underWay = new Set<Promise<void>>()
  /** What is struck already is left alone until it is whole again. */
  const struck = new Set<object>()
  const over = new AbortController()

  async function striking(what: object, harm: () => Promise<void>): Promise<void> {
    struck.add(what)
    try {
      await harm()
    } finally {
      struck.delete(what)
    }
  }

  async function onLine(line: Line, process: string, proxy: Proxy): Promise<void> {
    const how: Fault = chance.pick(['cut', 'slow', 'slow', 'halfOpen', 'refused'])
    const ms = how === 'cut' ? 0 : chance.whole(500, 6_000)
    history.note({ kind: 'faulted', line, process, how, until: history.now() + ms })
    if (how === 'cut') proxy.cut()
    if (how === 'slow') proxy.slow(chance.pick([30, 200, 700, 2_000]))
    if (how === 'halfOpen') proxy.halfOpen()
    if (how === 'refused') proxy.refuse()
    await passes(ms)
    proxy.heal()
  }

  async function onServer({ line, how, run }: ServerAct): Promise<void> {
    const at = history.now()
    await run(chance.whole(0, 3_000))
    history.note({ kind: 'faulted', line, process: '*', how, until: history.now(), at })
  }

  async function onProcess(replica: Replica): Promise<void> {
    const dice = chance.next()
    if (dice < 0.5) {
      await replica.kill()
      await passes(chance.whole(0, 2_000))
      return replica.start()
    }
    if (dice < 0.8) return replica.pause(chance.whole(300, 8_000))
    replica.clock(chance.pick(JUMPS))
    await passes(chance.whole(2_000, 20_000))
    return replica.clock(0)
  }

  /** One harm of something that is whole; undefined where all of that kind is struck already. */
  function next(): Promise<void> | undefined {
    const free = <T extends object>(all: readonly T[]) => all.filter((one) => !struck.has(one))
    const dice = chance.next()
    if (dice < 0.45) {
      const [replica] = chance.shuffled(free(replicas))
      return replica && striking(replica, () => onProcess(replica))
    }
    if (dice < 0.85) {
      const lines = [
        ...replicas.flatMap((replica) => linesOf(replica)),
        ...shared.map((proxy) => ({ line: 'data' as const, process: '*', proxy })),
      ]
      const whole = lines.filter(({ proxy }) => !struck.has(proxy))
      const [one] = chance.shuffled(whole)
      return one && striking(one.proxy, () => onLine(one.line, one.process, one.proxy))
    }
    const [act] = chance.shuffled(acts)
    // One harm to servers at a time: more is more than they promise to stand.
    return act && !struck.has(acts) ? striking(acts, () => onServer(act)) : undefined
  }

  async function strike(): Promise<void> {
    while (!over.signal.aborted) {
      await passes(chance.whole(BETWEEN_MS.from, BETWEEN_MS.to), undefined, { signal: over.signal }).catch(
        () => {},
      )
      if (over.signal.aborted || underWay.size >= MOST_AT_ONCE) continue
      const harm = next()
      if (harm === undefined) continue
      underWay.add(harm)
      void harm.finally(() => underWay.delete(harm))
    }
  }
  const striker = strike()

  return {
    async end() {
      over.abort()
      await striker
      await Promise.all(underWay)
    },
  }
}

function linesOf({ name, lines }: Replica): { line: Line; process: string; proxy: Proxy }[] {
  const one = (line: Line, proxy: Proxy | undefined) =>
    proxy === undefined ? [] : [{ line, process: name, proxy }]
  return [
    ...one('data', lines.data),
    ...one('keys', lines.keys),
    ...lines.platform.flatMap((proxy) => one('platform', proxy)),
  ]
}
