import type { BotApi } from '../bot-api.ts'
import type { EventLog } from '../events.ts'
import type { Wait } from '../wait.ts'
import type { Batches } from './take-batch.ts'
import { createTrouble } from './trouble.ts'

/**
 * The polling loop: asks, hands over, and moves the offset on only past what was committed, so whatever a crash
 * interrupts comes again. It ends with `signal` and never rejects; trouble is told and waited out.
 */
export interface PollParts {
  api: BotApi
  /** `prepare` has succeeded already. */
  prepared: boolean
  batches: Batches
  wait: Wait
  log: EventLog
}

/** Between tries of updates that cannot be committed now. */
const UNCOMMITTED_MS = 5_000

export async function poll(
  { api, batches, wait, log, ...given }: PollParts,
  signal: AbortSignal,
): Promise<void> {
  const trouble = createTrouble(log, 'telegram.polling')
  let { prepared } = given
  let offset: number | undefined

  while (!signal.aborted) {
    if (!prepared) {
      const ready = await prepare(api)
      if (!ready.ok) {
        await wait(trouble.met(ready.refusal), signal)
        continue
      }
      prepared = true
    }
    const answer = await api.poll(offset, signal)
    // An answer that crosses the stop is not lost: it was not confirmed.
    if (signal.aborted) break
    if (!answer.ok) {
      await wait(trouble.met(answer.refusal), signal)
      continue
    }
    const taken = Array.isArray(answer.result)
      ? await batches.take(answer.result, signal)
      : ({ kind: 'garbage' } as const)
    if (taken.kind === 'garbage') {
      await wait(trouble.met({ kind: 'unreachable' }), signal)
      continue
    }
    offset = taken.offset ?? offset
    if (taken.waiting && !signal.aborted) {
      trouble.tell('telegram.updatesWaiting')
      await wait(UNCOMMITTED_MS, signal)
    } else {
      trouble.over()
    }
  }
  // So that the next process does not get again what this one has committed; if it fails, repeats are harmless.
  if (offset !== undefined) await api.confirm(offset)
}

/** A webhook that was set elsewhere would keep every update from us. */
export async function prepare(api: BotApi) {
  const me = await api.getMe()
  return me.ok ? await api.deleteWebhook() : me
}
