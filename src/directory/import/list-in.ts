import { findHeading, type Headed, rowsAbove } from './columns/heading-row.ts'
import type { Mapping } from './columns/mapping.ts'
import type { Finding } from './finding.ts'
import { type Refusal, refuse } from './read/limits.ts'
import type { Tables } from './read/read-source.ts'

/** Which of a file's tables is the list, and what is said of the others. */
export interface List {
  format: string
  headed: Headed
  findings: readonly Finding[]
  /** Rows that do not go in whatever they hold. */
  keptOut?: ReadonlyMap<number, Finding>
}

const NO_HEADING = refuse(
  'No row names the columns in a way that is known',
  'Write the names of the template into the first row, or say in a mapping what each column is.',
)
const HIDDEN_LIST = refuse(
  'The only list in the workbook is on a hidden sheet, so nothing of it was read',
  'Look at the sheet. If it is the list, show it and save the workbook again.',
)

/** Of several sheets that are shown the one with the most columns that are known, and of two the longer. */
export function listIn({ format, grids }: Tables, mapping: Mapping): List | Refusal {
  const shown = grids.filter(({ isHidden }) => isHidden !== true)
  const lists = listsIn(shown, mapping)
  const [best] = lists.toSorted(
    (a, b) => b.headed.known - a.headed.known || b.headed.sheet.rows.length - a.headed.sheet.rows.length,
  )
  if (best === undefined)
    return shown.length < grids.length && listsIn(grids, mapping).length > 0 ? HIDDEN_LIST : NO_HEADING
  const { keptOut, hiddenColumns } = best.grid
  const begin = best.headed.sheet.rows[0]?.row ?? Number.POSITIVE_INFINITY
  const refusal = [...(keptOut?.values() ?? [])].find(
    ({ row = 0, kind }) => row < begin && kind === 'refused',
  )
  // The heading itself holds rows.
  if (refusal !== undefined) return { refusal }
  return {
    format: best.headed.hxl === undefined ? format : `${format} with HXL`,
    headed: hiddenColumns === undefined ? best.headed : { ...best.headed, hidden: hiddenColumns },
    findings: [
      ...ofSheets(grids, best.grid),
      ...alsoLists(lists.filter((list) => list !== best)),
      ...best.grid.findings,
      ...aboveHeading(rowsAbove(best.grid.rows, best.headed)),
    ],
    ...(keptOut === undefined ? {} : { keptOut }),
  }
}

function listsIn(grids: Tables['grids'], mapping: Mapping) {
  return grids.flatMap((grid) => {
    const headed = findHeading(grid.rows, mapping)
    return headed === undefined ? [] : [{ grid, headed }]
  })
}

function ofSheets(grids: Tables['grids'], read: Tables['grids'][number]): Finding[] {
  if (grids.length === 1) return []
  const hidden = grids.filter(({ isHidden }) => isHidden === true).length
  const note: Finding = {
    kind: 'note',
    problem: `Of ${grids.length} sheets, sheet ${grids.indexOf(read) + 1} ("${(read.name ?? '').slice(0, 40)}") was read as the list`,
    remedy: 'If that is the wrong one, save the right one in a workbook of its own.',
  }
  if (hidden === 0) return [note]
  return [
    note,
    {
      kind: 'note',
      problem: `${hidden === 1 ? '1 sheet is' : `${hidden} sheets are`} hidden, so nothing of ${hidden === 1 ? 'it' : 'them'} was read`,
      remedy: 'If the list goes on there, show the sheet and move its rows into the list.',
    },
  ]
}

/** Who keeps a sheet for each area has to know that one of them went in. */
function alsoLists(others: ReturnType<typeof listsIn>): Finding[] {
  return others
    .filter(({ headed }) => headed.sheet.rows.length > 0)
    .map(({ grid }) => ({
      kind: 'note',
      problem: `Sheet "${(grid.name ?? '').slice(0, 40)}" looks like a list too, and nothing of it was read`,
      remedy: 'If its services belong in as well, move its rows into one sheet, or import it on its own.',
    }))
}

function aboveHeading(count: number): Finding[] {
  if (count === 0) return []
  return [
    {
      kind: 'note',
      problem: `${count === 1 ? '1 row above the heading was' : `${count} rows above the heading were`} passed over`,
      remedy: 'If they are services, move them below the heading.',
    },
  ]
}
