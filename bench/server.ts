import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PhoneEvent, Writing } from '../src/channels/simulator/wire.ts'
import { onCore } from './on-core.ts'

/** A real Lantern in a process of its own, on empty folders, and phones that speak to it over HTTP. */
export interface Server {
  address: string
  pid: number
  /** Resident memory now and at its highest, in MiB, as the system counts it. */
  memory(): { resident: number; highest: number }
  /** The last that it wrote to standard error. */
  said(): string
  stop(): Promise<void>
  /** SIGKILL: what it had not made durable is gone. */
  kill(): Promise<void>
}

export interface Phone {
  /** Writes, and resolves with the answer as it reaches the phone. */
  ask(text: string): Promise<PhoneEvent>
  /** Stops listening, as a phone that is put away. */
  hangUp(): void
  kept(): Promise<{ state: string; outboxWaiting: number } | undefined>
}

const HOUSE = join(import.meta.dirname, '..')
const agent = new Agent({ keepAlive: true, maxSockets: 32 })

/** What `npm start` runs, its flags included. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(HOUSE, 'package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  const [program, ...args] = scripts.start.split(' ')
  if (program !== 'node') throw new Error('npm start runs something else than node')
  return args.map((arg) => (arg.endsWith('.js') ? join(HOUSE, arg) : arg))
}

/** How a server is started: the folder it works in is fresh, and goes with it. */
export interface Start {
  /** What node is called with. */
  args: readonly string[]
  environment?: Readonly<Record<string, string>>
  /** The only core that it may use, where the system can do that. */
  core?: number
}

/** `nodeArgs`: flags of node's own, in front of those of `npm start`. */
export const startServer = ({
  nodeArgs = [],
  ...start
}: Omit<Start, 'args'> & { nodeArgs?: readonly string[] } = {}): Promise<Server> =>
  startProgram({ ...start, args: [...nodeArgs, ...startArguments()] })

/** Any server that keeps to our doors: PORT, DATA_DIR and VAULT_DIR in, its address as the first line out. */
export async function startProgram({ args, environment, core }: Start): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-bench-'))
  const command = onCore(core, [process.execPath, ...args])
  const child = spawn(command.program, command.args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      VAULT_DIR: join(folder, 'vault'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (part: Buffer) => {
    said = `${said}${part.toString()}`.slice(-4_000)
  })
  const address = await firstLine(child, () => said)
  return {
    address,
    pid: child.pid ?? 0,
    memory() {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
      const mebibytes = (field: string) =>
        Number(new RegExp(`${field}:\\s+(\\d+)`, 'u').exec(status)?.[1]) / 1024
      return { resident: mebibytes('VmRSS'), highest: mebibytes('VmHWM') }
    },
    said: () => said,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

function firstLine({ stdout }: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stdout === null) throw new Error('the server has no output')
    createInterface(stdout)
      .once('line', resolve)
      .once('close', () => reject(new Error(`the server ended before it printed its address\n${said()}`)))
  })
}

export function phoneOf({ address }: Server, look: 'whatsapp' | 'telegram'): Phone {
  const headers = {
    'x-phone': `${look}/${randomBytes(16).toString('base64url')}`,
    'sec-fetch-site': 'same-origin',
  }
  const stream = listen(`${address}/simulator/api/events`, headers)
  async function write(content: Writing['content']): Promise<void> {
    const body = JSON.stringify({ tag: randomBytes(16).toString('base64url'), content } satisfies Writing)
    await exchange(`${address}/simulator/api/write`, { ...headers, 'content-type': 'application/json' }, body)
  }
  return {
    async ask(text) {
      const answer = stream.next()
      await write({ kind: 'text', text })
      return answer
    },
    hangUp: () => stream.close(),
    async kept() {
      const answer = await exchange(`${address}/simulator/api/kept`, headers)
      return (JSON.parse(answer) as { kept?: { state: string; outboxWaiting: number } }).kept
    },
  }
}

function exchange(url: string, headers: Record<string, string>, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`the server answered ${answer.statusCode ?? 0}`))
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** A phone's own stream of events; each is given out once, in order. */
function listen(url: string, headers: Record<string, string>) {
  const arrived: PhoneEvent[] = []
  const waiting: PromiseWithResolvers<PhoneEvent>[] = []
  let heard = ''
  let ended = false
  const fail = (error: Error) => {
    if (!ended) for (const one of waiting.splice(0)) one.reject(error)
  }
  const asked = request(url, { agent: false, headers }, (answer) => {
    answer.setEncoding('utf8')
    answer.on('error', fail)
    answer.on('data', (part: string) => {
      const lines = `${heard}${part}`.split('\n')
      heard = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) take(JSON.parse(line.slice(6)) as PhoneEvent)
    })
  })
  function take(event: PhoneEvent): void {
    const next = waiting.shift()
    if (next === undefined) arrived.push(event)
    else next.resolve(event)
  }
  asked.on('error', fail)
  asked.end()
  return {
    next(): Promise<PhoneEvent> {
      const event = arrived.shift()
      if (event !== undefined) return Promise.resolve(event)
      const later = Promise.withResolvers<PhoneEvent>()
      waiting.push(later)
      return later.promise
    },
    close(): void {
      ended = true
      asked.destroy()
    },
  }
}
