import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { CHROMIUM } from '../system-programs.ts'

/** Starts the system's own Chromium, headless, with an empty profile that is gone when it closes. */

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const VIEWPORT = { width: 1280, height: 860 }

export interface Browser {
  context: BrowserContext
  /** Somebody else's browser: nothing is shared, neither cookies nor passkeys. */
  another(): Promise<BrowserContext>
  close(): Promise<void>
}

export async function startChromium(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'lantern-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: FLAGS,
    viewport: VIEWPORT,
  })
  return {
    context,
    async another() {
      const browser = context.browser()
      if (browser === null) throw new Error('Chromium is gone')
      return browser.newContext({ viewport: VIEWPORT })
    },
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** CHROMIUM_PATH, or the first of the usual names in PATH. */
export function chromiumPath(environment: NodeJS.ProcessEnv = process.env): string {
  const told = environment[CHROMIUM.variable]
  if (told !== undefined && told !== '') return told
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    for (const name of CHROMIUM.names) if (isProgram(join(folder, name))) return join(folder, name)
  }
  throw new Error(
    `Chromium is not installed: apt-get install ${CHROMIUM.packages[0]}, or set ${CHROMIUM.variable}`,
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
