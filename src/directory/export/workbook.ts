import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import type { ServiceTable } from './service-table.ts'

/**
 * The table as a spreadsheet file: the services, and a second sheet that says of each column what it is and what may stand
 * in it. Every cell is text, so that a phone number keeps its plus and its noughts.
 */
export function workbookOf(table: ServiceTable): Promise<Buffer> {
  return writeWorkbook([
    {
      sheet: 'Services',
      data: [
        table.columns.map(({ column }) => ({ value: column, ...HEAD })),
        ...table.rows.map((row) => row.map(cell)),
      ],
      columns: table.columns.map(({ column }) => ({ width: widthOf(column) })),
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
    },
    {
      sheet: 'Columns',
      data: [
        ['Column', 'What it is', 'What may stand in it'].map((value) => ({ value, ...HEAD })),
        ...table.columns.map(({ column, about, allowed }) => [column, about, allowed].map(explained)),
      ],
      columns: [{ width: 26 }, { width: 60 }, { width: 90 }],
      stickyRowsCount: 1,
    },
  ]).toBuffer()
}

type Cell = SheetData[number][number]
const HEAD = { fontWeight: 'bold', backgroundColor: '#eeeeee' } as const

function cell(value: string): Cell {
  return value === '' ? null : { value, type: String, format: '@' }
}

function explained(value: string): Cell {
  return { value, type: String, wrap: true, alignVertical: 'top' }
}

function widthOf(column: string): number {
  if (/^(?:description|safe_note|conditions|hours_note|keywords|address|mandatory)/u.test(column)) return 50
  return Math.max(14, Math.min(30, column.length + 4))
}
