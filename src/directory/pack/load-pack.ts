import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { deskProblems, needsHolidays } from '../hours/desk-hours.ts'
import { type Holidays, readHolidays } from '../hours/holidays.ts'
import { inWords } from './issue-in-words.ts'
import { type Pack, packFile, type Problem, rightsFile } from './pack.ts'
import { readService } from './read-service.ts'
import { type Columns, readTable, type Table } from './read-table.ts'
import type { Service } from '../service.ts'
import { isServiceColumn, REQUIRED_COLUMNS } from './service-columns.ts'

/**
 * Reads one pack's folder: the only file of the directory that touches a disk. Whatever is wrong is returned as problems
 * with file, row and field, all of them at once; nothing throws for bad content. A pack is only given out with its
 * problems beside it, and whoever starts with it refuses while there are any.
 */
export type LoadedPack = { pack: Pack; problems: Problem[] } | { problems: Problem[] }

export function loadPack(folder: string): LoadedPack {
  const problems: Problem[] = []
  const about = readJson(folder, 'pack.json', packFile, problems)
  const rights = readJson(folder, 'rights.json', rightsFile, problems) ?? {}
  const table = readCsv(folder, 'services.csv', SERVICE_COLUMNS, problems)
  const holidays = holidaysOf(folder, problems)
  if (about === undefined) return { problems }
  problems.push(...deskProblems(about.desk))
  const services = servicesOf(table, about, problems)
  if (problems.every(({ file }) => file !== HOLIDAYS_FILE))
    problems.push(...missingHolidays(holidays, services, about.desk))
  return { pack: { ...about, services, rights, holidays }, problems }
}

const SERVICE_COLUMNS: Columns = { required: REQUIRED_COLUMNS, isKnown: isServiceColumn }
const HOLIDAYS_FILE = 'holidays.csv'
const HOLIDAY_COLUMNS: Columns = { required: ['date'], isKnown: (name) => name === 'date' || name === 'name' }

function servicesOf({ rows }: Table, about: z.output<typeof packFile>, problems: Problem[]): Service[] {
  const services: Service[] = []
  const rowOf = new Map<string, number>()
  for (const row of rows) {
    const read = readService(row, about)
    const id = row.cells.get('service_id') ?? ''
    const earlier = rowOf.get(id)
    rowOf.set(id, earlier ?? row.row)
    if ('problems' in read) problems.push(...read.problems)
    else if (earlier === undefined) services.push(read.service)
    else
      problems.push({
        file: 'services.csv',
        row: row.row,
        field: 'service_id',
        problem: `is the same as in row ${earlier}`,
        remedy: 'Give each service an id of its own.',
      })
  }
  return services
}

function holidaysOf(folder: string, problems: Problem[]): Holidays {
  const read = readHolidays(readCsv(folder, HOLIDAYS_FILE, HOLIDAY_COLUMNS, problems))
  problems.push(...read.problems)
  return read.holidays
}

/** A list may be empty while nothing speaks of holidays: better none than dates that nobody is sure of. */
function missingHolidays(
  { dates, everyYear }: Holidays,
  services: readonly Service[],
  desk: Pack['desk'],
): Problem[] {
  if (dates.size > 0 || everyYear.size > 0) return []
  if (!needsHolidays(desk) && !services.some(speaksOfHolidays)) return []
  return [
    {
      file: HOLIDAYS_FILE,
      problem: 'has no dates',
      remedy: 'Add the public holidays: until then, hours that speak of them are shown as not known.',
    },
  ]
}

function speaksOfHolidays({ hours, contacts }: Service): boolean {
  return [hours, ...contacts.map((contact) => contact.hours)].some((one) => one?.osm?.includes('PH') === true)
}

function readText(folder: string, file: string, problems: Problem[]): string | undefined {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    problems.push({ file, problem: 'cannot be read', remedy: 'Put the file into the folder of the pack.' })
    return undefined
  }
}

function readJson<T>(folder: string, file: string, schema: z.ZodType<T>, problems: Problem[]): T | undefined {
  const content = readText(folder, file, problems)
  if (content === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    problems.push({ file, problem: 'is not JSON', remedy: 'Check its commas, quotes and brackets.' })
    return undefined
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  for (const issue of read.error.issues) {
    const field = issue.path.map(String).join('.')
    problems.push({ file, ...(field === '' ? {} : { field }), ...inWords(issue) })
  }
  return undefined
}

function readCsv(folder: string, file: string, columns: Columns, problems: Problem[]): Table {
  const content = readText(folder, file, problems)
  if (content === undefined) return { columns: [], rows: [] }
  const read = readTable(file, content, columns)
  problems.push(...read.problems)
  return read.table
}
