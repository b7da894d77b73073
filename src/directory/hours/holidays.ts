import { z } from 'zod'
import type { Problem } from '../pack/pack.ts'
import type { Table } from '../pack/read-table.ts'
import { isoDate } from '../service.ts'

/**
 * A pack's public holidays: dates with a year, and days that are the same every year. A year that the list does not
 * reach is not a year without holidays: `knowsYear` says whether "closed on holidays" can be answered at all.
 */
export interface Holidays {
  /** ISO dates. */
  dates: ReadonlySet<string>
  /** `12-01`. */
  everyYear: ReadonlySet<string>
}

export function isHoliday({ dates, everyYear }: Holidays, date: string): boolean {
  return dates.has(date) || everyYear.has(date.slice(5))
}

/** Dates with a year decide; a list that only has days of every year holds for all years. */
export function knowsYear({ dates, everyYear }: Holidays, year: string): boolean {
  if (dates.size === 0) return everyYear.size > 0
  for (const date of dates) if (date.startsWith(year)) return true
  return false
}

const FILE = 'holidays.csv'
/** A leap year, so that 02-29 is a day. */
const dayOfYear = z.string().refine((value) => isoDate.safeParse(`2024-${value}`).success)

export function readHolidays({ rows }: Table): { holidays: Holidays; problems: Problem[] } {
  const dates = new Set<string>()
  const everyYear = new Set<string>()
  const problems: Problem[] = []
  for (const { row, cells } of rows) {
    const date = cells.get('date') ?? ''
    if (isoDate.safeParse(date).success) dates.add(date)
    else if (dayOfYear.safeParse(date).success) everyYear.add(date)
    else
      problems.push({
        file: FILE,
        row,
        field: 'date',
        problem: 'is not a date',
        remedy: 'Write 2026-12-01 for one year, or 12-01 for every year.',
      })
  }
  return { holidays: { dates, everyYear }, problems }
}
