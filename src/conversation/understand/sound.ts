/**
 * What a word sounds like, as a number: letters that people write for one another fall together, so that a word that no list
 * contains is read as the listed word that sounds the same ("cuchilo", "насылує"). Only words of a few letters or
 * more: short ones mean too many things. Two different sounds have one number about once in a hundred thousand words.
 */

const LEAST_LATIN = 6
const LEAST_OTHER = 4
const LATIN_END = 0x0250

/** Code units that are heard as another; 0: not heard. */
const HEARD = new Uint16Array(0x0a00)
for (let unit = 0; unit < HEARD.length; unit++) HEARD[unit] = unit
for (const [letters, as] of [
  ['h', ''],
  ['v', 'b'],
  ['z', 's'],
  ['q', 'k'],
  ['c', 'k'],
  ['y', 'i'],
  ['ыйіїѝ', 'и'],
  ['эєё', 'е'],
  ['о', 'а'],
  ['ґ', 'г'],
  ['щ', 'ш'],
  ['ьъ', ''],
  ['ী', 'ি'],
  ['ূ', 'ু'],
  ['ণ', 'ন'],
  ['শষছ', 'স'],
  ['ড', 'র'],
  ['যঝ', 'জ'],
  ['\u09bcঁঃ', ''],
  ['ذ', 'د'],
  ['ث', 'ت'],
  ['ظ', 'ض'],
  ['ء', ''],
] as const)
  for (const letter of letters) HEARD[letter.charCodeAt(0)] = as === '' ? 0 : as.charCodeAt(0)

const [C, S, E, I, Y] = ['c', 's', 'e', 'i', 'y'].map((letter) => letter.charCodeAt(0))

/** 0 for a word that is too short. */
export function soundOf(word: string): number {
  if (word.length < (word.charCodeAt(0) < LATIN_END ? LEAST_LATIN : LEAST_OTHER)) return 0
  let sound = 0x811c9dc5
  let before = 0
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    let heard = HEARD[unit] ?? unit
    if (unit === C) {
      const next = word.charCodeAt(at + 1)
      if (next === E || next === I || next === Y) heard = S ?? heard
    }
    if (heard === 0 || heard === before) continue
    // FNV-1a, a code unit at a time.
    sound = Math.imul(sound ^ heard, 0x01000193)
    before = heard
  }
  return sound
}
