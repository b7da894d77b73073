/** A bar on standard error where somebody watches, and nothing where not: standard output is for scripts. */
export interface ProgressBar {
  show(done: number, of: number): void
  /** Takes the bar away. */
  end(): void
}

const WIDTH = 30

export function progressBar(what: string, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  const shows = out.isTTY
  return {
    show(done, of) {
      if (!shows) return
      const part = of === 0 ? 1 : Math.min(1, done / of)
      const filled = Math.round(part * WIDTH)
      const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`
      out.write(`\r\u001B[K${what} [${bar}] ${Math.floor(part * 100)} %`)
    },
    end() {
      if (shows) out.write('\r\u001B[K')
    },
  }
}
