import { checkService, checkUntil } from '../checks/check-pack.ts'
import type { Pack } from '../pack/pack.ts'
import { readService } from '../pack/read-service.ts'
import { REQUIRED_COLUMNS } from '../pack/service-columns.ts'
import type { Service } from '../service.ts'
import { type DayOrder, dayOrder } from './cells/dates.ts'
import type { Headed } from './columns/heading-row.ts'
import type { Mapping } from './columns/mapping.ts'
import { planColumns, type Plan } from './columns/plan.ts'
import { guessedFinding, textLanguage } from './columns/text-language.ts'
import type { Finding } from './finding.ts'
import { FORMATS } from './formats.ts'
import { type List, listIn } from './list-in.ts'
import { readSource, type Source } from './read/read-source.ts'
import { refuse } from './read/limits.ts'
import { createFilling } from './rows/fill-row.ts'
import { createFindings, type Findings } from './rows/findings.ts'
import { createMending, headingOf, type MendedRow } from './rows/mend-row.ts'
import { shiftOf } from './rows/shifted.ts'
import { remarkIn } from './rows/remark.ts'
import { maybePersonalIn } from './rows/held.ts'
import { secretFinding, secretPlaceIn } from './rows/secret-place.ts'
import type { SheetRow } from './sheet.ts'

/**
 * A file of any habit to services, each checked as strictly as a row of the pack's own table, and everything that is to be
 * said of it. It keeps nothing and changes nothing; for bad content it never throws. Called by the command line.
 */
export interface ImportReport {
  /** "CSV", "XLSX", "CSV with HXL", the name of another system's format; '' when the file could not be read. */
  format: string
  /** Rows that hold anything. */
  rows: number
  services: Service[]
  findings: Finding[]
  /** Each heading and the column as which it was read, '' for none: what `--save-mapping` keeps. */
  columns: Mapping
}

export interface ImportWish {
  /** ISO date in the pack's zone. */
  today: string
  mapping?: Mapping
  /** Ids of services that speak of a shelter and were looked at: their place may be known. */
  notSecret?: ReadonlySet<string>
  /** Ids of services whose mailbox or checker may be a person's name and were looked at. */
  notPersonal?: ReadonlySet<string>
  progress?: (done: number, of: number) => void
}

export async function importSheet(source: Source, pack: Pack, wish: ImportWish): Promise<ImportReport> {
  const read = await readSource(source)
  if ('refusal' in read) return nothing([read.refusal])
  if (read.kind === 'tables') {
    const list = listIn(read, wish.mapping ?? {})
    return 'refusal' in list ? nothing([list.refusal]) : importHeaded(list, source.name, pack, wish)
  }
  const format = FORMATS.find((one) => one.isOne(read.foreign))
  if (format === undefined) return nothing([UNKNOWN_FORMAT.refusal])
  const { sheet, findings } = format.read(read.foreign, pack)
  const headed: Headed = { sheet, hxl: undefined, row: 0, language: 'en', known: 0 }
  return importHeaded({ format: format.name, headed, findings }, source.name, pack, wish)
}

const UNKNOWN_FORMAT = refuse(
  'The file is of a system that is not known here',
  'Export the list from there as .xlsx or CSV.',
)
function nothing(findings: Finding[]): ImportReport {
  return { format: '', rows: 0, services: [], findings, columns: {} }
}

/** Beyond these the schema has its own defaults, or the import fills them. */
const FILLED: ReadonlySet<string> = new Set(['service_id', 'country'])
const EVERY_ROW = 200

function importHeaded(
  { format, headed, findings: begun, keptOut }: List,
  file: string,
  pack: Pack,
  wish: ImportWish,
): ImportReport {
  const plan = planColumns(headed, wish.mapping ?? {}, pack.languages)
  const findings = createFindings([...begun, ...plan.findings])
  const missing = missingColumns(plan)
  for (const column of missing) findings.add(missingFinding(column))
  const { orders, languages, ofHours } = columnFacts(headed, plan, pack)
  const mend = createMending({ plan, pack, today: wish.today, orders, languages })
  const fill = createFilling(plan, pack, findings)
  const { heading } = headed.sheet
  const rows = headed.sheet.rows.filter((row) => {
    const remark = remarkIn(row, heading)
    if (remark !== undefined) findings.add(remark)
    return remark === undefined
  })
  const taken = new Map<string, { service: Service; row: number }[]>()
  for (const [at, row] of rows.entries()) {
    if (at % EVERY_ROW === 0) wish.progress?.(at, rows.length)
    const why = keptOut?.get(row.row)
    if (why !== undefined) findings.add(why)
    const service = why === undefined ? importRow(row) : undefined
    if (service !== undefined)
      taken.set(service.id, [...(taken.get(service.id) ?? []), { service, row: row.row }])
  }
  wish.progress?.(rows.length, rows.length)
  const services = [...taken.values()]
    .flatMap((same) => (same.length === 1 ? same : []))
    .map(({ service }) => service)
  for (const same of taken.values()) if (same.length > 1) sayDoubled(same, findings, plan)
  if (plan.findings.some(({ kind }) => kind === 'refused')) services.length = 0
  return { format, rows: rows.length, services, findings: findings.all(), columns: columnsOf(heading, plan) }

  function importRow(row: SheetRow): Service | undefined {
    const mended = fill(mend(row))
    for (const finding of mended.once) findings.once(finding)
    sayGuessedNote(mended)
    const found = [...mended.findings]
    const read = readService(mended, pack, file)
    const problems =
      'problems' in read
        ? read.problems
        : [...checkService(read.service, pack), ...checkUntil(read.service, pack)]
    const isSaid = (column: string | undefined) =>
      found.some((one) => one.kind === 'refused' && one.column === column)
    for (const { field, problem, remedy } of problems) {
      const column = field === undefined ? undefined : headingOf(plan, field)
      // An id of the organisation is made of its name, which is what is missing.
      if (field === 'org_id' && (mended.cells.get('org') ?? '') === '') continue
      if ((field !== undefined && missing.includes(field)) || isSaid(column)) continue
      found.push({
        row: row.row,
        ...(column === undefined ? {} : { column }),
        kind: 'refused',
        problem,
        remedy,
      })
    }
    const isRefused =
      'problems' in read || problems.length > 0 || found.some(({ kind }) => kind === 'refused')
    const slid = isRefused ? slidFinding(row, plan, heading.length) : undefined
    for (const finding of slid === undefined ? found : [slid]) findings.add(finding)
    if (isRefused || slid !== undefined || 'problems' in read) return undefined
    return isHeld(read.service, mended) ? undefined : read.service
  }

  /** A note that was made of the hours is in a language that nobody named. */
  function sayGuessedNote({ cells }: MendedRow): void {
    if (ofHours?.orElse === undefined) return
    const column = `hours_note_${ofHours.tag.toLowerCase()}`
    if ((cells.get(column) ?? '') === '' || plan.columns.some((one) => one.column === column)) return
    findings.once(guessedFinding(ofHours.heading, 'hours_note', ofHours))
  }

  function isHeld(service: Service, { row, cells }: MendedRow): boolean {
    const waits: Finding[] = maybePersonalIn(service, pack, wish.notPersonal?.has(service.id) === true).map(
      ({ column, ...one }) => ({ row, column: headingOf(plan, column), ...one }),
    )
    const column = secretPlaceIn(service, cells)
    const isLookedAt = wish.notSecret?.has(service.id) === true
    if (column !== undefined) waits.push(secretFinding(row, headingOf(plan, column), service, isLookedAt))
    for (const finding of waits) findings.add(finding)
    return waits.some(({ kind }) => kind === 'held')
  }
}

