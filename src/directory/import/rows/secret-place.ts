import { tokens } from '../../../conversation/understand/tokens.ts'
import { textColumn } from '../../pack/service-columns.ts'
import { isSecretPlace } from '../../secret-place.ts'
import type { Service } from '../../service.ts'
import type { Finding } from '../finding.ts'
import { NIGHT_PLACES, SECRET_PLACES } from '../words/secret-places.ts'
import { VOCABULARIES } from '../words/vocabularies.ts'

/**
 * A service that speaks of a shelter while its category does not, and whose place would be shown. Whether it is one, only
 * a person can tell, and until then nothing of it goes in: an address that was once published cannot be taken back.
 */
interface Phrase {
  words: readonly { word: string; isOpen: boolean }[]
}
type Phrases = ReadonlyMap<string, readonly Phrase[]>

const ALWAYS = phrasesOf([...SECRET_PLACES, VOCABULARIES['categories']?.['shelter'] ?? ''])
const BY_NIGHT = phrasesOf(NIGHT_PLACES)

function phrasesOf(lines: readonly string[]): Phrases {
  const phrases = lines
    .flatMap((line) => line.split('|'))
    .map((phrase) => ({
      words: phrase.split(/(?<=\*)\s|\s(?=\S+\*)/u).flatMap((part) => {
        const isOpen = part.endsWith('*')
        return tokens(part.replace(/\*$/u, '')).map((word, at, all) => ({
          word,
          isOpen: isOpen && at === all.length - 1,
        }))
      }),
    }))
    .filter(({ words }) => words.length > 0)
  return Map.groupBy(phrases, ({ words }) => words[0]?.word.slice(0, 3) ?? '')
}

/** The column whose text speaks of it; undefined where nothing would be shown, or nothing speaks of it. */
export function secretPlaceIn(service: Service, cells: ReadonlyMap<string, string>): string | undefined {
  const { address, location, area } = service
  const isShown = address !== undefined || location !== undefined || area.place !== undefined
  if (isSecretPlace(service) || !isShown) return undefined
  const lists = hasBedsAnyway(service) ? [ALWAYS] : [ALWAYS, BY_NIGHT]
  for (const [column, cell] of cells)
    if ((column === 'org' || textColumn(column) !== undefined) && speaksOfIt(cell, lists)) return column
  return undefined
}

/** A hospital has beds for the sick, and who hands out things may hand out beds. */
function hasBedsAnyway({ categories }: Service): boolean {
  return (
    categories.some((one) => one === 'health' || one === 'cmr') ||
    categories.every((one) => one === 'nfi' || one === 'dignity_kit')
  )
}

function speaksOfIt(text: string, lists: readonly Phrases[]): boolean {
  const words = tokens(text)
  return words.some((first, at) => {
    const found = lists.flatMap((list) => list.get(first.slice(0, 3)) ?? [])
    return found.some((phrase) => stands(phrase, words, at)) && !isOtherwise(words, at)
  })
}

function stands({ words }: Phrase, text: readonly string[], at: number): boolean {
  return words.every(({ word, isOpen }, step) => {
    const found = text[at + step] ?? ''
    return isOpen ? found.startsWith(word) : found === word
  })
}

/**
 * "Шукач притулку" and "статус убежища" are of people who ask for asylum, "reasonable accommodation" is of people with
 * disabilities, and who is "open overnight" sells medicine or is the police.
 */
function isOtherwise(words: readonly string[], at: number): boolean {
  const [before = '', word = ''] = [words[at - 1], words[at]]
  if (/^accomm?odation/u.test(word)) return before === 'reasonable'
  if (word.startsWith('over')) return /^(?:open|opens|staffed|reachable|answers|answered)$/u.test(before)
  if (!/^(?:притул|убежищ)/u.test(word)) return false
  return /^(?:шукач|надання|искател|ищущ|просител|предоставлени|политическ|статус)/u.test(before)
}

export function secretFinding(row: number, column: string, { id }: Service, isLookedAt: boolean): Finding {
  const speaks = 'speaks of a place where people hide, and the row says where it is'
  return isLookedAt
    ? {
        row,
        column,
        kind: 'note',
        problem: `${speaks}; somebody looked at it`,
        remedy: 'Whoever publishes it looks again.',
      }
    : {
        row,
        column,
        kind: 'held',
        problem: `${speaks}, so the row waits for somebody to look at it`,
        remedy: `If it is a shelter, write shelter as its category and empty its place. If its place may be known to anybody, say --not-secret ${id}.`,
      }
}
