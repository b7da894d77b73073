import type { HeadingLanguage } from '../words/headings.ts'
import type { Sheet, SheetRow } from '../sheet.ts'
import { hxlColumn, isHxlRow } from './hxl.ts'
import { readHeading, sheetLanguage } from './heading.ts'
import type { Mapping } from './mapping.ts'

/** Where the heading stands: sheets begin with titles and notes as often as with it. */
const SEARCHED = 20
const FEWEST = 3
/** Of the headings below: more are a heading of their own. */
const MOST_GROUPS = 0.6

export interface Headed {
  sheet: Sheet
  /** The row under the heading, when it is one of HXL tags. */
  hxl: readonly string[] | undefined
  /** The row of the heading. */
  row: number
  language: HeadingLanguage
  /** How many of its columns are known. */
  known: number
  /** Columns that the sheet does not show, counted from 0. */
  hidden?: ReadonlySet<number>
  /** By column, what stands over several headings, as a merged cell above them says it. */
  above?: readonly string[]
}

export function findHeading(rows: readonly (readonly string[])[], mapping: Mapping): Headed | undefined {
  let best: Headed | undefined
  for (const [at, cells] of rows.slice(0, SEARCHED).entries()) {
    if (isHxlRow(cells)) {
      const known = cells.filter((cell) => hxlColumn(cell) !== undefined).length
      if (known < FEWEST) continue
      // Tags say more than any heading, and may stand without one.
      const heading = at === 0 ? cells : (rows[at - 1] ?? cells)
      const language = sheetLanguage(heading)
      return {
        sheet: { heading, rows: below(rows, at + 1) },
        ...groupsAbove(rows[at - 2] ?? [], heading),
        hxl: cells,
        row: Math.max(1, at),
        language,
        known,
      }
    }
    const language = sheetLanguage(cells)
    const columns = new Set(
      cells.map((cell) => (Object.hasOwn(mapping, cell) ? mapping[cell] : columnIn(cell, language))),
    )
    columns.delete(undefined)
    if (columns.size >= FEWEST && columns.size > (best?.known ?? 0))
      best = {
        sheet: { heading: cells, rows: below(rows, at + 1) },
        ...groupsAbove(rows[at - 1] ?? [], cells),
        hxl: undefined,
        row: at + 1,
        language,
        known: columns.size,
      }
  }
  return best
}

/** Of the rows above a heading those that are no title of the list: they may be services, and are not read. */
export function rowsAbove(rows: readonly (readonly string[])[], { sheet, above }: Headed): number {
  const begin = rows.findIndex((cells) => cells === sheet.heading)
  return rows
    .slice(0, Math.max(0, begin))
    .filter(
      (cells, at) =>
        !(above !== undefined && at === begin - 1) && cells.filter((cell) => cell !== '').length > FEWEST,
    ).length
}

/** A row of fewer names above the heading, of which each holds up to the next; one cell alone is the sheet's title. */
function groupsAbove(row: readonly string[], heading: readonly string[]): { above?: readonly string[] } {
  const filled = row.filter((cell) => cell !== '').length
  if (filled < 2 || filled > heading.filter((cell) => cell !== '').length * MOST_GROUPS) return {}
  let group = ''
  return { above: heading.map((_, at) => (group = (row[at] ?? '') === '' ? group : (row[at] ?? ''))) }
}

function columnIn(cell: string, language: HeadingLanguage): string | undefined {
  if (cell === '') return undefined
  const found = readHeading(cell, language) ?? readHeading(cell.split('/').at(-1) ?? '', language)
  return found && `${found.column}_${found.tag ?? ''}`
}

function below(rows: readonly (readonly string[])[], from: number): SheetRow[] {
  const found: SheetRow[] = []
  for (let at = from; at < rows.length; at += 1) {
    const cells = rows[at] ?? []
    if (cells.some((cell) => cell !== '')) found.push({ row: at + 1, cells })
  }
  return found
}
