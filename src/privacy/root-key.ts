import { createSecretKey, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Random } from '../operations/environment.ts'
import { syncFolder } from '../storage/sqlite/file.ts'

/**
 * The root key, from ROOT_KEY_FILE: 32 raw bytes that only their owner may read. Made at the first start; after that a
 * file of another length or one that others may read is refused rather than used or repaired. Whoever holds the file
 * without the vault holds nothing.
 */
export type RootKey = { kind: 'loaded' | 'created'; key: KeyObject } | { kind: 'refused'; problem: string }

const BYTES = 32

export function rootKey(path: string, random: Random): RootKey {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return { kind: 'created', key: created(path, random) }
  if (!stat.isFile()) return refused('ROOT_KEY_FILE is not a file')
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    return refused('ROOT_KEY_FILE may be read by others: set its mode to 0400')
  }
  if (stat.size !== BYTES) return refused('ROOT_KEY_FILE must hold exactly 32 bytes')
  const bytes = readFileSync(path)
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return { kind: 'loaded', key }
}

function refused(problem: string): RootKey {
  return { kind: 'refused', problem }
}

function created(path: string, random: Random): KeyObject {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const bytes = random.bytes(BYTES)
  const handle = openSync(path, 'wx', 0o400)
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(dirname(path))
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}
