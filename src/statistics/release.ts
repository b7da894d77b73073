import type { Instant } from '../operations/environment.ts'
import { type Measure, MEASURES, readName } from './counter-names.ts'
import { lastShown, type Month } from './months.ts'
import type { Counts, Released, Shown } from './table.ts'
import { type Counter, type Grid, tablesOf } from './tables.ts'
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
export function release(
  counters: readonly Counter[],
  { month, grid, now }: { month: Month; grid: Grid; now: Instant },
): Release | undefined {
  if (month > lastShown(now)) return undefined
  const { contact, ...others } = tablesOf(counters, month, grid)
  const contacts = withhold(contact)
  const hidden = new Set(
    contact.columns.filter((area, at) => area !== '' && contacts.columnTotals[at] === undefined),
  )
  const safe = (counts: Counts) => (contacts.total === undefined ? NOTHING : withhold(counts, hidden))
  const all: Record<Measure, Released> = {
    contact: contacts,
    topic: safe(others.topic),
    gap: safe(others.gap),
    answered: safe(others.answered),
  }
  return new Map(MEASURES.map((measure) => [measure, withoutEmpty(all[measure])]))
}

const NOTHING: Released = {
  rows: [],
  columns: [],
  cells: [],
  rowTotals: [],
  columnTotals: [],
  total: undefined,
}

/** A row or an area of which nothing is shown is not named: that it was counted at all would say that somebody was there. */
function withoutEmpty(table: Released): Released {
  const isShown = (shown: Shown) => shown !== undefined
  const rows = kept(table.rows, (r) => isShown(table.rowTotals[r]) || (table.cells[r] ?? []).some(isShown))
  const columns = kept(
    table.columns,
    (c) => isShown(table.columnTotals[c]) || table.cells.some((row) => isShown(row[c])),
  )
  return {
    rows: rows.map(({ name }) => name),
    columns: columns.map(({ name }) => name),
    cells: rows.map(({ at }) => columns.map((column) => table.cells[at]?.[column.at])),
    rowTotals: rows.map(({ at }) => table.rowTotals[at]),
    columnTotals: columns.map(({ at }) => table.columnTotals[at]),
    total: table.total,
  }
}

function kept(names: readonly string[], isKept: (at: number) => boolean): { name: string; at: number }[] {
  return names.map((name, at) => ({ name, at })).filter(({ at }) => isKept(at))
}
