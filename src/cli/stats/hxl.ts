import { csvText } from '../../directory/export/csv-text.ts'
import { guarded } from '../../directory/pack/formula-guard.ts'
import type { Measure } from '../../statistics/counter-names.ts'
import type { Month } from '../../statistics/months.ts'
import type { Release } from '../../statistics/release.ts'
import type { Released, Shown } from '../../statistics/table.ts'

/**
 * A month as HXL: one number a line, under a row of tags (hxlstandard.org 1.1). A number that is withheld is an empty cell with
 * a mark beside it and not "<10", which a program that adds up would stumble over.
 */
export interface Place {
  country: string
  code: string
  name: string
}

const COLUMNS = [
  ['month', '#date+month'],
  ['country', '#country+code+iso2'],
  ['area_code', '#adm1+code'],
  ['area', '#adm1+name'],
  ['covers', '#meta+coverage'],
  ['measure', '#indicator+name'],
  ['of', '#indicator+type+code'],
  ['number', '#indicator+value+num'],
  ['withheld', '#meta+suppressed'],
] as const

const NAMES: Readonly<Record<Measure, string>> = {
  contact: 'contacts_by_language',
  topic: 'contacts_by_topic',
  gap: 'searches_without_result_by_need',
  answered: 'cases_by_wait_for_a_caseworker',
}

/** `placeOf`: of an area as counters name it, `pack/AREA`. */
export function hxlOf(month: Month, release: Release, placeOf: (area: string) => Place): string {
  const lines = [...release].flatMap(([measure, table]) =>
    linesOf(table).map(({ covers, area, row, shown }) => {
      const place = area === undefined ? { country: '', code: '', name: '' } : placeOf(area)
      const number = shown === undefined ? '' : String(shown)
      const withheld = shown === undefined ? 'yes' : 'no'
      return [month, place.country, place.code, place.name, covers, NAMES[measure], row, number, withheld]
    }),
  )
  return csvText([
    COLUMNS.map(([name]) => name),
    COLUMNS.map(([, tag]) => tag),
    ...lines.map((line) => line.map(guarded)),
  ])
}

interface Line {
  covers: 'all' | 'area' | 'no area told'
  area?: string
  /** '' for the sum of all rows. */
  row: string
  shown: Shown
}

function linesOf(table: Released): Line[] {
  const { rows, columns, cells, rowTotals, columnTotals, total } = table
  const areas = columns.some((column) => column !== '')
  const where = (column: string) =>
    column === '' ? ({ covers: 'no area told' } as const) : ({ covers: 'area', area: column } as const)
  const isSummed = total !== undefined || columnTotals.some((shown) => shown !== undefined)
  return [
    ...(isSummed ? [{ covers: 'all' as const, row: '', shown: total }] : []),
    ...rows.map((row, r) => ({ covers: 'all' as const, row, shown: rowTotals[r] })),
    ...(areas && isSummed
      ? columns.map((column, c) => ({ ...where(column), row: '', shown: columnTotals[c] }))
      : []),
    ...(areas
      ? rows.flatMap((row, r) =>
          columns.map((column, c) => ({ ...where(column), row, shown: cells[r]?.[c] })),
        )
      : []),
  ]
}
