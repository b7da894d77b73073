import { setTimeout as sleep } from 'node:timers/promises'

/** Waits so many milliseconds, less when `signal` ends it; never rejects. Tests hand in one that does not sleep. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

export const wait: Wait = async (ms, signal) => {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal })
  } catch {
    // Ended by the signal: whoever waits looks at it next.
  }
}
