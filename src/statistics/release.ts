import type { Instant } from '../operations/environment.ts'
import { type Measure, readName } from './counter-names.ts'
import { lastShown, type Month } from './months.ts'
import type { Counts, Released } from './table.ts'
import { type Counter, tablesOf } from './tables.ts'
import { withhold } from './withhold.ts'

/**
 * What may be shown of a month, to whoever asks: the same to everybody and each time, since the counters of a month that is
 * over do not change. Nothing is summed over months. An area of which the number of contacts is withheld shows nothing else.
 */
export type Release = ReadonlyMap<Measure, Released>

/** The months of which anything may be shown, the latest first. */
export function monthsShown(counters: readonly Counter[], now: Instant): Month[] {
  const latest = lastShown(now)
  const months = new Set(counters.flatMap(({ name }) => readName(name)?.month ?? []))
  return [...months]
    .filter((month) => month <= latest)
    .toSorted()
    .toReversed()
}

/** Undefined: it is too early for this month. */
export function release(counters: readonly Counter[], month: Month, now: Instant): Release | undefined {
  if (month > lastShown(now)) return undefined
  const { contact, ...others } = tablesOf(counters, month)
  const contacts = withhold(contact)
  const areas = contact.columns.filter((area) => area !== '')
  const hidden = new Set(
    areas.filter((area) => contacts.columnTotals[contact.columns.indexOf(area)] === undefined),
  )
  const safe = (counts: Counts) =>
    contacts.total === undefined ? nothingOf(counts) : withhold(counts, hidden)
  const rest = Object.entries(others) as [Measure, Counts][]
  return new Map([
    ['contact', contacts],
    ...rest.map(([measure, counts]) => [measure, safe(counts)] as const),
  ])
}

function nothingOf({ rows, columns }: Counts): Released {
  return {
    rows,
    columns,
    cells: rows.map(() => columns.map(() => undefined)),
    rowTotals: rows.map(() => undefined),
    columnTotals: columns.map(() => undefined),
    total: undefined,
  }
}
