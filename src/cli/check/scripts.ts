import { leavesOf } from './leaves.ts'
import type { Problem } from './problem.ts'

/**
 * Letters where they do not belong: a word of two scripts (one Latin letter in a Cyrillic word looks right and cannot be
 * searched or read aloud), and English that was left standing.
 */
const SCRIPTS = ['Latin', 'Cyrillic', 'Arabic', 'Bengali', 'Greek', 'Ethiopic', 'Devanagari'] as const
const OF = new Map(SCRIPTS.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')]))
/** ISO 15924, as Intl names the script of a language. */
const BY_CODE: Readonly<Record<string, (typeof SCRIPTS)[number]>> = {
  Latn: 'Latin',
  Cyrl: 'Cyrillic',
  Arab: 'Arabic',
  Beng: 'Bengali',
  Grek: 'Greek',
  Ethi: 'Ethiopic',
  Deva: 'Devanagari',
}
const WORD = /[\p{L}\p{M}]+/gu
/** What is filled in, addresses, names, and what WhatsApp itself shows in English on many phones. */
const NO_WORDS = /\{\{.*?\}\}|[\w-]+(?:\.[\w-]+)+|Linked devices|Delete chat|Take It Down/gu
/** Words of the Latin alphabet that stay what they are in every language. */
const NAMES = new Set(['whatsapp', 'telegram', 'hiv', 'sms', 'pep', 'lgbt', 'sim', 'pdf', 'ok'])
/** So many words in a row that are the same as in English are no chance. */
const SAME_WORDS = 4

export function checkScripts(tag: string, messages: unknown, firstMessages: unknown): Problem[] {
  const file = `locales/${tag}/messages.json`
  const own = BY_CODE[new Intl.Locale(tag).maximize().script ?? '']
  const english = leavesOf(firstMessages)
  const problems: Problem[] = []
  const add = (key: string, problem: string, remedy: string) => problems.push({ file, key, problem, remedy })

  for (const [key, text] of leavesOf(messages)) {
    const words = text.replaceAll(NO_WORDS, ' ').match(WORD) ?? []
    const mixed = words.find((word) => scriptsOf(word).length > 1)
    if (mixed !== undefined)
      add(key, `has "${mixed}", a word of two scripts`, 'Write it again in one of them.')
    // By which people look for a page, in whatever script they type.
    if (/^titles\..*\.words$/u.test(key)) continue
    const left = own === 'Latin' ? sameAs(english.get(key) ?? '', text) : foreign(words, own)
    if (left !== undefined) add(key, `still says "${left}"`, 'Translate it.')
  }
  return problems
}

function scriptsOf(word: string): string[] {
  return SCRIPTS.filter((script) => OF.get(script)?.test(word))
}

/** Two words in a row that are not in the language's own script. */
function foreign(words: readonly string[], own: (typeof SCRIPTS)[number] | undefined): string | undefined {
  if (own === undefined) return undefined
  const isForeign = (word: string | undefined) =>
    word !== undefined && !NAMES.has(word.toLowerCase()) && OF.get('Latin')?.test(word) === true
  const at = words.findIndex((word, n) => isForeign(word) && isForeign(words[n + 1]))
  return at < 0 ? undefined : `${words[at]} ${words[at + 1]}`
}

/** A whole English text, or a run of its words. */
function sameAs(english: string, text: string): string | undefined {
  const [theirs, ours] = [english, text].map((one) => one.toLowerCase().match(WORD) ?? [])
  if (theirs === undefined || ours === undefined) return undefined
  const runs = new Set(theirs.map((_, n) => theirs.slice(n, n + SAME_WORDS).join(' ')))
  for (let n = 0; n + SAME_WORDS <= ours.length; n += 1) {
    const run = ours.slice(n, n + SAME_WORDS).join(' ')
    if (runs.has(run)) return run
  }
  return undefined
}
