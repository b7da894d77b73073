import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { syncFolder } from '../../storage/sqlite/file.ts'

/**
 * Room that is kept aside so that a key can be destroyed on a full disk: a file of random bytes (nothing can compress
 * or share them) that is dropped when a transaction fails, and made again as soon as there is room.
 */
export interface Ballast {
  drop(): void
  /** Makes the file whole again. False while there is no room for it. */
  restore(): boolean
}

const BYTES = 256 * 1024

export function ballastAt(path: string): Ballast {
  let whole = sizeOf(path) === BYTES
  return {
    drop() {
      whole = false
      rmSync(path, { force: true })
      syncFolder(dirname(path))
    },
    restore() {
      if (!whole) whole = written(path)
      return whole
    },
  }
}

function written(path: string): boolean {
  try {
    const handle = openSync(path, 'w', 0o600)
    try {
      const bytes = randomBytes(BYTES)
      for (let at = 0; at < BYTES; ) at += writeSync(handle, bytes, at)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return true
  } catch {
    rmSync(path, { force: true })
    return false
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1
}
