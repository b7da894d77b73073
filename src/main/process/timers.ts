import { type Log, shapeOf } from '../../operations/log.ts'

/** What is done again and again; a time that fails is told and does not end it. */
export interface Timers {
  run(everyMs: number, task: () => Promise<void>): void
  /** The first time at once, so that a process that is started again and again does it too. */
  runNow(everyMs: number, task: () => Promise<void>): void
  stop(): void
}

export function createTimers(log: Log): Timers {
  const timers: NodeJS.Timeout[] = []
  const once = (task: () => Promise<void>) =>
    void task().catch((error: unknown) => log.event('upkeep.failed', { error: shapeOf(error) }))

  function run(everyMs: number, task: () => Promise<void>): void {
    timers.push(setInterval(() => once(task), everyMs).unref())
  }

  return {
    run,
    runNow(everyMs, task) {
      run(everyMs, task)
      once(task)
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  }
}
