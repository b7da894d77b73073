import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Which core a process runs on, and what it used of it. */

/** The command that runs `command` on one core alone; the command itself where the system has no taskset or too few cores. */
export function onCore(
  core: number | undefined,
  command: readonly [string, ...string[]],
): { program: string; args: string[] } {
  const [program, ...args] = command
  if (core === undefined || !canPin(core)) return { program, args }
  // taskset becomes the program that it starts, so the process id is the program's own.
  return { program: 'taskset', args: ['-c', String(core), program, ...args] }
}

export function canPin(core: number): boolean {
  return process.platform === 'linux' && spawnSync('taskset', ['-c', String(core), 'true']).status === 0
}

/** Puts this process and all its threads on one core; returns how to give it back all that it had. */
export function pinSelf(core: number): () => void {
  if (!canPin(core)) return () => {}
  const pid = String(process.pid)
  const had = spawnSync('taskset', ['-cp', pid], { encoding: 'utf8' }).stdout.split(': ').at(-1)?.trim() ?? ''
  spawnSync('taskset', ['-acp', String(core), pid])
  return () => void spawnSync('taskset', ['-acp', had, pid])
}

/** Ticks a second in /proc, the same on every Linux that Node runs on. */
const TICKS = 100

/** Seconds of processor time, user and system, of all threads of a process and without its children. */
export function cpuSeconds(pid: number): number {
  if (process.platform !== 'linux') return cpuSecondsByPs(pid)
  // The second field is the name in brackets and may hold blanks: what counts stands behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** Elsewhere `ps` knows it, as [hours:]minutes:seconds. */
function cpuSecondsByPs(pid: number): number {
  const said = spawnSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return said.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0)
}
