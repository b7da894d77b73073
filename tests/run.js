import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What `npm test` runs: the programs that the tests need, then types, lint, format and every test. Ends with one line,
 * `N passed, N failed`; a check that fails counts as one. Plain JavaScript, so that an old Node can say what it lacks.
 */
const TOP = join(import.meta.dirname ?? '.', '..')
const REPORT = join(TOP, 'reports', 'vitest.json')

const preflight = spawnSync(process.execPath, [join(TOP, 'src/cli/preflight.js'), 'help'], {
  encoding: 'utf8',
})
if (preflight.status !== 0) {
  process.stderr.write(preflight.stderr)
  process.exit(1)
}
// Only now: an older Node could not read these.
const { makeSureOfSystemPrograms } = await import('./system-programs.ts')
const { tally } = await import('./tally.ts')
if (!makeSureOfSystemPrograms()) process.exit(1)

const tool = (path) => join(TOP, 'node_modules', path)
const only = process.argv.slice(2)
rmSync(REPORT, { force: true })
mkdirSync(join(TOP, 'reports'), { recursive: true })

let failedChecks = 0
const scratch = mkdtempSync(join(inMemory() ?? tmpdir(), 'lantern-tests-'))
// Some tests become another user, who has to get through.
chmodSync(scratch, 0o711)
const check = (heading, program, args) => {
  console.log(`\n== ${heading}`)
  const env = { ...process.env, TMPDIR: scratch }
  const { status } = spawnSync(process.execPath, [tool(program), ...args], {
    cwd: TOP,
    stdio: 'inherit',
    env,
  })
  return status === 0
}

/** Real files, and no disk to wait for, where the system has such a folder with room; all of it is gone at the end. */
function inMemory() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 2 * 1024 ** 3 ? '/dev/shm' : undefined
  } catch {
    return undefined
  }
}
if (!check('types', 'typescript/bin/tsc', ['-p', '.'])) failedChecks += 1
if (!check('lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'])) failedChecks += 1
if (!check('format', '@biomejs/biome/bin/biome', ['format'])) failedChecks += 1
const green = check('tests', 'vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT}`,
  ...only,
])

rmSync(scratch, { recursive: true, force: true })

let report
try {
  report = JSON.parse(readFileSync(REPORT, 'utf8'))
} catch {
  report = undefined
}
const { passed, failed } = tally(report, green, failedChecks)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
