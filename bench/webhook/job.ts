import type { WireName } from './wires.ts'

/** What the bench asks of the load process, and what it hears back. */

export interface Target {
  wire: WireName
  /** One process or several of one service: the calls go to them in turn. */
  servers: readonly Served[]
}

export interface Served {
  /** Where it listens, without a path. */
  address: string
  pid: number
}

export type Job =
  /**
   * 16 people at once, each sending the next message when the reply to the last one is there. New people begin for
   * `seconds` and until `turns` are done, and everyone comes to the end of the dialogue.
   */
  | { kind: 'saturate'; target: Target; seconds: number; turns: number }
  /**
   * `people` dialogues over 16 connections. Nobody gets more than three replies at once and then one a second, which
   * is as fast as Telegram takes them; the connections turn to others meanwhile.
   */
  | { kind: 'paced'; target: Target; people: number }
  /** So many messages a second whatever the server does, over as many connections as that needs. */
  | { kind: 'steady'; target: Target; seconds: number; perSecond: number }

export interface Measured {
  turns: number
  wallSeconds: number
  /** Of the service: all its processes. */
  cpuSeconds: number
  /** Of the load process itself: near the wall's seconds, it was the load that could do no more. */
  loadCpuSeconds: number
  /** Milliseconds from the moment a message was due until the server had answered 200, sorted. */
  acknowledgements: number[]
}

export type Heard = { ready: string } | { done: Measured } | { failed: string }
