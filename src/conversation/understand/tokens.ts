import { fold, GAP } from './fold.ts'

/**
 * Cuts what a person typed into comparable words. It reads the first 4,096 UTF-16 units and no more, accepts any
 * string (lone surrogates and control characters included) and never throws. The same function cuts the word lists, so
 * both sides of a comparison are always folded alike.
 */

/** UTF-16 units of a text that are read at all. */
export const LONGEST = 4096
/** Some single characters unfold to eighteen. */
const LONGEST_UNFOLDED = 4 * LONGEST

/** Per ASCII code: 0 gap, 1 part of a word, 2 nothing (apostrophe, control character). */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const folded = fold(code)
  return folded === '' ? 2 : folded === GAP ? 0 : 1
})

export function tokens(text: string): string[] {
  const read = text.length > LONGEST ? text.slice(0, LONGEST) : text
  for (let i = 0; i < read.length; i++) if (read.charCodeAt(i) > 127) return unfolded(read)
  return plain(read.toLowerCase())
}

/** For texts of ASCII alone: words are slices, nothing is copied. */
function plain(text: string): string[] {
  const found: string[] = []
  let begun = ''
  let start = -1
  for (let i = 0; i < text.length; i++) {
    const kind = ASCII[text.charCodeAt(i)]
    if (kind === 1) {
      if (start < 0) start = i
    } else {
      if (start >= 0) begun = begun === '' ? text.slice(start, i) : begun + text.slice(start, i)
      start = -1
      if (kind === 0 && begun !== '') {
        found.push(begun)
        begun = ''
      }
    }
  }
  if (start >= 0) begun += text.slice(start)
  if (begun !== '') found.push(begun)
  return found
}

function unfolded(text: string): string[] {
  const found: string[] = []
  let begun = ''
  // NFKC would turn a spacing acute used as an apostrophe into a gap.
  const whole = text.replaceAll('\u00b4', "'").normalize('NFKC')
  const end = Math.min(whole.length, LONGEST_UNFOLDED)
  for (let i = 0; i < end; i++) {
    const point = whole.codePointAt(i) ?? 0
    if (point > 0xffff) i += 1
    const folded = fold(point)
    if (folded.charAt(0) !== GAP) {
      begun += folded
      continue
    }
    if (begun !== '') found.push(begun)
    begun = ''
    if (folded.length > 1) found.push(folded.slice(1, -1))
  }
  if (begun !== '') found.push(begun)
  return found
}

/** One normal form of a text: its words with single spaces. */
export function normalise(text: string): string {
  return tokens(text).join(GAP)
}
