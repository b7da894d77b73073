import { unguarded } from '../../pack/formula-guard.ts'
import type { Pack } from '../../pack/pack.ts'
import { normalise } from '../../../conversation/understand/tokens.ts'
import type { DayOrder } from '../cells/dates.ts'
import { countryCode } from '../cells/country-names.ts'
import { isFailedFormula, isNothing } from '../cells/nothing.ts'
import { valueOf } from '../cells/vocabulary.ts'
import type { Plan, Planned } from '../columns/plan.ts'
import type { Finding } from '../finding.ts'
import { LONGEST_CELL } from '../read/limits.ts'
import type { SheetRow } from '../sheet.ts'
import { LISTS } from '../words/vocabularies.ts'
import { mendCell, mendHoursTogether, type RowPlace } from './mend-cell.ts'
import type { HoursCell } from './hours-of-row.ts'
import { type Mended, type Said, TOO_LONG } from './say.ts'

/** One row of the sheet as a row of the template. */
export interface MendedRow {
  row: number
  cells: ReadonlyMap<string, string>
  findings: readonly Finding[]
  /** Of its column, whatever the row. */
  once: readonly Finding[]
}

export interface Mending {
  plan: Plan
  pack: Pack
  today: string
  /** Of each column of dates. */
  orders: ReadonlyMap<number, DayOrder>
  /** The language of notes, by the column of hours. */
  languages: ReadonlyMap<number, string>
}

export function createMending({
  plan,
  pack,
  today,
  orders,
  languages,
}: Mending): (row: SheetRow) => MendedRow {
  const areas = areaNames(pack)
  const whole = plan.columns.filter(({ column }) => column === 'hours')
  // One column of hours alone is read like any other.
  const hours = [...whole.map((one) => ({ ...one, part: undefined })), ...plan.hours]
  const isTogether = hours.length > 1 || plan.hours.length > 0
  const columns = isTogether ? plan.columns.filter((one) => !whole.includes(one)) : plan.columns
  const country = plan.columns.find(({ column }) => column === 'country')
  const named = plan.columns.filter(({ column }) => column === 'org' || column.startsWith('name_'))

  /** Most rows of a sheet have one of a few weeks. */
  const weeks = new Map<string, Mended>()
  const together = (filled: readonly (HoursCell & { at: number })[], language: string): Mended => {
    const week = `${language}\n${filled.map(({ at, cell }) => `${at} ${cell}`).join('\n')}`
    const known = weeks.get(week)
    if (known !== undefined) return known
    if (weeks.size >= MOST_WEEKS) weeks.clear()
    const read = mendHoursTogether(filled, language)
    weeks.set(week, read)
    return read
  }

  return ({ row, cells }) => {
    const findings: Finding[] = []
    const once: Finding[] = []
    const mended = new Map<string, string>()
    const say = ({ once: isOnce, ...said }: Said, column: string) => {
      if (isOnce === true) once.push({ column, ...said })
      else findings.push({ row, column, ...said })
    }
    const fill = (column: string, value: string) => {
      const before = mended.get(column) ?? ''
      if (value === '' && mended.has(column)) return
      mended.set(column, before === '' || value === '' ? value : `${before};${value}`)
    }
    const place: Omit<RowPlace, 'order' | 'language'> = {
      pack,
      today,
      country: countryCode(country === undefined ? '' : (cells[country.at] ?? '')) ?? pack.country,
      names: named.map(({ at }) => cells[at] ?? '').join(' '),
      areaOf: (name) => areas.get(normalise(name)),
    }
    const more: [string, string][] = []
    for (const { at, heading, column } of columns) {
      const cell = unguarded((cells[at] ?? '').trim())
      if (isEmpty(column, cell)) {
        if (cell !== '' && column === 'visibility') say(SEEN_BY_WHOM, heading)
        else if (isFailedFormula(cell)) say(FAILED, heading)
        fill(column, '')
        continue
      }
      if (cell.length > LONGEST_CELL) {
        say({ ...TOO_LONG }, heading)
        fill(column, '')
        continue
      }
      const language = languages.get(at) ?? pack.languages[0] ?? 'en'
      const read = mendCell(column, cell, { ...place, order: orders.get(at) ?? 'unknown', language })
      fill(column, read.value)
      for (const one of read.said) say(one, heading)
      more.push(...Object.entries(read.more ?? {}))
    }
    if (isTogether) {
      const filled = hours
        .map((one) => ({ ...one, cell: unguarded((cells[one.at] ?? '').trim()) }))
        .filter(({ cell }) => !isNothing(cell))
      const [first] = filled
      const language = languages.get(first?.at ?? -1) ?? pack.languages[0] ?? 'en'
      const isAlone = filled.length === 1 && first !== undefined && first.part === undefined
      const read = isAlone
        ? mendCell('hours', first.cell, { ...place, order: 'unknown', language })
        : together(filled, language)
      fill('hours', read.value)
      for (const one of read.said) say(one, first?.heading ?? 'hours')
      more.push(...Object.entries(read.more ?? {}))
    }
    for (const { at, heading, column, value } of plan.folded) {
      const answer = answerIn(unguarded((cells[at] ?? '').trim()), column, value)
      if (answer === 'unclear') say(UNCLEAR, heading)
      if (answer === 'yes') addToList(mended, column, value)
      else if (!mended.has(column)) mended.set(column, '')
    }
    for (const [column, value] of more) if ((mended.get(column) ?? '') === '') mended.set(column, value)
    mended.delete('geopoint')
    return { row, cells: mended, findings, once }
  }
}

