import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Looks for what should be gone in every file below some folders: each canary plain, in base64 and base64url at any
 * place, in hex, percent-encoded (both cases), in UTF-16 (both orders) and JSON-escaped. Use random canaries, and always a
 * control that must be found.
 */
export interface Residue {
  canary: string
  form: string
  file: string
}

/** A canary is a text, or bytes under a name. */
export type Canary = string | { name: string; bytes: Uint8Array }

export function findResidue(folders: readonly string[], canaries: readonly Canary[]): Residue[] {
  const needles = canaries.flatMap((canary) => forms(canary))
  return folders.flatMap(filesBelow).flatMap((file) => {
    const content = readFileSync(file)
    return needles
      .filter(({ bytes }) => content.includes(bytes))
      .map(({ canary, form }) => ({ canary, form, file }))
  })
}

export function forms(canary: Canary): { canary: string; form: string; bytes: Buffer }[] {
  const name = typeof canary === 'string' ? canary : canary.name
  const raw = typeof canary === 'string' ? Buffer.from(canary) : Buffer.from(canary.bytes)
  if (raw.length < 6) throw new RangeError('a canary of fewer than 6 bytes is found by chance')
  const texts = typeof canary === 'string' ? [canary] : []
  return [
    { form: 'plain', bytes: raw },
    { form: 'hex', bytes: Buffer.from(raw.toString('hex')) },
    { form: 'HEX', bytes: Buffer.from(raw.toString('hex').toUpperCase()) },
    ...[0, 1, 2].map((shift) => ({ form: `base64+${shift}`, bytes: base64Core(raw, shift, 'base64') })),
    ...[0, 1, 2].map((shift) => ({ form: `base64url+${shift}`, bytes: base64Core(raw, shift, 'base64url') })),
    ...texts.map((text) => ({ form: 'utf16', bytes: Buffer.from(text, 'utf16le') })),
    ...texts.map((text) => ({ form: 'utf16be', bytes: Buffer.from(text, 'utf16le').swap16() })),
    ...percents(raw).map((text) => ({ form: 'percent', bytes: Buffer.from(text) })),
    ...texts.flatMap(inAddress).map((text) => ({ form: 'percent', bytes: Buffer.from(text) })),
    ...texts.flatMap(insideJson).map((text) => ({ form: 'json', bytes: Buffer.from(text) })),
  ].map((one) => ({ canary: name, ...one }))
}

/** Base64 of bytes that begin anywhere in a longer run: the characters that do not depend on the neighbours. */
function base64Core(raw: Buffer, shift: number, encoding: 'base64' | 'base64url'): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), raw])
    .toString(encoding)
    .replace(/=+$/u, '')
  return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -1))
}

/** Every byte escaped, in both cases. */
function percents(raw: Buffer): string[] {
  const all = Array.from(raw, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return [all, all.toUpperCase()]
}

/** As a part of an address and as a form's field writes it. */
function inAddress(text: string): string[] {
  const part = encodeURIComponent(text)
  return [part, part.replaceAll('%20', '+'), new URLSearchParams({ '': text }).toString().slice(1)]
}

/** The text inside JSON: as JSON.stringify writes it, with all but ASCII escaped, and with everything escaped. */
function insideJson(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1)
  return [plain, escaped(plain, /[^\x20-\x7e]/gu), escaped(text, /[^]/gu)]
}

function escaped(text: string, what: RegExp): string {
  return text.replace(what, (letter) =>
    Array.from(
      { length: letter.length },
      (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
