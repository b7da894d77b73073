/**
 * Joins parts so that no two different lists of parts give the same bytes: each part is preceded by its length as two
 * big-endian bytes. Used for everything that is authenticated or hashed (AAD, pseudonyms, wrapped keys).
 */
export function framed(parts: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part))
  const out = Buffer.alloc(bytes.reduce((sum, part) => sum + 2 + part.length, 0))
  let at = 0
  for (const part of bytes) {
    if (part.length > 0xffff) throw new RangeError('a framed part is longer than 65535 bytes')
    out.writeUInt16BE(part.length, at)
    out.set(part, at + 2)
    at += 2 + part.length
  }
  return out
}
