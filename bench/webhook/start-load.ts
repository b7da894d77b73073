import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onCore } from '../on-core.ts'
import type { Heard, Job, Measured } from './job.ts'

/** The load in a process and on a core of its own, kept for the whole bench so that it is warm for every contestant. */
export interface Load {
  /** The fake platform's. */
  address: string
  /** One at a time. Rejects when a message did not get exactly one reply. */
  run(job: Job): Promise<Measured>
  stop(): void
}

export async function startLoad(core: number): Promise<Load> {
  const command = onCore(core, [process.execPath, join(import.meta.dirname, 'load.ts')])
  const child = spawn(command.program, command.args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = new AbortController()
  child.once('exit', () => ended.abort())

  async function heard(): Promise<Heard> {
    try {
      const [said] = (await once(child, 'message', { signal: ended.signal })) as [Heard]
      return said
    } catch {
      return { failed: 'the load process ended' }
    }
  }

  const first = await heard()
  if (!('ready' in first)) throw new Error('the load process did not start')
  return {
    address: first.ready,
    async run(job) {
      child.send(job)
      const said = await heard()
      if ('done' in said) return said.done
      throw new Error('failed' in said ? said.failed : 'the load process began anew')
    },
    stop: () => child.disconnect(),
  }
}
