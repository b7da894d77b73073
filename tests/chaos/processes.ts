import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as passes } from 'node:timers/promises'
import { endsWithUs } from './ends-with-us.ts'
import { freePort } from '../free-port.ts'
import type { History } from './history.ts'
import { type Proxy, startProxy } from './proxy.ts'

/** The real program, several times, each behind lines of its own, which a nemesis kills, stops and starts again. */
export interface Lines {
  data: Proxy
  keys: Proxy
  platform: readonly Proxy[]
}

export interface Replica {
  name: string
  address: string
  /** `r1#3`: the third life of the first process. */
  life(): string
  lines: Partial<Lines> & Pick<Lines, 'platform'>
  start(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
  /** SIGSTOP for so long. */
  pause(ms: number): Promise<void>
  /** Its clock is so many seconds off from now on. */
  clock(seconds: number): void
  stop(): Promise<void>
  /** All that it wrote to its log, in all lives. */
  log(): string
}

interface Parts {
  at: number
  folder: string
  history: History
  settings: Record<string, string>
  /** Ports of the fake platforms on this machine. */
  platforms: { telegram: number; whatsapp: number }
  lines: { data?: Proxy; keys?: Proxy }
  library: string
  graphVersion?: string
}

const HOUSE = join(import.meta.dirname, '../..')
const STOP_MS = 20_000

/** What faketime shares by the number of a process: left locked by SIGKILL, it would hold up a later one of that number. */
function forgetClock(pid: number): void {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`])
    rmSync(join('/dev/shm', name), { force: true })
}

/** Every life of a process speaks from an address of its own, by which the platforms know it: 127.50+process.x.y. */
export const addressOf = (at: number, life: number) => `127.${50 + at}.${life >> 8}.${life & 255}`
export function lifeAt(address: string): string {
  const [, at = 0, high = 0, low = 0] = address.replace('::ffff:', '').split('.').map(Number)
  return `r${at - 50}#${high * 256 + low}`
}

export async function createReplica(parts: Parts): Promise<Replica> {
  const { at, folder, history, settings, library } = parts
  const name = `r${at}`
  const home = join(folder, name)
  mkdirSync(home, { recursive: true })
  const clockFile = join(home, 'clock')
  const clock = (seconds: number) => writeFileSync(clockFile, `${seconds < 0 ? '' : '+'}${seconds}\n`)
  clock(0)
  let life = 0
  let child: ReturnType<typeof spawnNext> | undefined
  const outward = (port: number) =>
    startProxy({ to: () => ({ host: '127.0.0.1', port }), from: () => addressOf(at, life) })
  const telegram = await outward(parts.platforms.telegram)
  const whatsapp = await outward(parts.platforms.whatsapp)
  const port = await freePort()
  const log = openSync(join(home, 'log.txt'), 'a', 0o600)
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: join(home, 'data'),
    VAULT_DIR: join(home, 'vault'),
    PORT: String(port),
    TELEGRAM_API_URL: `http://127.0.0.1:${telegram.port}`,
    WHATSAPP_API_URL: `http://127.0.0.1:${whatsapp.port}`,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clockFile,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    ...settings,
  }

  function spawnNext() {
    const words = [join(HOUSE, 'src/cli/preflight.js'), 'start']
    return spawn(process.execPath, words, { cwd: home, env, stdio: ['ignore', 'pipe', log] })
  }

  endsWithUs(() => child?.pid)

  /** One try; false where it ended before it had said its address. */
  async function tryToStart(): Promise<boolean> {
    life += 1
    const next = spawnNext()
    child = next
    const { stdout } = next
    if (stdout === null) throw new Error('it cannot be heard')
    const lines = createInterface({ input: stdout })
    const over = new AbortController()
    const { signal } = over
    const isServing = await Promise.race([
      once(lines, 'line', { signal }).then(
        () => true,
        () => false,
      ),
      once(next, 'exit', { signal }).then(
        () => false,
        () => false,
      ),
    ])
    over.abort()
    stdout.resume()
    return isServing
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill(signal)
    running.kill('SIGCONT')
    const late = new AbortController()
    await Promise.race([
      ended,
      passes(STOP_MS, undefined, { signal: late.signal }).then(
        () => running.kill('SIGKILL'),
        () => false,
      ),
    ])
    late.abort()
    await ended
    forgetClock(running.pid ?? 0)
  }

  return {
    name,
    address: `http://127.0.0.1:${port}`,
    life: () => `${name}#${life}`,
    lines: { ...parts.lines, platform: [telegram, whatsapp] },
    async start() {
      // A server that is away refuses the start, as it should.
      while (!(await tryToStart())) await passes(500)
      history.note({ kind: 'started', process: `${name}#${life}` })
    },
    async kill() {
      history.note({ kind: 'killed', process: `${name}#${life}` })
      await end('SIGKILL')
    },
    async pause(ms) {
      history.note({ kind: 'paused', process: `${name}#${life}`, until: history.now() + ms })
      const stopped = child
      stopped?.kill('SIGSTOP')
      await passes(ms)
      stopped?.kill('SIGCONT')
    },
    clock(seconds) {
      clock(seconds)
      history.note({ kind: 'clock', process: `${name}#${life}`, seconds })
    },
    log: () => readFileSync(join(home, 'log.txt'), 'utf8'),
    async stop() {
      await end('SIGTERM')
      await Promise.all([
        telegram.stop(),
        whatsapp.stop(),
        parts.lines.data?.stop(),
        parts.lines.keys?.stop(),
      ])
      closeSync(log)
    },
  }
}
