/**
 * Loaded into the program before anything of it: its clock stands as far ahead as the test says, and what it does every
 * so often happens at once when that much time has been let pass. The browser's clock stays where it is.
 */
const { now } = Date
let ahead = 0
Date.now = () => now() + ahead

const every = globalThis.setInterval
const running = new Map<NodeJS.Timeout, { ms: number; run: () => void }>()
globalThis.setInterval = ((run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
  const timer = every(run, ms, ...args)
  running.set(timer, { ms, run: () => run(...args) })
  return timer
}) as typeof setInterval
const clear = globalThis.clearInterval
globalThis.clearInterval = (timer) => {
  running.delete(timer as NodeJS.Timeout)
  clear(timer)
}

process.on('message', (passes: number) => {
  ahead += passes
  for (const { ms, run } of running.values()) if (ms <= passes) run()
  process.send?.('passed')
})
// Waiting for the test alone must not keep a process alive that was told to stop.
process.channel?.unref()
