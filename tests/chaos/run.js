import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** What `npm run test:chaos` runs: the programs that it needs, then the checker's and the lines' own tests, then the runs. */
const TOP = join(import.meta.dirname, '../..')
const { FOR_CHAOS, makeSureOfSystemPrograms } = await import('../system-programs.ts')
if (!makeSureOfSystemPrograms(process.env, undefined, FOR_CHAOS)) process.exit(1)
const run = (words) => spawnSync(process.execPath, words, { cwd: TOP, stdio: 'inherit' }).status ?? 1
const own = run([join(TOP, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/chaos'])
const chaos = run([join(import.meta.dirname, 'chaos.ts'), ...process.argv.slice(2)])
process.exitCode = own === 0 ? chaos : own
