import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Programs that the tests drive and npm cannot bring. What is missing is installed from Debian's packages when this may
 * be done without asking; otherwise the exact command is printed. No test is skipped for a missing one.
 */
interface Program {
  what: string
  names: readonly string[]
  /** An environment variable that gives the path of one that has another name. */
  variable: string
  packages: readonly string[]
}
type Variables = Readonly<Record<string, string | undefined>>
/** Runs a program with its arguments; true when it went well. */
type Run = (words: string[]) => boolean

/** The one without a window comes first: the same engine, with a third less work for the same pages. */
export const CHROMIUM: Program = {
  what: 'Chromium, for the browser tests',
  names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
  variable: 'CHROMIUM_PATH',
  packages: ['chromium-headless-shell', 'fonts-noto-core'],
}
/** Debian's has its program in this package; Valkey answers to the same commands. */
export const REDIS: Program = {
  what: 'Redis, for the tests of storage on a server',
  names: ['redis-server', 'valkey-server'],
  variable: 'REDIS_SERVER_PATH',
  packages: ['redis-server'],
}
/** spin writes a checker in C, which is then compiled. */
export const SPIN: Program = {
  what: 'spin, which checks the model of turns',
  names: ['spin'],
  variable: 'SPIN_PATH',
  packages: ['spin'],
}
export const C_COMPILER: Program = {
  what: 'a C compiler, for what spin writes',
  names: ['gcc', 'cc'],
  variable: 'CC_PATH',
  packages: ['gcc', 'libc6-dev'],
}
export const FOR_MODEL: readonly Program[] = [SPIN, C_COMPILER]
const FOR_TESTS: readonly Program[] = [CHROMIUM, REDIS]

const FAKETIME: Program = {
  what: 'faketime, whose library makes the clock jump',
  names: ['faketime'],
  variable: 'FAKETIME_PATH',
  packages: ['faketime'],
}
export const FOR_CHAOS: readonly Program[] = [REDIS, FAKETIME]
export const CADDY: Program = {
  what: 'Caddy, which reads our Caddyfile',
  names: ['caddy'],
  variable: 'CADDY_PATH',
  packages: ['caddy'],
}
export const SYSTEMD: Program = {
  what: 'systemd-analyze, which reads our units',
  names: ['systemd-analyze'],
  variable: 'SYSTEMD_ANALYZE_PATH',
  packages: ['systemd'],
}

export const FOR_FAULTS: readonly Program[] = [
  REDIS,
  {
    what: 'strace, which makes a disk fail at a chosen call',
    names: ['strace'],
    variable: 'STRACE_PATH',
    packages: ['strace'],
  },
  FAKETIME,
  CADDY,
  SYSTEMD,
]

/** True when every program is there, or could be installed. */
export function makeSureOfSystemPrograms(
  environment: Variables = process.env,
  run: Run = runQuietly,
  programs: readonly Program[] = FOR_TESTS,
): boolean {
  const missing = programs.filter((program) => !isThere(program, environment))
  if (missing.length === 0) return true
  const packages = missing.flatMap((program) => program.packages)
  const prefix = mayInstall(environment, run)
  if (prefix !== undefined) {
    console.log(`Installing ${packages.join(', ')} ...`)
    run([...prefix, 'apt-get', 'update', '-qq'])
    run([...prefix, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages])
  }
  const still = missing.filter((program) => !isThere(program, environment))
  for (const { what, variable, packages: needed } of still)
    console.error(
      `Missing: ${what}. Run: sudo apt-get update && sudo apt-get install -y ${needed.join(' ')}` +
        ` (or set ${variable} to its path).`,
    )
  return still.length === 0
}

/** The words to put before apt-get: none for root, sudo where it asks for no password, undefined where neither. */
function mayInstall(environment: Variables, run: Run): string[] | undefined {
  if (!inPath('apt-get', environment)) return undefined
  if (process.getuid?.() === 0) return []
  return inPath('sudo', environment) && run(['sudo', '-n', 'true']) ? ['sudo', '-n'] : undefined
}

function isThere(program: Program, environment: Variables): boolean {
  return pathOf(program, environment) !== undefined
}

/** Where a program lies; undefined where it is not on this machine. */
export function pathOf(
  { names, variable }: Program,
  environment: Variables = process.env,
): string | undefined {
  const told = environment[variable]
  if (told !== undefined && told !== '') return isProgram(told) ? told : undefined
  const folders = (environment['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

function inPath(name: string, environment: Variables): boolean {
  return (environment['PATH'] ?? '').split(delimiter).some((folder) => isProgram(join(folder, name)))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function runQuietly([program = '', ...args]: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' })
  if (status !== 0 && args.includes('apt-get')) console.error(`${stdout ?? ''}${stderr ?? ''}`)
  return status === 0
}
