import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { pathOf, REDIS } from './system-programs.ts'

/**
 * A real Redis server of a test's own, in a folder of its own, on a free port, with a password; set up as the start
 * wants it (`src/storage/redis/link/server-check.ts`) unless a test says otherwise.
 */
export interface RedisServer {
  port: number
  url: string
  password: string
  folder: string
  pid(): number
  /** SIGKILL; what was on the disk stays. */
  kill(): Promise<void>
  /** After `kill` or `shutDown`: the same folder, port and settings. */
  startAgain(): Promise<void>
  shutDown(): Promise<void>
  /** For good: its folder goes too. */
  stop(): Promise<void>
}

export type Settings = Readonly<Record<string, string>>

export const SAFE: Settings = {
  appendonly: 'yes',
  appendfsync: 'always',
  save: '',
  'slowlog-log-slower-than': '-1',
  'maxmemory-policy': 'noeviction',
  bind: '127.0.0.1',
}

const TRIES = 500
const WAIT_MS = 10

/** `given` may depend on the port. */
export async function startRedis(
  given: Settings | ((port: number) => Promise<Settings>) = {},
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-redis-'))
  const port = await freePort()
  const settings = typeof given === 'function' ? await given(port) : given
  const password = settings['requirepass'] ?? randomBytes(12).toString('hex')
  const path = pathOf(REDIS)
  if (path === undefined) throw new Error(`no Redis: apt-get install ${REDIS.packages[0]}`)
  const all = {
    ...SAFE,
    requirepass: password,
    ...settings,
    port: String(port),
    dir: folder,
    loglevel: 'warning',
  }
  const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    child = spawn(path as string, words, { stdio: 'ignore' })
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (child.exitCode !== null) throw new Error('Redis did not start')
      if (await answers(port, password)) return
      await wait(WAIT_MS)
    }
    throw new Error('Redis does not answer')
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill(signal)
    // One that was stopped by SIGSTOP hears nothing else.
    running.kill('SIGCONT')
    await ended
  }

  await start()
  return {
    port,
    url: `redis://${password === '' ? '' : `:${password}@`}127.0.0.1:${port}`,
    password,
    folder,
    pid: () => child?.pid ?? 0,
    kill: () => end('SIGKILL'),
    startAgain: start,
    shutDown: () => end('SIGTERM'),
    async stop() {
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PONG, and not LOADING. */
function answers(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    const done = (up: boolean) => {
      socket.destroy()
      resolve(up)
    }
    socket.setTimeout(500, () => done(false))
    socket.on('error', () => done(false))
    socket.on('connect', () => socket.write(`${password === '' ? '' : `AUTH ${password}\r\n`}PING\r\n`))
    socket.on('data', (data) => {
      heard += data.toString()
      if (heard.includes('PONG')) done(true)
      else if (heard.includes('-')) done(false)
    })
  })
}
