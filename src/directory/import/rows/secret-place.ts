import { tokens } from '../../../conversation/understand/tokens.ts'
import { textColumn } from '../../service-columns.ts'
import { isSecretPlace } from '../../service-card.ts'
import type { Service } from '../../service.ts'
import type { Finding } from '../finding.ts'
import { SECRET_PLACES } from '../words/secret-places.ts'

/**
 * A service that speaks of a shelter while its category does not, and whose place would be shown. Whether it is one, only
 * a person can tell, and until then nothing of it goes in: an address that was once published cannot be taken back.
 */
const PHRASES = SECRET_PLACES.flatMap((line) => line.split('|')).map((phrase) => ({
  words: tokens(phrase.replace(/\*$/u, '')),
  isOpen: phrase.endsWith('*'),
}))
const BY_FIRST = Map.groupBy(PHRASES, ({ words: [first = ''] }) => first.slice(0, 3))

/** The column whose text speaks of it; undefined where nothing would be shown, or nothing speaks of it. */
export function secretPlaceIn(service: Service, cells: ReadonlyMap<string, string>): string | undefined {
  const { address, location, area } = service
  const isShown = address !== undefined || location !== undefined || area.place !== undefined
  if (isSecretPlace(service) || !isShown) return undefined
  for (const [column, cell] of cells)
    if (cell !== '' && textColumn(column) !== undefined && speaksOfIt(cell)) return column
  return undefined
}

function speaksOfIt(text: string): boolean {
  const words = tokens(text)
  return words.some((word, at) =>
    (BY_FIRST.get(word.slice(0, 3)) ?? []).some(
      (phrase) =>
        phrase.words.every((one, step) => {
          const found = words[at + step] ?? ''
          const isLast = step === phrase.words.length - 1
          return phrase.isOpen && isLast ? found.startsWith(one) : found === one
        }) && !isAsylum(words, at),
    ),
  )
}

/** "Шукач притулку" and "статус убежища" are of people who ask for asylum. */
function isAsylum(words: readonly string[], at: number): boolean {
  return /^(?:шукач|надання|искател|ищущ|просител|предоставлени|политическ|статус)/u.test(words[at - 1] ?? '')
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
