import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Months, MonthTable } from '../../desk/wire.ts'
import type { Clock } from '../../operations/environment.ts'
import type { Measure } from '../../statistics/counter-names.ts'
import type { Month } from '../../statistics/months.ts'
import { monthsShown, release, type Release } from '../../statistics/release.ts'
import type { Released, Shown } from '../../statistics/table.ts'
import type { Counter, Grid } from '../../statistics/tables.ts'

/** The statistics as the desk shows them. A month that is over does not change, so each is worked out once. */
export interface DeskMonthsParts {
  counts(): Promise<readonly Counter[]>
  grid: Grid
  clock: Clock
  /** Of an area as counters name it, `pack/AREA`. */
  areaName(area: string): string
}

export function deskMonths({ counts, grid, clock, areaName }: DeskMonthsParts) {
  const known = new Map<Month, Release>()

  async function released(counters: readonly Counter[], month: Month): Promise<Release | undefined> {
    const before = known.get(month)
    if (before !== undefined) return before
    // People's turns come between two months.
    await nextTurn()
    const made = release(counters, { month, grid, now: clock.now() })
    if (made !== undefined) known.set(month, made)
    return made
  }

  return async (wanted: Month | undefined): Promise<Months | undefined> => {
    const counters = await counts()
    const months = monthsShown(counters, clock.now())
    const month = wanted ?? months[0]
    if (month === undefined) return { months, tables: [], contacts: [] }
    if (!months.includes(month)) return undefined
    const contacts: Months['contacts'] = []
    for (const one of months.toReversed())
      contacts.push({ month: one, total: (await released(counters, one))?.get('contact')?.total ?? null })
    const tables = [...((await released(counters, month)) ?? [])]
    return {
      months,
      month,
      contacts,
      tables: tables.map(([measure, table]) => tableOf(measure, table, areaName)),
    }
  }
}

const SUMMED = new Set<Measure>(['contact', 'answered'])

function tableOf(measure: Measure, table: Released, areaName: (area: string) => string): MonthTable {
  const byArea = table.columns.some((area) => area !== '')
  const sums = { all: table.total ?? null, areas: byArea ? table.columnTotals.map(orNull) : [] }
  return {
    measure,
    rows: [...table.rows],
    areas: byArea ? table.columns.map((area) => (area === '' ? '' : areaName(area))) : [],
    cells: byArea ? table.cells.map((row) => row.map(orNull)) : table.rows.map(() => []),
    rowTotals: table.rowTotals.map(orNull),
    ...(SUMMED.has(measure) ? { sums } : {}),
  }
}

const orNull = (shown: Shown) => shown ?? null
