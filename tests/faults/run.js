import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** What `npm run test:faults` runs: the programs that make disks and clocks fail, then every file of this folder. */
const TOP = join(import.meta.dirname, '../..')
const { FOR_FAULTS, makeSureOfSystemPrograms } = await import('../system-programs.ts')
if (!makeSureOfSystemPrograms(process.env, undefined, FOR_FAULTS)) process.exit(1)
const vitest = join(TOP, 'node_modules/vitest/vitest.mjs')
const words = [vitest, 'run', '--config', 'vitest.faults.config.ts', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, words, { cwd: TOP, stdio: 'inherit' })
process.exitCode = status ?? 1
