import type { Measure } from '../../statistics/counter-names.ts'
import type { Month } from '../../statistics/months.ts'
import type { Release } from '../../statistics/release.ts'
import type { Released, Shown } from '../../statistics/table.ts'

/** A month for whoever reads it in a terminal. */
const TITLES: Readonly<Record<Measure, string>> = {
  contact: 'Contacts, by language',
  topic: 'Contacts, by topic',
  gap: 'Searches that found nothing, by need',
  answered: 'Cases taken by a caseworker, by how long that took',
}

const NOTE = `-  withheld: under ten, nobody too, or it would give away a number that is. What is not named is withheld as well.
Numbers are rounded to 5. A contact is a conversation, not a person: they say how the service is used, and nothing of how
much violence there is.`

export function asText(month: Month, release: Release, nameOf: (area: string) => string): string {
  const tables = [...release].map(([measure, table]) => `${TITLES[measure]}\n${tableText(table, nameOf)}`)
  return [`Month ${month}`, ...tables, NOTE].join('\n\n')
}

function tableText(table: Released, nameOf: (area: string) => string): string {
  if (table.rows.length === 0) return '  nothing that may be shown'
  const areas = table.columns.some((column) => column !== '')
  const isSummed = table.total !== undefined
  const line = (name: string, total: Shown, cells: readonly Shown[]) => [
    name,
    numberText(total),
    ...(areas ? cells.map(numberText) : []),
  ]
  const heading = [
    '',
    'all',
    ...(areas ? table.columns.map((area) => (area === '' ? 'no area told' : nameOf(area))) : []),
  ]
  const lines = [
    heading,
    ...table.rows.map((row, r) => line(row, table.rowTotals[r], table.cells[r] ?? [])),
    ...(isSummed ? [line('all', table.total, table.columnTotals)] : []),
  ]
  const widths = heading.map((_, at) => Math.max(...lines.map((one) => (one[at] ?? '').length)))
  return lines
    .map((one) =>
      one.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))),
    )
    .map((one) => `  ${one.join('  ')}`)
    .join('\n')
}

const numberText = (shown: Shown) => (shown === undefined ? '-' : String(shown))
