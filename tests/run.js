import { spawn, spawnSync } from 'node:child_process'
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

const scratch = mkdtempSync(join(inMemory() ?? tmpdir(), 'lantern-tests-'))
// Some tests become another user, who has to get through.
chmodSync(scratch, 0o711)
const env = { ...process.env, TMPDIR: scratch }
/** Resolves with whether it is green, when all that it said was shown under its heading. */
const check = async (heading, program, args) => {
  const child = spawn(process.execPath, [tool(program), ...args], { cwd: TOP, env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
  const status = await new Promise((resolve) => child.once('close', resolve))
  console.log(`\n== ${heading}\n${said.trim()}`)
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
const checks = await Promise.all([
  check('types', 'typescript/bin/tsc', ['-p', '.']),
  check('lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
  check('format', '@biomejs/biome/bin/biome', ['format']),
])
const failedChecks = checks.filter((isGreen) => !isGreen).length
console.log('\n== tests')
const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...only]
const { status } = spawnSync(process.execPath, [tool('vitest/vitest.mjs'), ...words], {
  cwd: TOP,
  stdio: 'inherit',
  env,
})
const green = status === 0

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