function slidFinding(row: SheetRow, plan: Plan, width: number): Finding | undefined {
  const shift = shiftOf(row.cells, plan.columns)
  if (shift !== undefined)
    return {
      row: row.row,
      kind: 'refused',
      problem: `The cells of this row seem to stand one column to the ${shift}`,
      remedy:
        shift === 'right'
          ? 'Look for an extra cell, or a text with a comma that needs quotation marks, and move the others back.'
          : 'Look for a cell that is missing, and move the others back.',
    }
  if (row.cells.slice(width).every((cell) => cell === '')) return undefined
  return {
    row: row.row,
    kind: 'refused',
    problem: 'The row has more cells than the heading',
    remedy: 'Put quotation marks around texts that hold a comma or a semicolon.',
  }
}

function columnFacts({ sheet, language }: Headed, plan: Plan, pack: Pack) {
  const dates = plan.columns.filter(({ column }) =>
    /^(?:verified_on|review_by|ends_on|source_on)$/u.test(column),
  )
  const hours = [...plan.columns.filter(({ column }) => column === 'hours'), ...plan.hours]
  const orderOf = (columns: readonly number[]) => {
    const order = dayOrder(sheet.rows.flatMap(({ cells }) => columns.map((at) => cells[at] ?? '')))
    return order === 'unknown' ? undefined : order
  }
  // Who keeps a sheet writes all of its dates alike; where two columns show otherwise, it says nothing.
  const ofSheet: DayOrder = orderOf(dates.map(({ at }) => at)) ?? 'unknown'
  const languages = hours.map(
    ({ at, heading }) =>
      [at, { heading, ...textLanguage(sheet.rows, at, language, pack.languages) }] as const,
  )
  return {
    orders: new Map(dates.map(({ at }) => [at, orderOf([at]) ?? ofSheet])),
    languages: new Map(languages.map(([at, { tag }]) => [at, tag])),
    /** Of the first column of hours, in whose language a note is written. */
    ofHours: languages[0]?.[1],
  }
}

function missingColumns({ columns, folded }: Plan): string[] {
  const given = new Set([...columns, ...folded].map(({ column }) => column))
  const isGiven = (column: string) =>
    given.has(column) || [...given].some((one) => one.startsWith(`${column}_`))
  return [...REQUIRED_COLUMNS, 'name', 'description'].filter(
    (column) => !FILLED.has(column) && !isGiven(column),
  )
}

function missingFinding(column: string): Finding {
  return {
    column,
    kind: 'refused',
    problem: 'is a column that every service needs, and nothing in the file was read as it',
    remedy: 'Add the column, or say in a mapping which one it is.',
  }
}

function sayDoubled(same: readonly { row: number }[], findings: Findings, plan: Plan): void {
  for (const { row } of same) {
    const others = same.filter((other) => other.row !== row).map((other) => other.row)
    const shown = others.slice(0, 5).join(', ')
    findings.add({
      row,
      column: headingOf(plan, 'service_id'),
      kind: 'refused',
      problem: `is the same as in row ${shown}${others.length > 5 ? ' and others' : ''}`,
      remedy: 'Give each service an id of its own, or delete the row that is old.',
    })
  }
}

/** The answers of a folded list and the days of the hours are recognised again by themselves, and as a column they would mean something else. */
function columnsOf(heading: readonly string[], plan: Plan): Mapping {
  const read = new Map(plan.columns.map(({ at, column }) => [at, column]))
  const folded = new Set([...plan.folded, ...plan.hours].map(({ at }) => at))
  return Object.fromEntries(
    heading.flatMap((name, at) => (name === '' || folded.has(at) ? [] : [[name, read.get(at) ?? '']])),
  )
}
