import type { Finding } from '../finding.ts'
import type { SheetRow } from '../sheet.ts'
import type { HeadingLanguage } from '../words/headings.ts'

/**
 * The language of a column of text whose heading names none. Its letters decide first; then the language of the heading, but
 * for English, in which people write headings of any sheet: there it is the pack's own first language.
 */
const SAMPLE = 50
const SCRIPTS = [
  { letters: /\p{Script=Arabic}/gu, tags: ['ar', 'fa', 'prs', 'ps', 'ur', 'ckb', 'ku'] },
  { letters: /\p{Script=Cyrillic}/gu, tags: ['uk', 'ru', 'bg'] },
  { letters: /\p{Script=Bengali}/gu, tags: ['bn'] },
  { letters: /\p{Script=Ethiopic}/gu, tags: ['am', 'ti'] },
  { letters: /\p{Script=Myanmar}/gu, tags: ['my'] },
  { letters: /\p{Script=Devanagari}/gu, tags: ['hi', 'ne'] },
] as const
const LATIN = /\p{Script=Latin}/gu

export interface TextLanguage {
  tag: string
  /** Nothing in the sheet says it, and it may be one of these as well. */
  orElse?: readonly string[]
}

export function textLanguage(
  rows: readonly SheetRow[],
  at: number,
  heading: HeadingLanguage,
  languages: readonly string[],
): TextLanguage {
  const text = rows
    .slice(0, SAMPLE)
    .map(({ cells }) => (cells[at] ?? '').slice(0, 200))
    .join(' ')
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0
  const latin = count(LATIN)
  const script = SCRIPTS.find(({ letters }) => count(letters) > latin)
  if (script !== undefined) {
    const tags: readonly string[] = script.tags
    if (tags.includes(heading)) return { tag: heading }
    const own = languages.filter((tag) => tags.includes(base(tag)))
    return among(own.length === 0 ? tags.slice(0, 1) : own)
  }
  if (latin === 0) return { tag: languages[0] ?? 'en' }
  if (heading === 'fr' || heading === 'es') return { tag: heading }
  return among([...new Set([...languages.filter((tag) => !isOther(tag)), 'en'])])
}

const base = (tag: string) => tag.split('-')[0] ?? ''
const isOther = (tag: string) =>
  SCRIPTS.some(({ tags }) => (tags as readonly string[]).includes(base(tag)) && base(tag) !== 'ku')

function among([tag = 'en', ...orElse]: readonly string[]): TextLanguage {
  return orElse.length === 0 ? { tag } : { tag, orElse }
}

const MOST_NAMED = 3

/** What is said once of a column whose language was a guess; `stem` is its name in the template without a language. */
export function guessedFinding(column: string, stem: string, { tag, orElse = [] }: TextLanguage): Finding {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const nameOf = (one: string) => names.of(one) ?? one
  const others = orElse
    .slice(0, MOST_NAMED)
    .map((one) => `${stem}_${one.toLowerCase()} if it is ${nameOf(one)}`)
  return {
    column: column.slice(0, 80),
    kind: 'note',
    problem: `was taken as ${nameOf(tag)}`,
    remedy: `Name the column ${others.join(', ')}.`,
  }
}
