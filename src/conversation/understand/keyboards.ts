/**
 * A short text as it would read had another keyboard been switched on: Ukrainian, Russian or Arabic typed on Latin keys
 * ("lj,hbq"), or Latin letters typed on those. Whoever is in a hurry does not look at the screen. Only the standard
 * layouts of each alphabet, keys by place.
 */

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const LATIN_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
const LAYOUTS = [
  'йцукенгшщзхїфівапролджєячсмитьбюʼ',
  'йцукенгшщзхъфывапролджэячсмитьбюё',
  'ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ',
]
/** The Arabic layout has two letters on the key B, so its last row is told key by key. */
const ARABIC_KEYS = "qwertyuiop[]asdfghjkl;'zxcvnm,./"

interface Keyboard {
  fromLatin: ReadonlyMap<string, string>
  toLatin: ReadonlyMap<string, string>
}

const KEYBOARDS: readonly Keyboard[] = LAYOUTS.map((layout) => {
  const letters = Array.from(layout)
  const keys = letters.includes('ض') ? ARABIC_KEYS : LATIN
  const fromLatin = new Map<string, string>(letters.includes('ض') ? [['b', 'لا']] : [])
  const toLatin = new Map<string, string>()
  letters.forEach((letter, place) => {
    const key = keys[place] ?? ''
    fromLatin.set(key, letter)
    const shifted = LATIN_SHIFTED[LATIN.indexOf(key)]
    if (shifted !== undefined) fromLatin.set(shifted, letter)
    toLatin.set(letter, key)
  })
  return { fromLatin, toLatin }
})

/** UTF-16 units of a text that somebody types without looking up. */
const LONGEST = 160
/** And of one that says enough to be read otherwise. */
const SHORTEST = 4
const PLAIN = /^[a-z0-9\s]*$/u
const BASIC = /^[\u0020-\u007e\s]*$/u

export function onOtherKeyboards(text: string): string[] {
  if (text.length > LONGEST || text.trim().length < SHORTEST) return []
  if (BASIC.test(text)) return KEYBOARDS.map(({ fromLatin }) => typed(text, fromLatin))
  const lower = text.toLowerCase().replaceAll('لا', 'b')
  return (
    KEYBOARDS.filter(({ toLatin }) => Array.from(lower).some((letter) => toLatin.has(letter)))
      .map(({ toLatin }) => typed(lower, toLatin))
      // Letters on the keys of punctuation were meant: "приют" is no "ghb.n".
      .filter((read) => PLAIN.test(read))
  )
}

function typed(text: string, keys: ReadonlyMap<string, string>): string {
  let read = ''
  for (const letter of text) read += keys.get(letter) ?? letter
  return read
}
