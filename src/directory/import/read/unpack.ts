import { Unzip, UnzipInflate } from 'fflate'
import { MOST_FILES, MOST_UNPACKED, type Refusal, refuse, tooMuchPacked } from './limits.ts'

/**
 * Unpacks the wanted files of a zip and counts every byte as it comes out, so that a small file cannot become a large one
 * whatever it says of its sizes. What is not wanted stays packed.
 */
export type Unpacked = { files: Map<string, Uint8Array> } | Refusal

/** A byte of a zip becomes about a thousand at most, so no step gives more than 4 MB before it is counted. */
const STEP = 4096

export function unpack(bytes: Uint8Array, isWanted: (path: string) => boolean): Unpacked {
  const files = new Map<string, Uint8Array>()
  let [unpacked, seen, begun] = [0, 0, 0]
  let refusal: Refusal | undefined
  const zip = new Unzip((file) => {
    seen += 1
    if (seen > MOST_FILES)
      refusal ??= refuse(`The file holds more than ${MOST_FILES} files`, 'Pack only the list.')
    if (refusal !== undefined || file.name.endsWith('/') || !isWanted(file.name)) return
    begun += 1
    const parts: Uint8Array[] = []
    file.ondata = (error, part, final) => {
      if (error !== null) refusal ??= damaged()
      unpacked += part?.length ?? 0
      if (unpacked > MOST_UNPACKED) refusal ??= tooMuchPacked()
      if (refusal !== undefined) return
      parts.push(part)
      if (!final) return
      begun -= 1
      files.set(file.name, joined(parts))
      parts.length = 0
    }
    file.start()
  })
  zip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && refusal === undefined; at += STEP)
      zip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length)
  } catch {
    refusal ??= damaged()
  }
  if (refusal === undefined && (begun > 0 || seen === 0)) refusal = damaged()
  return refusal ?? { files }
}

const damaged = (): Refusal =>
  refuse(
    'The file is damaged or has a password, so it cannot be unpacked',
    'Open it, and save it again without a password.',
  )

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
