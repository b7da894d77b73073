/**
 * Which passwords are refused: shorter than 15 characters, longer than 256 bytes allow for, or made of nothing but the
 * most common ones. No rules of composition: length is what helps (NIST SP 800-63B-4, 3.1.1.2).
 */
export const SHORTEST_PASSWORD = 15
export const LONGEST_PASSWORD = 256

const COMMON =
  `123456 password 123456789 12345678 12345 qwerty 1234567 111111 1234567890 123123 abc123 1234 password1
  iloveyou 000000 qwerty123 1q2w3e4r admin qwertyuiop 654321 555555 lovely 7777777 welcome 888888 princess dragon
  letmein monkey football baseball sunshine master shadow superman michael jesus ninja mustang charlie jordan hunter
  trustno1 batman thomas robert access flower hello freedom whatever qazwsx zxcvbnm asdfghjkl asdfgh 112233 121212
  666666 987654321 123321 google secret summer winter spring autumn love god test guest root user login changeme
  default pass correct horse battery staple lantern desk caseworker supervisor administrator help computer internet
  starwars pokemon cheese cookie killer soccer hockey ranger buster ginger pepper`.split(/\s+/u)

/** What the three keyboards in use here and the alphabet give when a finger slides along them, and back. */
const SLIDES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm',
]
const RUNS = [...SLIDES, ...SLIDES.map((line) => Array.from(line).toReversed().join(''))]

export function isFitPassword(password: string, name: string): boolean {
  const length = Array.from(password).length
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) return false
  const bare = password
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  const parts = [...COMMON, ...name.toLowerCase().split(/[^\p{L}\p{N}]+/u)].filter((part) => part !== '')
  const withoutYear = bare.replaceAll(/^\d{1,4}(?=\D)|(?<=\D)\d{1,4}$/gu, '')
  const isObvious = isMadeOf(bare, parts) || isMadeOf(withoutYear, parts)
  return new Set(bare).size > 4 && !RUNS.some((run) => run.includes(bare)) && !isObvious
}

/** Whether the text is these parts one after another and nothing else. */
function isMadeOf(text: string, parts: readonly string[]): boolean {
  const reached = [true]
  for (let at = 0; at < text.length; at += 1)
    if (reached[at] === true)
      for (const part of parts) if (text.startsWith(part, at)) reached[at + part.length] = true
  return reached[text.length] === true
}
