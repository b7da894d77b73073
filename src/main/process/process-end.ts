import { type Log, shapeOf } from '../../operations/log.ts'

/** Who watches over the process may kill it after ten seconds. */
const STOP_MS = 9_500

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

/** Waits to be told to stop, by a signal or as it was `asked`, and then less than ten seconds for what is under way. */
export async function untilTold(stop: () => Promise<void>, asked?: Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
    void asked?.then(resolve)
  })
  const late = setTimeout(() => process.exit(0), STOP_MS)
  late.unref()
  await stop()
}
