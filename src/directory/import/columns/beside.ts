import { normalise, tokens } from '../../../conversation/understand/tokens.ts'
import { ABROAD_COLUMN, CONTACT_COLUMNS, TEXT_COLUMNS } from '../../pack/service-columns.ts'
import { valueOf } from '../cells/vocabulary.ts'
import { BRACKETS, GROUPS } from '../words/beside-a-name.ts'

/**
 * What stands beside a column's name in its heading. "Phone (private)" and "focal_point/phone" hold a phone number, but none
 * for everybody; so only words that are known to change nothing are passed over, and any other leaves the column out.
 */
const HARMLESS = new Set(BRACKETS.map(normalise))
const OF_GROUPS = new Set(GROUPS.map(normalise))
/** "dd/mm/yyyy", "jj-mm-aaaa", "дд.мм.рррр", "hh:mm". */
const DATE = /^(?:(?:d{1,2}|j{1,2}|m{1,2}|y{2,4}|a{2,4}|h{1,2}|д{1,2}|м{1,2}|р{4}|г{1,2}|х{1,2}) ?)+$/u
const NUMBER = /^[\d ]+$/u
/** As Kobo names a group to which nobody gave a name. */
const UNNAMED = /^group_[a-z]{2}\d\w*$/iu

/** Columns whose cells anybody may read as they stand: a text, a way to reach somebody, a place. */
const SHOWN: ReadonlySet<string> = new Set([
  ...Object.values(TEXT_COLUMNS),
  ...Object.values(CONTACT_COLUMNS),
  ABROAD_COLUMN,
  'geopoint',
  'lat',
  'lon',
])

/** Those that say where somebody is or how to reach them: of a person as well as of a service. */
const REACHES: ReadonlySet<string> = new Set([
  ...[...SHOWN].filter((column) => !Object.values(TEXT_COLUMNS).includes(column)),
  'place',
  'address',
])

export const reachesSomebody = (column: string): boolean => REACHES.has(column)
export const isShown = (column: string): boolean => SHOWN.has(column)

/** `isKnown`: of a part that is a language, or another name of the same column. */
export function changesNothing(bracket: string, column: string, isKnown: (part: string) => boolean): boolean {
  const isHarmless = (part: string) => {
    const words = normalise(part)
    if (words === '' || HARMLESS.has(words) || NUMBER.test(words) || DATE.test(words)) return true
    return isKnown(part) || valueOf(column, part) !== undefined
  }
  return isHarmless(bracket) || bracket.split(/[,;/|&+]/u).every(isHarmless)
}

export function isPlainGroup(group: string): boolean {
  if (UNNAMED.test(group)) return true
  const words = tokens(group.replaceAll(/['’_]/gu, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
  return words.every((word) => word.length === 1 || NUMBER.test(word) || OF_GROUPS.has(word))
}
