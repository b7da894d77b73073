import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { type Pack, packFile, type Problem, rightsFile } from './pack.ts'
import { readService, type Row } from './read-service.ts'
import type { Service } from './service.ts'

/**
 * Reads one pack's folder. Whatever is wrong is returned as problems with file, row and field; nothing throws for bad
 * content, and a pack with a faulty row is not given out without saying so.
 */
export type LoadedPack = { pack: Pack; problems: Problem[] } | { problems: Problem[] }

export function loadPack(folder: string): LoadedPack {
  const problems: Problem[] = []
  const about = readJson(folder, 'pack.json', packFile, problems)
  const rights = readJson(folder, 'rights.json', rightsFile, problems) ?? {}
  const services: Service[] = []
  const lineOf = new Map<string, number>()
  for (const [index, row] of readCsv(folder, 'services.csv', problems).entries()) {
    const line = index + 2
    const read = readService(row, line)
    if ('problems' in read) {
      problems.push(...read.problems)
      continue
    }
    const earlier = lineOf.get(read.service.id)
    if (earlier === undefined) {
      lineOf.set(read.service.id, line)
      services.push(read.service)
    } else
      problems.push({
        file: 'services.csv',
        row: line,
        field: 'service_id',
        problem: `is the same as in row ${earlier}`,
        remedy: 'Give each service an id of its own.',
      })
  }
  const holidays = new Set(
    readCsv(folder, 'holidays.csv', problems).flatMap(({ date }) => (date ? [date.trim()] : [])),
  )
  if (about === undefined) return { problems }
  problems.push(...unknownAreas(about, services, lineOf))
  return { pack: { ...about, services, rights, holidays }, problems }
}

function unknownAreas(
  { areas }: z.output<typeof packFile>,
  services: readonly Service[],
  lineOf: ReadonlyMap<string, number>,
): Problem[] {
  return services.flatMap(({ id, area }) => {
    if (area.adm1 === undefined || areas.some((known) => known.id === area.adm1)) return []
    const row = lineOf.get(id)
    return [
      {
        file: 'services.csv',
        ...(row === undefined ? {} : { row }),
        field: 'adm1_pcode',
        problem: 'names an area that pack.json does not have',
        remedy: 'Use the id of an area in pack.json, or add the area there.',
      },
    ]
  })
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
  for (const { path, message } of read.error.issues)
    problems.push({
      file,
      field: path.join('.'),
      problem: `cannot be used (${message})`,
      remedy: 'Compare it with packs/demo.',
    })
  return undefined
}

function readCsv(folder: string, file: string, problems: Problem[]): Row[] {
  const content = readText(folder, file, problems)
  if (content === undefined) return []
  try {
    return parse(content, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : Number.NaN
    problems.push({
      file,
      ...(Number.isNaN(line) ? {} : { row: line }),
      problem: 'has a row whose cells do not fit the heading',
      remedy: 'Check commas and quotation marks in this row.',
    })
    return []
  }
}
