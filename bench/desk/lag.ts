import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds by which the event loop of the program came late, as its own probe (lag-probe.ts) counted. */
export interface Lag {
  count: number
  p50: number
  p99: number
  max: number
}

export interface LagMeter {
  nodeArgs: readonly string[]
  environment: Readonly<Record<string, string>>
  /** What happened while `work` ran. */
  during<T>(pid: number, work: () => Promise<T>): Promise<{ lag: Lag; result: T }>
  close(): void
}

const LOOK_MS = 10
const PATIENCE_MS = 10_000

export function createLagMeter(): LagMeter {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-lag-'))
  const file = join(folder, 'lag.json')
  let asked = 0

  async function ask(pid: number): Promise<Lag> {
    asked += 1
    process.kill(pid, 'SIGUSR2')
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await wait(LOOK_MS)) {
      const said = read()
      if (said?.n === asked) return said
    }
    throw new Error('the program did not say how late its event loop was')
  }

  function read(): (Lag & { n: number }) | undefined {
    try {
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Lag & { n: number }) : undefined
    } catch {
      return undefined
    }
  }

  return {
    nodeArgs: ['--import', join(import.meta.dirname, 'lag-probe.ts')],
    environment: { BENCH_LAG_FILE: file },
    async during(pid, work) {
      await ask(pid)
      const result = await work()
      return { lag: await ask(pid), result }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
