import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Loaded with `--import` into the program that is measured: counts how late its event loop comes to a timer that is due
 * every 2 ms, and at each SIGUSR2 writes what it counted to the file BENCH_LAG_FILE and begins anew. From the inside,
 * since a request from outside would also be charged for the load process's own lag.
 */
const RESOLUTION_MS = 2
const file = process.env['BENCH_LAG_FILE'] ?? ''
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delays.enable()

/** A timer that comes in time counts as its own period. */
const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)

let written = 0
process.on('SIGUSR2', () => {
  written += 1
  const { count, max } = delays
  const said = {
    n: written,
    count,
    p50: late(delays.percentile(50)),
    p99: late(delays.percentile(99)),
    max: late(max),
  }
  delays.reset()
  writeFileSync(file, JSON.stringify(said))
})
