import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/**
 * The heap that fits what is served (docs/decisions/0004-a-small-heap.md). V8 reads its sizes only when a process begins, so
 * this one begins anew with them, in its own place: same process id, same files, nothing of it stays in memory. Where the
 * system cannot do that, V8 keeps its own sizes and everything works. An import reads and drops rows by the thousand: a small
 * young generation keeps the largest file within its bounds.
 */
const SMALL = ['--max-semi-space-size=2', '--heap-growing-percent=10']
/** Sixteen turns in flight are 3 MiB: in a young generation of 2 they would all be taken for old. */
const SERVING = ['--max-semi-space-size=16', '--heap-growing-percent=30']
const PLATFORMS = ['TELEGRAM_BOT_TOKEN', 'WHATSAPP_ACCESS_TOKEN']

/** `words`: of the command line. */
export function useFittingHeap([command, act]) {
  const isImport = command === 'services' && act === 'import'
  if (command !== 'start' && !isImport) return
  const { execve, execPath, execArgv, argv, env } = process
  if (execve === undefined || execArgv.some((flag) => flag.startsWith('--max-semi-space-size'))) return
  const heap = !isImport && servesPlatform() ? SERVING : SMALL
  execve(execPath, [execPath, ...execArgv, ...heap, ...argv.slice(1)], env)
}

/** The file is only looked into: what stands there must not stand in the environment of a process for all to see. */
function servesPlatform() {
  const settings = { ...inDotEnv(), ...process.env }
  return PLATFORMS.some((name) => (settings[name] ?? '') !== '')
}

function inDotEnv() {
  try {
    return parseEnv(readFileSync('.env', 'utf8'))
  } catch {
    return {}
  }
}
