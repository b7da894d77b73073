/**
 * What one character counts as when typed words are compared: folded letters, a digit in ASCII, an emoji as a word of
 * its own, a gap between words, or nothing. Case, accents, Arabic vowel marks and letter variants, the digits of every
 * script, invisible and control characters all end here. Indic, Thai and kana marks are letters and stay.
 */

/** What stands between words. */
export const GAP = ' '

/** Marks that may be left out when writing: those that any script borrows, and those of scripts with vowel points. */
const MARK =
  /^(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}\p{Script=Latin}]$/u
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u0640\ufffd\u00b7]$/u
const SPACE = /^\s$/u
const DIGIT = /^\p{Nd}$/u
const EMOJI = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]$/u
const SKIN = /^\p{Emoji_Modifier}$/u
const WORD = /[\p{L}\p{M}\p{N}]/u
const APOSTROPHES = /^['\u2018\u2019\u201b\u02bb\u02bc\u02b9\u02c8\u2032\u00b4`\uff07\u055a\ua78c]$/u

/** Letters that Unicode does not decompose, and letters that people use for one another. */
const SAME = new Map(
  Object.entries({
    ß: 'ss',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    ł: 'l',
    ı: 'i',
    æ: 'ae',
    œ: 'oe',
    þ: 'th',
    ħ: 'h',
    ɓ: 'b',
    ɗ: 'd',
    ƙ: 'k',
    ƴ: 'y',
    ə: 'e',
    ς: 'σ',
    ٱ: 'ا',
    ى: 'ي',
    ی: 'ي',
    ې: 'ي',
    ے: 'ي',
    ک: 'ك',
    ڪ: 'ك',
    ة: 'ه',
    ہ: 'ه',
    ھ: 'ه',
    ە: 'ه',
    ۀ: 'ه',
  }),
)

/** Digits of one script stand in a row from zero, and no row touches another but in whole tens. */
function asciiDigit(point: number): string {
  let before = 0
  while (DIGIT.test(String.fromCodePoint(point - before - 1))) before += 1
  return String(before % 10)
}

function compute(point: number): string {
  const char = String.fromCodePoint(point)
  if (SPACE.test(char)) return GAP
  if (APOSTROPHES.test(char)) return ''
  if (INVISIBLE.test(char) || SKIN.test(char)) return ''
  if (DIGIT.test(char)) return asciiDigit(point)
  if (EMOJI.test(char)) return GAP + char + GAP
  let folded = ''
  for (const letter of char.normalize('NFKD').toLowerCase().normalize('NFKD'))
    if (!MARK.test(letter)) folded += SAME.get(letter) ?? letter
  if (folded === '') return ''
  return WORD.test(folded) ? folded.replaceAll(GAP, '') : GAP
}

/** Lazily filled: the basic plane and the emoji plane; characters beyond are computed each time. */
const known: (string | undefined)[] = []
const KEPT = 0x20000

/** '' for nothing, `GAP` between words, an emoji between two gaps, otherwise letters, marks or digits. */
export function fold(point: number): string {
  if (point >= KEPT) return compute(point)
  return (known[point] ??= compute(point))
}
