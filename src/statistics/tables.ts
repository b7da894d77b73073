import { type Counted, type Measure, readName, TOPIC_CLASSES, WAITS } from './counter-names.ts'
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

/**
 * What could be counted. A table has all of it: one that nobody counted is nought there and is withheld like any small
 * number, so that nothing tells nobody from one person.
 */
export interface Grid {
  languages: readonly string[]
  needs: readonly string[]
  /** `pack/AREA`; none where nothing is counted by area. */
  areas: readonly string[]
}

export function tablesOf(
  counters: readonly Counter[],
  month: Month,
  { languages, needs, areas }: Grid,
): Record<Measure, Counts> {
  const counted = counters.flatMap(({ name, value }) => {
    const read = readName(name)
    return read === undefined || read.month !== month ? [] : [{ ...read, value }]
  })
  const table = (measure: Measure, rows: readonly string[]) => {
    const mine = counted.filter((one) => one.measure === measure)
    return { ...tableOf(mine, rows, areas), totals: TOTALS[measure] }
  }
  return {
    contact: table('contact', languages),
    topic: table('topic', TOPIC_CLASSES),
    gap: table('gap', needs),
    answered: table('answered', WAITS),
  }
}

/** A column for each area, and before them `''`: those of whom none is known. */
function tableOf(
  counted: readonly (Counted & { value: number })[],
  known: readonly string[],
  areas: readonly string[],
): Omit<Counts, 'totals'> {
  const rows = [...new Set([...known, ...counted.map(({ row }) => row).toSorted()])]
  const value = (row: string, area?: string) =>
    counted.find((one) => one.row === row && one.area === area)?.value ?? 0
  const cells = rows.map((row) => {
    const told = areas.map((area) => value(row, area))
    const untold = value(row) - told.reduce((sum, one) => sum + one, 0)
    return [Math.max(0, untold), ...told]
  })
  return { rows, columns: ['', ...areas], cells }
}
