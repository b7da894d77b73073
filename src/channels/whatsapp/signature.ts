import { isAscii, isUtf8 } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Sensitive } from '../../privacy/sensitive.ts'

/**
 * Whether a webhook call was signed with our app secret: HMAC-SHA256 over the bytes as they came, before anything is
 * parsed. Meta's documentation says that it signs the escaped form of the body (`é` as `\u00e9`, lower-case
 * hexadecimal), and its bodies come escaped already. Should a body come unescaped all the same, its escaped form is tried too; in
 * JSON both mean the same. A header that has not the published form costs no HMAC.
 */
export function isSigned(appSecret: Sensitive<string>, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const header = headers['x-hub-signature-256']
  const [, hex] = typeof header === 'string' ? (HEADER.exec(header) ?? []) : []
  if (hex === undefined) return false
  const given = Buffer.from(hex, 'hex')
  const matches = (bytes: Buffer) =>
    timingSafeEqual(given, createHmac('sha256', appSecret.reveal()).update(bytes).digest())
  return matches(body) || (!isAscii(body) && isUtf8(body) && matches(escaped(body)))
}

const HEADER = /^sha256=([0-9a-f]{64})$/iu
const HEX = Buffer.from('0123456789abcdef')

/** One pass over UTF-16 units and no strings, because this runs on bodies that may be forged and 3 MB long. */
function escaped(body: Buffer): Buffer {
  const units = Buffer.from(body.toString('utf8'), 'utf16le')
  const out = Buffer.allocUnsafe(units.length * 3)
  let length = 0
  for (let at = 0; at < units.length; at += 2) {
    const unit = units.readUInt16LE(at)
    if (unit < 0x80) {
      out[length++] = unit
      continue
    }
    out[length++] = 0x5c
    out[length++] = 0x75
    for (let shift = 12; shift >= 0; shift -= 4) out[length++] = HEX[(unit >> shift) & 0xf] ?? 0
  }
  return out.subarray(0, length)
}
