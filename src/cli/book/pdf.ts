import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Chromium by the names that it has on the systems we know. */
const NAMES = ['chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome']
const PATIENCE_MS = 120_000

/** Prints a page with the system's Chromium; false where there is none. */
export function printPdf(html: string, file: string, environment: NodeJS.ProcessEnv = process.env): boolean {
  const told = environment['CHROMIUM_PATH']
  const folder = mkdtempSync(join(tmpdir(), 'lantern-book-'))
  try {
    const page = join(folder, 'book.html')
    writeFileSync(page, html)
    return (told === undefined ? NAMES : [told]).some((name) => {
      const { status } = spawnSync(
        name,
        [
          '--headless',
          '--disable-gpu',
          // Chromium's sandbox refuses to run as root; the page is our own and loads nothing.
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          `--user-data-dir=${join(folder, 'profile')}`,
          '--no-pdf-header-footer',
          `--print-to-pdf=${resolve(file)}`,
          pathToFileURL(page).href,
        ],
        { stdio: 'ignore', timeout: PATIENCE_MS, env: environment },
      )
      return status === 0
    })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
