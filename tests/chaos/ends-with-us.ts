/** Processes of a run die with it, also when it is cut off. */
const pids = new Set<() => number | undefined>()

export function endsWithUs(pid: () => number | undefined): void {
  pids.add(pid)
}

process.on('exit', () => {
  for (const pid of pids) {
    const one = pid()
    if (one !== undefined && one > 0) endNow(one)
  }
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1))

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
