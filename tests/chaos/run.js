import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** What `npm run test:chaos` runs: the programs that it needs, the model of turns, the checker's and the lines' own tests, then the runs. */
const TOP = join(import.meta.dirname, '../..')
const { FOR_CHAOS, FOR_MODEL, makeSureOfSystemPrograms } = await import('../system-programs.ts')
if (!makeSureOfSystemPrograms(process.env, undefined, [...FOR_CHAOS, ...FOR_MODEL])) process.exit(1)
const run = (words) => spawnSync(process.execPath, words, { cwd: TOP, stdio: 'inherit' }).status ?? 1
const vitest = [join(TOP, 'node_modules/vitest/vitest.mjs'), 'run']
const model = run([...vitest, '--config', 'vitest.model.config.ts'])
const own = run([...vitest, 'tests/chaos'])
const chaos = run([join(import.meta.dirname, 'chaos.ts'), ...process.argv.slice(2)])
process.exitCode = [model, own, chaos].find((status) => status !== 0) ?? 0
