import { type Log, shapeOf } from '../operations/log.ts'

const STOP_MS = 10_000

/**
 * What nobody caught ends the process, and the log says so without its text. Node's own way of printing errors and
 * warnings, message and all, never comes into it.
 */
export function lastResort(log: Log): void {
  const end = (error: unknown) => {
    try {
      log.event('process.unhandled', { error: shapeOf(error) })
    } finally {
      process.exit(1)
    }
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
  process.removeAllListeners('warning')
  process.on('warning', (warning) => log.event('process.warning', { error: shapeOf(warning) }))
}

/** Waits to be told to stop, and then at most ten seconds for what is under way. */
export async function untilSignal(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  const late = setTimeout(() => process.exit(0), STOP_MS)
  late.unref()
  await stop()
}
