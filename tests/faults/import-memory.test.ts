import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOUSE } from '../../src/cli/house.ts'
import { HARMFUL_FILES } from './harmful-files.ts'

/** The bound that `limits.ts` promises, by the account of the process itself. */
const MOST = 300
const HARMFUL = Object.keys(HARMFUL_FILES) as (keyof typeof HARMFUL_FILES)[]
let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-memory-'))
})
afterEach(() => {
  rmSync(home, { recursive: true })
})
const file = (name: string) => join(home, name)

/** The whole command in a process of its own. */
function measured(): Promise<{ code: number | null; megabytes: number; output: string }> {
  const words = [join(HOUSE, 'src/cli/preflight.js'), 'services', 'import', file('harmful'), '--pack', 'demo']
  const child = spawn(process.execPath, words, {
    cwd: HOUSE,
    env: { ...process.env, NODE_OPTIONS: `--import ${join(import.meta.dirname, 'peak.js')}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, megabytes: Number(/^(\d+) MB$/mu.exec(output)?.[1] ?? Number.NaN), output })
    })
  })
}

test.each(HARMFUL)(
  'an import stays below 300 MB and never crashes: %s',
  async (what) => {
    HARMFUL_FILES[what](file('harmful'))
    const { code, megabytes, output } = await measured()
    expect(output).toMatch(/could not be read|rows?: /u)
    expect([0, 1, 2]).toContain(code)
    expect(megabytes).toBeLessThan(MOST)
  },
  120_000,
)
