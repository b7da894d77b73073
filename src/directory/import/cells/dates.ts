import { fold } from '../../../conversation/understand/fold.ts'
import { normalise } from '../../../conversation/understand/tokens.ts'
import { isoDate } from '../../service.ts'
import { MONTHS } from '../words/months.ts'

/**
 * Dates as people and spreadsheets write them. 03/04/2026 is two days; only another date of the same column, or else of
 * the same sheet, can say which order its keeper writes, and where none does, the date is not read.
 */
export type DayOrder = 'dayFirst' | 'monthFirst' | 'unknown'
export type ReadDate =
  | { date: string }
  | { problem: 'ambiguous' | 'notUnderstood' }
  /** "October 2026" is the month 2026-10. */
  | { problem: 'noDay'; month: string }

const NUMERIC = /^(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$/u
/** Behind the date the time at most: "no answer" behind it is no part of a date. */
const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]m)?\s*(?:Z|UTC|GMT)?(?:[+-]\d{2}(?::?\d{2})?)?)?$/iu
/** Days of a spreadsheet since 1899-12-30: 2000 to 2100. */
const SERIAL = /^(\d{5})(?:\.\d+)?$/u
const [FIRST_SERIAL, LAST_SERIAL] = [36_526, 73_050]
const SPREADSHEET_ZERO = Date.UTC(1899, 11, 30)

/** The order that the other dates of a column show, when all of them agree. */
export function dayOrder(cells: Iterable<string>): DayOrder {
  let order: DayOrder = 'unknown'
  for (const cell of cells) {
    const [, first = '', separator, second = '', last = ''] = NUMERIC.exec(digits(cell)) ?? []
    if (separator === undefined || separator === '.' || mayBeginWithYear(first, second, last)) continue
    const shown = Number(first) > 12 ? 'dayFirst' : Number(second) > 12 ? 'monthFirst' : 'unknown'
    if (shown === 'unknown') continue
    if (order !== 'unknown' && order !== shown) return 'unknown'
    order = shown
  }
  return order
}

/** "26/12/31" may be the last day of 2026. */
function mayBeginWithYear(first: string, second: string, last: string): boolean {
  return first.length === 2 && last.length === 2 && 'date' in dateOf(`20${first}`, second, last)
}

export function readDate(cell: string, order: DayOrder): ReadDate {
  const text = digits(cell)
  const iso = ISO.exec(text)
  if (iso !== null) return dateOf(iso[1], iso[2], iso[3])
  const serial = Number(SERIAL.exec(text)?.[1] ?? 0)
  if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL)
    return { date: new Date(SPREADSHEET_ZERO + serial * 86_400_000).toISOString().slice(0, 10) }
  const numeric = NUMERIC.exec(text)
  return numeric === null ? inWords(text) : inNumbers(numeric, order)
}

function inNumbers(
  [, first = '', separator, second = '', year = '']: RegExpExecArray,
  order: DayOrder,
): ReadDate {
  const whole = year.length === 2 ? `20${year}` : year
  const isDayFirst = dateOf(whole, second, first)
  const isMonthFirst = dateOf(whole, first, second)
  // Points are written in the countries that write the day first.
  if (separator === '.') return isDayFirst
  if (order === 'unknown' && mayBeginWithYear(first, second, year)) return { problem: 'ambiguous' }
  if ('date' in isDayFirst && 'date' in isMonthFirst && isDayFirst.date !== isMonthFirst.date) {
    if (order === 'unknown') return { problem: 'ambiguous' }
    return order === 'dayFirst' ? isDayFirst : isMonthFirst
  }
  return 'date' in isDayFirst ? isDayFirst : isMonthFirst
}

const NAMES = new Map(
  MONTHS.flatMap((names, at) => names.split('|').map((name) => [normalise(name), at + 1] as const)),
)
/** Words around a date that say nothing. */
const NOTHING = new Set(['de', 'del', 'of', 'the', 'le', 'el', 'р', 'року', 'г', 'года'].map(normalise))

function inWords(text: string): ReadDate {
  const words = normalise(text)
    .replace(/(\d)(?:st|nd|rd|th|er|го)(?![\p{L}\d])/gu, '$1')
    .split(' ')
    .filter((word) => word !== '' && !NOTHING.has(word))
  const numbers = words.filter((word) => /^\d+$/u.test(word))
  const month = NAMES.get(words.filter((word) => !/^\d+$/u.test(word)).join(' '))
  const year = numbers.find((number) => /^20\d\d$/u.test(number))
  if (month === undefined || year === undefined) return { problem: 'notUnderstood' }
  const [day, ...rest] = numbers.filter((number) => number !== year)
  if (rest.length > 0) return { problem: 'notUnderstood' }
  return day === undefined
    ? { problem: 'noDay', month: `${year}-${String(month).padStart(2, '0')}` }
    : dateOf(year, String(month), day)
}

function dateOf(year = '', month = '', day = ''): ReadDate {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isoDate.safeParse(date).success ? { date } : { problem: 'notUnderstood' }
}

function digits(cell: string): string {
  return cell
    .trim()
    .replace(/\p{Nd}/gu, (digit) => fold(digit.codePointAt(0) ?? 0))
    .replace(/[\u200e\u200f\u061c]/gu, '')
}
