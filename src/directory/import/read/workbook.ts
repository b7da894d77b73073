import { zipSync } from 'fflate'
import readWorkbook from 'read-excel-file/universal'
import { readHeading } from '../columns/heading.ts'
import type { Finding } from '../finding.ts'
import type { Grid } from './delimited.ts'
import { attribute, type Hidden, hiddenIn, hiddenRow } from './hidden.ts'
import { type Refusal, refuse, shortened } from './limits.ts'
import { type Merged, mergedCells } from './merged-cells.ts'
import { outOfBounds } from './workbook-bounds.ts'

/**
 * The sheets of an .xlsx that was unpacked and bounded already. Formulas are never run: a cell is the text that the spreadsheet
 * last showed. A cell that was merged downwards holds for each of its rows.
 */
export interface WorkbookSheet extends Grid {
  name: string
  findings: Finding[]
}

/** Of a workbook only what a table is made of; pictures, charts and notes stay packed. */
export function isOfTable(path: string): boolean {
  return (
    /^xl\/.*\.xml(?:\.rels)?$/u.test(path) &&
    !/\/(?:media|drawings|charts|theme|pivot\w*|comments|threadedComments|persons|printerSettings|externalLinks|embeddings|ctrlProps|tables|slicers?|slicerCaches|queryTables|richData)\/|\/worksheets\/_rels\//u.test(
      path,
    )
  )
}

export async function readSheets(files: Map<string, Uint8Array>): Promise<WorkbookSheet[] | Refusal> {
  const merged = new Map<string, readonly Merged[]>()
  const hidden = new Map<string, Hidden>()
  for (const [path, bytes] of files) {
    const xml = new TextDecoder().decode(bytes)
    const refusal = outOfBounds(xml)
    if (refusal !== undefined) return refusal
    merged.set(path, mergedCells(xml))
    hidden.set(path, hiddenIn(xml))
  }
  try {
    // Packed anew, so that what is read is exactly what was bounded.
    const packed = zipSync(Object.fromEntries(files), { level: 0 })
    const places = sheetPlaces(files)
    const about = new TextDecoder().decode(files.get('xl/workbook.xml'))
    const is1904 = /<(?:\w+:)?workbookPr\s[^>]*\bdate1904="(?:1|true)"/u.test(about)
    // Packed and unpacked at once, a large workbook would take its size several times.
    files.clear()
    const sheets = await readWorkbook(packed.buffer)
    return sheets.map(({ sheet, data }, at) => {
      const rows = (is1904 ? since1900(data) : data).map((row) => row.map((cell) => shortened(textOf(cell))))
      const { path, isHidden } = places[at] ?? { path: '', isHidden: false }
      const filled = fillDown(rows, merged.get(path) ?? [])
      const { rows: hiddenRows = [], columns = new Set<number>() } = hidden.get(path) ?? {}
      return {
        name: sheet,
        rows,
        isHidden,
        keptOut: new Map(hiddenRows.map((row) => [row, hiddenRow(row)])),
        hiddenColumns: columns,
        findings: filled === 0 ? [] : [mergedFinding(filled)],
      }
    })
  } catch {
    return refuse(
      'The workbook cannot be read',
      'Open it in a spreadsheet program and save it again as .xlsx, or save the list as CSV.',
    )
  }
}

const DAY = 86_400_000
/** Where a spreadsheet counts days from: a time without a date lies on it. */
const FIRST_DAYS = Date.UTC(1900, 0, 2)

/** Rows among which the heading stands. */
const HEADING_WITHIN = 20
const DATES: ReadonlySet<string | undefined> = new Set(['verified_on', 'review_by', 'ends_on', 'source_on'])
/** Days from one base to the other, and those since 1904 that lie in 2000 to 2100. */
const BETWEEN_BASES = 1462
const [FIRST_SINCE_1904, LAST_SINCE_1904] = [35_064, 71_588]

/** A number in a column of dates that is not shown as one, which the reader leaves as it is, counted from the usual base. */
function since1900(data: readonly (readonly unknown[])[]): unknown[][] {
  const dates = new Set(
    data
      .slice(0, HEADING_WITHIN)
      .flatMap((row) =>
        row.flatMap((cell, at) =>
          typeof cell === 'string' && DATES.has(readHeading(cell)?.column) ? [at] : [],
        ),
      ),
  )
  return data.map((row) =>
    row.map((cell, at) =>
      typeof cell === 'number' && dates.has(at) && cell >= FIRST_SINCE_1904 && cell <= LAST_SINCE_1904
        ? cell + BETWEEN_BASES
        : cell,
    ),
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return ''
    const iso = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
    if (value.getTime() < FIRST_DAYS) return iso.slice(11, 16)
    return value.getTime() % DAY === 0 ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

function fillDown(rows: string[][], merged: readonly Merged[]): number {
  let filled = 0
  for (const { column, from, to } of merged) {
    const value = rows[from - 1]?.[column - 1] ?? ''
    if (value === '') continue
    for (const row of rows.slice(from, to)) {
      if ((row[column - 1] ?? '') !== '') continue
      while (row.length < column) row.push('')
      row[column - 1] = value
      filled += 1
    }
  }
  return filled
}

function mergedFinding(filled: number): Finding {
  const problem = `${filled === 1 ? 'A cell of the sheet is' : `${filled} cells of the sheet are`} merged with the one above and was read as saying the same`
  return { kind: 'mended', problem, remedy: 'Undo the merging where this is not so.' }
}

/** In the order of the workbook, which is that of the sheets as they are read. */
function sheetPlaces(files: ReadonlyMap<string, Uint8Array>): { path: string; isHidden: boolean }[] {
  const text = (path: string) => new TextDecoder().decode(files.get(path))
  const targets = new Map<string, string>()
  for (const [link] of text('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/gu)) {
    const target = attribute(link, 'Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    targets.set(attribute(link, 'Id') ?? '', path)
  }
  return [...text('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/gu)].map(([sheet]) => ({
    path: targets.get(attribute(sheet, '\\w+:id') ?? '') ?? '',
    isHidden: /hidden$/iu.test(attribute(sheet, 'state') ?? ''),
  }))
}
