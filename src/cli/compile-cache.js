import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { enableCompileCache, getCompileCacheDir } from 'node:module'
import { join } from 'node:path'

/**
 * Node's own cache of compiled modules, types already stripped. A service that finds it warm never loads the compiler
 * that strips them, which saves 30 MiB for as long as it runs (docs/decisions/0004-a-small-heap.md). It lies in the
 * house and not in the system's shared folder for temporary files, where others could write. Where it cannot be
 * written, everything works without it.
 */
const HOUSE = join(import.meta.dirname, '..', '..')
const FOLDER = join(HOUSE, 'node_modules', '.cache', 'lantern')
const SOURCES = ['src', 'flows', 'locales', 'node_modules/.package-lock.json']

/** `warm`: fills it first, in a process of its own, when a source is younger than it is. */
export function useCompileCache({ warm }) {
  enableCompileCache(FOLDER)
  if (!warm || !isStale()) return
  // With the same flags: Node keeps one cache for each set of them.
  const again = [...process.execArgv, join(import.meta.dirname, 'warm.js')]
  spawnSync(process.execPath, again, { stdio: 'ignore' })
}

function isStale() {
  const filled = changedAt(getCompileCacheDir() ?? FOLDER)
  return SOURCES.some((name) => youngest(join(HOUSE, name)) > filled)
}

/** When a file, or the youngest file of a folder, was changed. */
function youngest(path) {
  if (!existsSync(path) || !statSync(path).isDirectory()) return changedAt(path)
  return Math.max(0, ...readdirSync(path, { recursive: true }).map((name) => changedAt(join(path, name))))
}

/** Milliseconds since 1970; 0 for what is not there. */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
