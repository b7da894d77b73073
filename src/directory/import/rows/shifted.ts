import { textColumn } from '../../pack/service-columns.ts'
import { countryCode } from '../cells/country-names.ts'
import { readDate } from '../cells/dates.ts'
import { languagesIn } from '../cells/language-names.ts'
import { isNothing } from '../cells/nothing.ts'
import { degrees, mailbox, page, wholeNumber } from '../cells/small-values.ts'
import { hasVocabulary, listIn, valueOf } from '../cells/vocabulary.ts'
import type { Planned } from '../columns/plan.ts'
import { LISTS } from '../words/vocabularies.ts'

/**
 * A row whose cells slid over by one, as a missing quotation mark or a deleted cell does it: what fits no longer where it
 * stands fits the column beside it.
 */
const FEWEST = 3
const MOST_OF_THEM = 0.6

export function shiftOf(cells: readonly string[], columns: readonly Planned[]): 'left' | 'right' | undefined {
  const byPlace = new Map(columns.map(({ at, column }) => [at, column]))
  const misfits = columns.flatMap(({ at, column }) => {
    const cell = (cells[at] ?? '').trim()
    return !isNothing(cell) && fits(column, cell) === false ? [{ at, cell }] : []
  })
  if (misfits.length < FEWEST) return undefined
  for (const [direction, step] of [
    ['right', -1],
    ['left', 1],
  ] as const) {
    const fitting = misfits.filter(({ at, cell }) => fits(byPlace.get(at + step) ?? '', cell) === true).length
    if (fitting >= FEWEST && fitting >= misfits.length * MOST_OF_THEM) return direction
  }
  return undefined
}

/** undefined: anything fits there. */
function fits(column: string, cell: string): boolean | undefined {
  if (textColumn(column) !== undefined) return undefined
  if (LISTS.has(column)) return !listIn(column, cell).unknown
  if (hasVocabulary(column)) return valueOf(column, cell) !== undefined
  switch (column) {
    case 'country':
      return countryCode(cell) !== undefined
    case 'languages':
      return !languagesIn(cell).unknown
    case 'verified_on':
    case 'review_by':
    case 'ends_on':
      return !('problem' in readDate(cell, 'dayFirst'))
    case 'lat':
    case 'lon':
      return degrees(cell) !== undefined
    case 'min_age':
    case 'max_age':
      return wholeNumber(cell) !== undefined
    case 'phone':
    case 'tollfree':
    case 'whatsapp':
    case 'sms':
    case 'phone_abroad':
      return /^[+*#(]?\d[\d\s()+./;,*#-]+$/u.test(cell) && !/^\d{4}-\d\d-\d\d$/u.test(cell)
    case 'email':
      return mailbox(cell) !== undefined
    case 'website':
    case 'source_url':
      return /^https?:/iu.test(cell) && page(cell) !== undefined
    default:
      return undefined
  }
}
