import { type Counted, type Measure, readName } from './counter-names.ts'
import type { Month } from './months.ts'
import type { Counts } from './table.ts'

/** A counter as the stores give it. */
export interface Counter {
  name: string
  value: number
}

const TOTALS = { contact: 'both', topic: 'rows', gap: 'rows', answered: 'both' } as const satisfies Record<
  Measure,
  Counts['totals']
>

/** Every table has every area of the month, so that one which nobody told in it is nought there, and is withheld like any small number. */
export function tablesOf(counters: readonly Counter[], month: Month): Record<Measure, Counts> {
  const counted = counters.flatMap(({ name, value }) => {
    const read = readName(name)
    return read === undefined || read.month !== month ? [] : [{ ...read, value }]
  })
  const areas = [...new Set(counted.flatMap(({ area }) => area ?? []))].toSorted()
  const table = (measure: Measure) => tableOf(counted, measure, areas)
  return { contact: table('contact'), topic: table('topic'), gap: table('gap'), answered: table('answered') }
}

/** A column for each area, and before them `''`: those of whom none is known. */
function tableOf(
  all: readonly (Counted & { value: number })[],
  measure: Measure,
  areas: readonly string[],
): Counts {
  const counted = all.filter((one) => one.measure === measure)
  const rows = [...new Set(counted.map(({ row }) => row))].toSorted()
  const value = (row: string, area?: string) =>
    counted.find((one) => one.row === row && one.area === area)?.value ?? 0
  const cells = rows.map((row) => {
    const told = areas.map((area) => value(row, area))
    const untold = value(row) - told.reduce((sum, one) => sum + one, 0)
    return [Math.max(0, untold), ...told]
  })
  return { rows, columns: ['', ...areas], cells, totals: TOTALS[measure] }
}
