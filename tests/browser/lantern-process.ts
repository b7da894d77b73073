import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort } from '../free-port.ts'

/** The whole program as a process of its own, started as `npm start` starts it, with data folders that are gone afterwards. */

export interface LanternProcess {
  address: string
  /** The link for the desk's first administrator, which it prints while there is no account. */
  invite(): string
  /** The folders that hold everything it keeps. */
  folders: readonly string[]
  /** kill -9, with no time to tidy up. */
  killHard(): Promise<void>
  startAgain(): Promise<void>
  /** Its clock goes forward, and what is due by then is done; only with `movedClock`. */
  passes(minutes: number): Promise<void>
  /** Its time, in milliseconds since 1970. */
  now(): number
  end(): Promise<void>
}

const PREFLIGHT = join(import.meta.dirname, '../../src/cli/preflight.js')
/** Given at once: a process that begins anew with them would lose the line on which its clock is moved. */
const SMALL_HEAP = ['--max-semi-space-size=2', '--heap-growing-percent=10']
const MOVED_CLOCK = join(import.meta.dirname, 'moved-clock.ts')

export async function startLanternProcess({ movedClock = false } = {}): Promise<LanternProcess> {
  const home = await mkdtemp(join(tmpdir(), 'lantern-whole-'))
  const folders = [join(home, 'data'), join(home, 'vault')]
  const port = await freePort()
  let child: ChildProcess
  let said = ''
  let ahead = 0

  /** Resolves with the one line that it prints. */
  async function start(): Promise<string> {
    const first = movedClock ? [...SMALL_HEAP, '--import', pathToFileURL(MOVED_CLOCK).href] : []
    child = spawn(process.execPath, [...first, PREFLIGHT, 'start'], {
      // Elsewhere than the house, so that nobody's own .env is read.
      cwd: home,
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        DATA_DIR: folders[0],
        VAULT_DIR: folders[1],
        NODE_ENV: 'test',
      },
      stdio: ['ignore', 'pipe', 'pipe', ...(movedClock ? (['ipc'] as const) : [])],
    })
    said = ''
    child.stderr?.on('data', (piece: Buffer) => (said += piece.toString()))
    return new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(`It ended: ${said}`)))
      child.stdout?.on('data', (piece: Buffer) => {
        said += piece.toString()
        const [address] = /^http:\S+$/mu.exec(said) ?? []
        if (address !== undefined) resolve(address)
      })
    })
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }

  const address = await start()
  return {
    address,
    invite: () => /\S+\/desk\/#invite=\S+/u.exec(said)?.[0] ?? '',
    folders,
    killHard: () => stop('SIGKILL'),
    async startAgain() {
      await start()
    },
    async passes(minutes) {
      const passed = once(child, 'message')
      child.send(minutes * 60_000)
      await passed
      ahead += minutes * 60_000
    },
    now: () => Date.now() + ahead,
    async end() {
      await stop('SIGTERM')
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A fixed port, since the page looks for a server that was killed where it was. */
