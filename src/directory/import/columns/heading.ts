import { normalise } from '../../../conversation/understand/tokens.ts'
import { isServiceColumn, TEXT_COLUMNS, textColumn } from '../../pack/service-columns.ts'
import { languageTag } from '../cells/language-names.ts'
import { type HeadingLanguage, HEADINGS, ROW_NUMBERS } from '../words/headings.ts'
import { changesNothing } from './beside.ts'

/** What one heading names, in any of five languages, with or without the language of its texts. */
export interface Heading {
  /** A column of the template, a column of text without its language, or `geopoint`. */
  column: string
  /** The language that a text's heading names: "Name (Arabic)". */
  tag?: string
  /** The language in which the heading is written; undefined for the template's own names. */
  writtenIn?: HeadingLanguage
  /** The heading says more than the column's name, and what it says may keep the column from being shown. */
  isDoubtful?: true
}

const LANGUAGES = ['en', 'fr', 'es', 'ar', 'uk'] as const satisfies readonly HeadingLanguage[]
const STEMS = new Set(Object.values(TEXT_COLUMNS))
const MANY = /^(?:phone|tollfree|whatsapp|sms|email|website|languages|categories|serves)$/u

const NAMES: ReadonlyMap<HeadingLanguage, ReadonlyMap<string, string>> = new Map(
  LANGUAGES.map((language) => {
    const names = new Map<string, string>()
    for (const [column, list] of Object.entries(HEADINGS[language]))
      for (const name of [...(language === 'en' ? [column] : []), ...list.split('|')]) {
        const key = normalise(name)
        if (key !== '' && !names.has(key)) names.set(key, column)
      }
    return [language, names]
  }),
)
/** What is longer is no heading. */
const LONGEST = 200
const ROWS = new Set(ROW_NUMBERS.split('|').map(normalise))

export const isText = (column: string): boolean => STEMS.has(column)

export function isRowNumber(heading: string): boolean {
  return heading === '#' || (heading.length <= LONGEST && ROWS.has(normalise(heading)))
}

/** `first`: the language of most headings of this sheet, which decides where a word means two columns. */
export function readHeading(heading: string, first: HeadingLanguage = 'en'): Heading | undefined {
  if (heading.length > LONGEST) return undefined
  const plain = heading
    .trim()
    .toLowerCase()
    .replace(/^\*|\*$/gu, '')
    .trim()
  const written = textColumn(plain)
  if (written !== undefined && languageTag(written.tag) !== undefined)
    return { column: written.stem, tag: written.tag }
  if (isServiceColumn(plain)) return { column: plain }
  // "Service ID" names a column; read as the name in Indonesian, it would publish the ids.
  const whole = named(heading, first)
  if (whole !== undefined) return whole
  for (const { name, tag, brackets = [] } of readings(heading)) {
    const found = named(name, first) ?? named(name.replace(/[\s_.-]*\(?\d{1,2}\)?$/u, ''), first, MANY)
    if (found === undefined) continue
    if (tag !== undefined && !isText(found.column)) continue
    return judged(tag === undefined ? found : { ...found, tag }, brackets, first)
  }
  return undefined
}

/** Brackets may name the language of the texts, and say what does not matter; any other leave the column in doubt. */
function judged(found: Heading, brackets: readonly string[], first: HeadingLanguage): Heading {
  const isKnown = (part: string) =>
    languageIn(part) !== undefined || named(part, first)?.column === found.column
  const tag = isText(found.column) ? brackets.map(languageIn).find((one) => one !== undefined) : undefined
  const told: Heading = tag === undefined ? found : { ...found, tag }
  const isPlain = brackets.every((one) => changesNothing(one, found.column, isKnown))
  return isPlain ? told : { ...told, isDoubtful: true }
}

function named(name: string, first: HeadingLanguage, only = /./u): Heading | undefined {
  const key = normalise(name)
  if (key === '') return undefined
  for (const language of new Set([first, ...LANGUAGES])) {
    const column = NAMES.get(language)?.get(key)
    if (column !== undefined && only.test(column)) return { column, writtenIn: language }
  }
  return undefined
}

/** The heading with each language that may be read off it, then without its brackets, then as it is. */
function* readings(heading: string): Generator<{ name: string; tag?: string; brackets?: string[] }> {
  if (heading.length > LONGEST) return
  const text = heading.replace(/[*:؟?]+\s*$/u, '').trim()
  const [, label, language] = /^(.*?)::\s*(.+)$/u.exec(text) ?? []
  const inBrackets = /^(.*?)\s*[([]([^()[\]]+)[)\]]\s*$/u.exec(text)
  const candidates: (readonly [string | undefined, string | undefined])[] = [
    [label, /\(([^()]+)\)\s*$/u.exec(language ?? '')?.[1] ?? language],
    [inBrackets?.[1], inBrackets?.[2]],
    [...split(text, /^(.*?)\s*[-–—/,|]\s*([^-–—/,|]+)$/u)],
    [...split(text, /^(.+)[_ ]([A-Za-z]{2,3})$/u)],
    [...split(text, /^(.+?)\s+((?:in|en)\s+\S+)$/iu)],
    [...split(text, /^(.+?)\s+(\S+)$/u)],
    [...split(text, /^(\S+)\s+(.+)$/u)].toReversed() as [string | undefined, string | undefined],
  ]
  for (const [name = '', written = ''] of candidates) {
    if (name === '' || written === '') continue
    const tag = languageIn(written) ?? languageIn(written.replace(/^(?:in|en)\s+/iu, ''))
    if (tag !== undefined) yield { name, tag }
  }
  yield { name: text }
  const brackets = [...text.matchAll(/[([]([^()[\]]*)[)\]]/gu)].map(([, inside = '']) => inside)
  if (brackets.length > 0) yield { name: text.replace(/[([][^()[\]]*[)\]]/gu, ' '), brackets }
  const [, ofLabel] = candidates[0] ?? []
  if (label !== undefined && languageIn(ofLabel ?? '') !== undefined) yield { name: label }
}

/**
 * Nearly every short word is the code of some language: "Facility ID", "Camp No", "Site lat", "Service SMS". Codes that are
 * words of headings first, and all of three letters but those of languages in which people write such sheets, name none;
 * `name_id` and "Name (Indonesian)" do.
 */
const WORDS_FIRST = /^(?:id|in|no|nr|is|as|to|or|an)$/u
const THREE_LETTERS = new Set(
  'eng fra fre spa ara ukr rus por ita deu ger pol ron rum som swa hau amh tir pus fas urd kur ckb kmr kab ber zgh tur ben mya prs rhg ctg rom syr arc luo nus shk bfa ful fuc fur kau quc nah fil tpi'.split(
    ' ',
  ),
)

function languageIn(written: string): string | undefined {
  const code = written.trim().toLowerCase()
  if (WORDS_FIRST.test(code) || (/^[a-z]{3}$/u.test(code) && !THREE_LETTERS.has(code))) return undefined
  return languageTag(written)
}

function split(text: string, pattern: RegExp): readonly [string | undefined, string | undefined] {
  const [, name, language] = pattern.exec(text) ?? []
  return [name, language]
}

/** The language in which most of these headings are written. */
export function sheetLanguage(headings: readonly string[]): HeadingLanguage {
  let best: { language: HeadingLanguage; known: number } = { language: 'en', known: 0 }
  for (const language of LANGUAGES) {
    const names = NAMES.get(language)
    const known = headings.filter((heading) =>
      [...readings(heading)].some(({ name }) => names?.has(normalise(name)) === true),
    ).length
    if (known > best.known) best = { language, known }
  }
  return best.language
}
