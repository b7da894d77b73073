import type { Fault, Line } from './history.ts'
import type { Proxy } from './proxy.ts'

/** The servers under the processes: how a process comes to them, and what a nemesis can do to them. */
export interface Topology {
  name: string
  /** For one process: what it is told, and its own line to the data where it has one. */
  forProcess(): Promise<{ storageUrl: string; data?: Proxy }>
  /** For the last look, past all lines. */
  url: string
  /** Lines that all processes share. */
  shared: readonly Proxy[]
  /** Each resolves once the servers are whole again. */
  acts: readonly ServerAct[]
  stop(): Promise<void>
}

export interface ServerAct {
  line: Line
  how: Extract<Fault, 'restart' | 'failover'>
  /** `downMs`: how long what is killed stays away. */
  run(downMs: number): Promise<void>
}
