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

export function textLanguage(
  rows: readonly SheetRow[],
  at: number,
  heading: HeadingLanguage,
  languages: readonly string[],
): string {
  const text = rows
    .slice(0, SAMPLE)
    .map(({ cells }) => (cells[at] ?? '').slice(0, 200))
    .join(' ')
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0
  const latin = count(LATIN)
  const script = SCRIPTS.find(({ letters }) => count(letters) > latin)
  const base = (tag: string) => tag.split('-')[0] ?? ''
  if (script !== undefined) {
    const tags: readonly string[] = script.tags
    if (tags.includes(heading)) return heading
    return languages.find((tag) => tags.includes(base(tag))) ?? tags[0] ?? 'en'
  }
  const isOther = (tag: string) =>
    SCRIPTS.some(({ tags }) => (tags as readonly string[]).includes(base(tag)) && base(tag) !== 'ku')
  if (latin === 0) return languages[0] ?? 'en'
  if (heading === 'fr' || heading === 'es') return heading
  return languages.find((tag) => !isOther(tag)) ?? 'en'
}
