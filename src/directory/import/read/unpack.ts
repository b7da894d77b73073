import { inflateRawSync } from 'node:zlib'
import { Unzip, type UnzipDecoder } from 'fflate'
import { MOST_FILES, MOST_UNPACKED, type Refusal, refuse, tooMuchPacked } from './limits.ts'

/**
 * Unpacks the wanted files of a zip, all of them together within the bound, so that a small file cannot become a large one
 * whatever it says of its sizes. What is not wanted stays packed.
 */
export type Unpacked = { files: Map<string, Uint8Array> } | Refusal

const STEP = 65_536

export function unpack(bytes: Uint8Array, isWanted: (path: string) => boolean): Unpacked {
  const files = new Map<string, Uint8Array>()
  let [left, seen, begun] = [MOST_UNPACKED, 0, 0]
  let refusal: Refusal | undefined

  /** Gathers the packed bytes of one file and unpacks them at once, never beyond what is left. */
  class Inflate implements UnzipDecoder {
    static readonly compression = 8
    ondata: UnzipDecoder['ondata'] = () => undefined
    #packed: Uint8Array[] = []

    push(part: Uint8Array, final: boolean): void {
      this.#packed.push(part.slice())
      if (!final) return
      try {
        const unpacked = inflateRawSync(Buffer.concat(this.#packed), { maxOutputLength: Math.max(1, left) })
        this.ondata(null, unpacked, true)
      } catch (error) {
        refusal ??= isTooLarge(error) ? tooMuchPacked() : damaged()
      }
      this.#packed = []
    }
  }

  const zip = new Unzip((file) => {
    seen += 1
    if (seen > MOST_FILES)
      refusal ??= refuse(`The file holds more than ${MOST_FILES} files`, 'Pack only the list.')
    if (refusal !== undefined || file.name.endsWith('/') || !isWanted(file.name)) return
    begun += 1
    const parts: Uint8Array[] = []
    file.ondata = (error, part, final) => {
      if (error !== null) refusal ??= damaged()
      left -= part?.length ?? 0
      if (left < 0) refusal ??= tooMuchPacked()
      if (refusal !== undefined) return
      parts.push(part)
      if (!final) return
      begun -= 1
      files.set(file.name, parts.length === 1 ? part : Buffer.concat(parts))
    }
    file.start()
  })
  zip.register(Inflate)
  try {
    for (let at = 0; at < bytes.length && refusal === undefined; at += STEP)
      zip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length)
  } catch {
    refusal ??= damaged()
  }
  if (refusal === undefined && (begun > 0 || seen === 0)) refusal = damaged()
  return refusal ?? { files }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

const damaged = (): Refusal =>
  refuse(
    'The file is damaged or has a password, so it cannot be unpacked',
    'Open it, and save it again without a password.',
  )
