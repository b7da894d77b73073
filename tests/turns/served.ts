import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The real program as a process of its own, for tests that kill it. */
export interface Served {
  address: string
  process: ChildProcess
  /** All that it wrote to standard output and error. */
  output(): string
  kill(signal: NodeJS.Signals): Promise<void>
}

const HOUSE = join(import.meta.dirname, '../..')

export interface How {
  /** A program that runs it, with its arguments. */
  under?: readonly string[]
  /** Arguments for Node itself. */
  node?: readonly string[]
  /** Another tree of the sources. */
  house?: string
}

export async function serve(
  folder: string,
  settings: Record<string, string> = {},
  { under = [], node = [], house = HOUSE }: How = {},
): Promise<Served> {
  const words = [...under, process.execPath, ...node, join(house, 'src/cli/preflight.js'), 'start']
  const child = spawn(words[0] ?? '', words.slice(1), {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: join(folder, 'data'),
      VAULT_DIR: join(folder, 'vault'),
      PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const lines = createInterface({ input: child.stdout })
  const address = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      output += `${line}\n`
      resolve(line)
    })
    child.once('exit', (code) => reject(new Error(`it ended with ${String(code)}: ${output}`)))
  })
  return {
    address,
    process: child,
    output: () => output,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    },
  }
}