const MOST_WEEKS = 500

const FAILED: Said = {
  kind: 'mended',
  problem: 'holds the error of a formula, so it was read as empty',
  remedy: 'Write the value itself.',
}
const UNCLEAR: Said = {
  kind: 'quarantined',
  problem: 'says neither yes nor no, so this answer was left out',
  remedy: 'Write yes or no, or 1 or 0.',
}
const TICKED = /^[✓✔☑✅]\uFE0F?$/u

/** One answer of a list in a column of its own: yes or no in any of the languages, a tick, or the answer itself once more. */
function answerIn(cell: string, column: string, value: string): 'yes' | 'no' | 'unclear' {
  if (TICKED.test(cell)) return 'yes'
  if (isNothing(cell)) return 'no'
  const said = valueOf('referral_needed', cell.replace(/^([01])\.0+$/u, '$1'))
  if (said !== undefined) return said === 'yes' ? 'yes' : 'no'
  return valueOf(column, cell) === value ? 'yes' : 'unclear'
}

/** An empty cell is public, as the template has it; who writes that it is not known means something else. */
const SEEN_BY_WHOM: Said = {
  kind: 'refused',
  problem: 'does not say who may see it',
  remedy: 'Write public, on_request (a phone line without its place) or staff_only.',
}
/** "None" is an answer where papers are asked for, and nothing elsewhere. */
function isEmpty(column: string, cell: string): boolean {
  return isNothing(cell) && (cell === '' || LISTS.has(column) || valueOf(column, cell) === undefined)
}

function addToList(cells: Map<string, string>, column: string, value: string): void {
  const values = new Set((cells.get(column) ?? '').split(';').filter((one) => one !== ''))
  cells.set(column, [...values.add(value)].join(';'))
}

function areaNames({ areas }: Pack): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const doubled = new Set<string>()
  for (const { id, names: given, aliases } of areas)
    for (const name of [id, ...Object.values(given), ...aliases]) {
      const key = normalise(name)
      if (names.has(key) && names.get(key) !== id) doubled.add(key)
      names.set(key, id)
    }
  for (const key of doubled) names.delete(key)
  return names
}

export function headingOf(plan: Plan, column: string): string {
  const isOne = (planned: Planned) => planned.column === column || planned.column.startsWith(`${column}_`)
  return plan.columns.find(isOne)?.heading ?? plan.folded.find(isOne)?.heading.split('/').at(-2) ?? column
}
