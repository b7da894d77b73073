import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What `npm run test:faults` runs: the programs that make disks and clocks fail, then every file of this folder, then the
 * properties of `npm test` with examples that they were never tried with.
 */
const TOP = join(import.meta.dirname, '../..')
const { FOR_FAULTS, makeSureOfSystemPrograms } = await import('../system-programs.ts')
if (!makeSureOfSystemPrograms(process.env, undefined, FOR_FAULTS)) process.exit(1)

function vitest(words, env = process.env) {
  const program = join(TOP, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(process.execPath, [program, 'run', ...words], {
    cwd: TOP,
    stdio: 'inherit',
    env,
  })
  return status ?? 1
}

const only = process.argv.slice(2)
let worst = vitest(['--config', 'vitest.faults.config.ts', ...only])
if (only.length === 0) {
  const properties = globSync('tests/**/*.test.ts', { cwd: TOP, exclude: ['tests/faults/**'] }).filter(
    (file) => readFileSync(join(TOP, file), 'utf8').includes('fast-check'),
  )
  const seed = 1 + Math.floor(Math.random() * 999_999)
  console.log(`\n== properties, with SEED=${seed}`)
  worst = Math.max(worst, vitest(properties, { ...process.env, SEED: String(seed) }))
}
process.exitCode = worst
