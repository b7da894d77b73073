import type { BotApi } from '../bot-api.ts'
import type { EventLog } from '../events.ts'
import type { Wait } from '../wait.ts'
import type { Inlet } from './inlet.ts'
import { poll, prepare } from './poll.ts'
import type { Batches } from './take-batch.ts'
import { tokenRefused } from './token-refused.ts'

/** Updates by long polling: nothing is served, and a webhook that was set elsewhere is removed at the start. */
export interface PollingParts {
  api: BotApi
  batches: Batches
  wait: Wait
  log: EventLog
}

export function createPolling(parts: PollingParts): Inlet {
  let running: { stopping: AbortController; ended: Promise<unknown> } | undefined

  return {
    routes() {},
    async start() {
      if (running !== undefined) return
      const stopping = new AbortController()
      const ready = prepare(parts.api)
      const run = { stopping, ended: ready as Promise<unknown> }
      running = run
      const outcome = await ready
      if (!outcome.ok && outcome.refusal.kind === 'token') {
        running = undefined
        throw tokenRefused()
      }
      // Where the line was down just now, the loop prepares again.
      run.ended = poll({ ...parts, prepared: outcome.ok }, stopping.signal)
    },
    async stop() {
      if (running === undefined) return
      const run = running
      running = undefined
      run.stopping.abort()
      await run.ended
    },
  }
}
