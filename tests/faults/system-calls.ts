import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Makes the disk fail at a chosen system call of another process, as the kernel would: with strace, which needs neither
 * privileges nor anything in the program. Only calls on the files of data and vault count and fail.
 */
export interface SystemCall {
  name: string
  /** The how-manieth of this name, from the start of the process. */
  nth: number
}
export const ILLS = {
  'SIGKILL at': { error: undefined, names: [] },
  'disk full from': { error: 'ENOSPC', names: ['pwrite64', 'write', 'fsync', 'fdatasync'] },
  'read-only from': { error: 'EROFS', names: ['pwrite64', 'write', 'ftruncate', 'unlink', 'openat'] },
  'input/output error from': {
    error: 'EIO',
    names: ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'],
  },
} as const
export type Ill = keyof typeof ILLS
const NOTHING = { error: undefined, names: [] } as const

const NAMES = ['pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'openat']
const FILES = [
  'begin',
  'data/data.db',
  'data/data.db-wal',
  'data/data.db-shm',
  'data/cases.db',
  'data/cases.db-wal',
  'data/cases.db-shm',
  'vault',
  'vault/vault.db',
  'vault/vault.db-journal',
  'vault/ballast',
]

/** The words that run a program so that this fault meets it. */
export function under(
  folder: string,
  trace: string,
  ill?: Ill,
  at?: SystemCall,
  before: readonly SystemCall[] = [],
) {
  const { error, names } = ill === undefined ? NOTHING : ILLS[ill]
  const counted = (name: string) => before.filter((call) => call.name === name).length
  const injected =
    at === undefined
      ? []
      : error === undefined
        ? [`inject=${at.name}:signal=SIGKILL:when=${at.nth}`]
        : names.map((name) => `inject=${name}:error=${error}:when=${counted(name) + 1}+`)
  return [
    'strace',
    '-D',
    '-f',
    '-qq',
    '-o',
    trace,
    // A signal cannot be sent from the kernel's filter.
    ...(ill === 'SIGKILL at' ? [] : ['--seccomp-bpf']),
    '-e',
    `trace=${NAMES.join(',')}`,
    ...injected.flatMap((expression) => ['-e', expression]),
    ...FILES.flatMap((file) => ['-P', join(folder, file)]),
  ]
}

/** Every call of a process that ran under strace, oldest first. */
export function callsIn(trace: string): SystemCall[] {
  const counts = new Map<string, number>()
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const name = /^\d+\s+(\w+)\(/u.exec(line)?.[1]
      if (name === undefined) return []
      const nth = (counts.get(name) ?? 0) + 1
      counts.set(name, nth)
      return [{ name, nth }]
    })
}

export function runUnder(words: readonly string[]): { said: string; signal: NodeJS.Signals | null } {
  const [program = '', ...args] = words
  const { stdout, stderr, signal } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
  if (stderr !== '' && stdout === '' && signal === null) throw new Error(stderr)
  return { said: stdout, signal }
}
