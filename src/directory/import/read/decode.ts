import type { Finding } from '../finding.ts'
import { type Refusal, refuse } from './limits.ts'

/**
 * Bytes to text, as spreadsheets save it: UTF-8 with or without its mark, UTF-16 either way round, and where none of these
 * fits, one of the three old Windows alphabets. Those are guessed, so the report says which one it was.
 */
export type Decoded = { text: string; findings: Finding[] } | Refusal

export function decode(bytes: Uint8Array): Decoded {
  const utf16 = utf16Of(bytes)
  if (utf16 !== undefined) return { text: withoutMark(new TextDecoder(utf16).decode(bytes)), findings: [] }
  if (bytes.includes(0))
    return refuse('The file is neither a table nor a workbook', 'Save the list as .xlsx or as CSV in UTF-8.')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), findings: [] }
  } catch {
    const { label, name } = guessed(bytes)
    const problem = `The file is not in UTF-8; it was read as ${name}, which is a guess`
    const remedy = 'Look whether letters with accents are right; if not, save it as CSV in UTF-8.'
    return { text: new TextDecoder(label).decode(bytes), findings: [{ kind: 'mended', problem, remedy }] }
  }
}

const withoutMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text)
const SAMPLE = 4096

/** By its mark, or by where the empty bytes of plain letters stand. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  let [even, odd] = [0, 0]
  const length = Math.min(SAMPLE, bytes.length)
  for (let at = 0; at < length; at += 1)
    if (bytes[at] === 0) {
      if (at % 2 === 0) even += 1
      else odd += 1
    }
  // Separators and line ends are plain in every script.
  if (odd > length / 50 && even === 0) return 'utf-16le'
  return even > length / 50 && odd === 0 ? 'utf-16be' : undefined
}

interface Alphabet {
  label: string
  name: string
}
const WESTERN: Alphabet = { label: 'windows-1252', name: 'Windows-1252 (Western Europe)' }
const CYRILLIC: Alphabet = { label: 'windows-1251', name: 'Windows-1251 (Cyrillic)' }
const ARABIC: Alphabet = { label: 'windows-1256', name: 'Windows-1256 (Arabic)' }

/**
 * Accents stand alone between plain letters, other alphabets in runs. Cyrillic text is mostly small letters, 0xE0 and above;
 * in Arabic text the commonest letter of all, alef, stands below (0xC7), with half of the alphabet.
 */
function guessed(bytes: Uint8Array): Alphabet {
  let [high, runs, low] = [0, 0, 0]
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    high += 1
    if ((bytes[at - 1] ?? 0) < 0x80) runs += 1
    if (byte >= 0xc0 && byte < 0xe0) low += 1
  }
  if (high / runs < 2) return WESTERN
  return low / high > 0.3 ? ARABIC : CYRILLIC
}
