import { LONGEST_NAME, LONGEST_TEXT } from '../../service.ts'
import { textColumn } from '../../pack/service-columns.ts'
import type { Finding } from '../finding.ts'
import type { Sheet } from '../sheet.ts'
import { shortened } from './lenient.ts'

/** Gathers the records of a foreign file as a sheet of the template, and what could not be carried over. */
export interface RecordSheet {
  /** Cells by the template's column; empty ones are left out. A text that is too long is shortened, which is said. */
  add(row: number, cells: Readonly<Record<string, string | undefined>>): void
  say(finding: Finding): void
  read(): { sheet: Sheet; findings: Finding[] }
}

/** A report with the same line for thousands of rows helps nobody: beyond these, the rows are counted. */
const MOST_ALIKE = 20

export function recordSheet(): RecordSheet {
  const rows: { row: number; cells: string[] }[] = []
  /** Where each column stands, and how long its texts may be where they are texts. */
  const columns = new Map<string, { at: number; longest: number }>()
  const findings: Finding[] = []
  const alike = new Map<string, number>()

  function say(finding: Finding): void {
    const name = `${finding.kind} ${finding.column ?? ''} ${finding.problem}`
    const count = (alike.get(name) ?? 0) + 1
    alike.set(name, count)
    if (count <= MOST_ALIKE || finding.kind === 'refused') findings.push(finding)
    else if (count === MOST_ALIKE + 1)
      findings.push({ ...withoutRow(finding), problem: `${finding.problem} in more records too` })
  }

  return {
    say,
    add(row, cells) {
      const filled: string[] = []
      for (const [column, value = ''] of Object.entries(cells)) {
        if (value === '') continue
        const { at, longest } = placeOf(column)
        const short = shortened(value, longest)
        if (short !== value)
          say({
            row,
            column,
            kind: 'mended',
            problem: `had more than ${longest} characters, so only its beginning was taken`,
            remedy: 'Write a short text after the import.',
          })
        while (filled.length <= at) filled.push('')
        filled[at] = short
      }
      rows.push({ row, cells: filled })
    },
    read() {
      for (const { cells } of rows) while (cells.length < columns.size) cells.push('')
      return { sheet: { heading: [...columns.keys()], rows }, findings }
    },
  }

  function placeOf(column: string) {
    let place = columns.get(column)
    if (place === undefined) {
      const stem = textColumn(column)?.stem
      const longest =
        stem === undefined ? Number.POSITIVE_INFINITY : stem === 'name' ? LONGEST_NAME : LONGEST_TEXT
      columns.set(column, (place = { at: columns.size, longest }))
    }
    return place
  }
}

function withoutRow({ row: _row, ...finding }: Finding): Finding {
  return finding
}
