import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

/** Takes every byte that is left on the disk of `path`, the last ones singly. */
export function fillDisk(path: string): void {
  const handle = openSync(path, 'a')
  for (let size = 65_536; size >= 1; ) {
    try {
      writeSync(handle, randomBytes(size))
    } catch {
      size = Math.floor(size / 2)
    }
  }
  closeSync(handle)
}
