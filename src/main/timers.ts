import { type Log, shapeOf } from '../operations/log.ts'

/** What is done again and again; a time that fails is told and does not end it. */
export function createTimers(log: Log) {
  const timers: NodeJS.Timeout[] = []
  return {
    run(everyMs: number, task: () => Promise<void>) {
      const timer = setInterval(() => {
        task().catch((error: unknown) => log.event('upkeep.failed', { error: shapeOf(error) }))
      }, everyMs)
      timers.push(timer.unref())
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  }
}
