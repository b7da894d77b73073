import { closeSync, openSync, writeSync } from 'node:fs'

/**
 * What happened in a run, as people, platforms and the nemesis saw it: one JSON object a line, in the order in which it
 * was noted. Nothing in it comes from inside the program, but for the last look at what the stores hold. `at` is in
 * milliseconds since the run began, on one clock that never jumps.
 */
export type Event = { at: number } & Happened
type Happened =
  /** `reads`: the texts of which one answers it; none where nothing is answered. `n` counts up for each person. */
  | { kind: 'said'; person: string; n: number; text: string; reads: string[]; asks?: Asks }
  /** The webhook with it was answered 200. */
  | { kind: 'taken'; person: string; n: number; by: string }
  /** A try that was answered by something else, or not at all. */
  | { kind: 'notTaken'; person: string; n: number; by: string; status: number | 'cut' }
  /** The platform accepted a message for her. */
  | { kind: 'shown'; person: string; text: string; by: string }
  /** One life of one process. */
  | { kind: 'started' | 'killed'; process: string }
  | { kind: 'paused'; process: string; until: number }
  /** A line of one process (`r1`, in all of its lives), or with `*` a server or line of all. */
  | { kind: 'faulted'; line: Line; process: string; how: Fault; until: number }
  | { kind: 'clock'; process: string; seconds: number }
  /** Once all had healed: a case that waits at the desk, and whose conversation names it. */
  | { kind: 'case'; person: string; case: string }
  /** A case at the desk that no conversation names. */
  | { kind: 'strayCase'; case: string }
  /** Of what a person had when she erased all: what is still there. */
  | { kind: 'remains'; person: string; what: 'record' | 'key' | 'case' }
  /** Whether something was due still, once all had healed. */
  | { kind: 'ended'; isWaiting: boolean }
export type Asks = 'exit' | 'wipe' | 'case'
export type Line = 'data' | 'keys' | 'platform' | 'webhook'
export type Fault = 'cut' | 'slow' | 'halfOpen' | 'refused' | 'restart' | 'failover'

export interface History {
  now(): number
  note(event: Unclocked): void
  events: readonly Event[]
  /** Called with each event as it is noted. */
  onEvent(listener: (event: Event) => void): void
  close(): void
}

/** Without the time of the note; with one where it began earlier. */
export type Unclocked = Happened & { at?: number }

export function recordTo(file: string): History {
  const descriptor = openSync(file, 'w', 0o600)
  const began = performance.now()
  const events: Event[] = []
  const listeners: ((event: Event) => void)[] = []
  const now = () => Math.round(performance.now() - began)
  return {
    now,
    events,
    note(event) {
      const noted: Event = { at: now(), ...event }
      events.push(noted)
      writeSync(descriptor, `${JSON.stringify(noted)}\n`)
      for (const listener of listeners) listener(noted)
    },
    onEvent: (listener) => void listeners.push(listener),
    close: () => closeSync(descriptor),
  }
}

export function historyIn(text: string): Event[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event)
}
