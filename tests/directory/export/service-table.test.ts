import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { csvOf, serviceTable } from '../../../src/directory/export/service-table.ts'
import { templateColumns } from '../../../src/directory/export/template-columns.ts'
import { workbookOf } from '../../../src/directory/export/workbook.ts'
import { readService } from '../../../src/directory/pack/read-service.ts'
import { readTable } from '../../../src/directory/pack/read-table.ts'
import type { Service } from '../../../src/directory/service.ts'
import { isServiceColumn, REQUIRED_COLUMNS } from '../../../src/directory/pack/service-columns.ts'
import { demoPack } from '../demo.ts'
import { anyService, anyServices, PACK } from './any-service.ts'

/** The list as a table: what goes out comes in again as the same list. */
function read(csv: string, pack = PACK): Service[] {
  const { table, problems } = readTable('services.csv', csv, {
    required: REQUIRED_COLUMNS,
    isKnown: isServiceColumn,
  })
  expect(problems).toEqual([])
  return table.rows.map((row) => {
    const found = readService(row, pack)
    if ('problems' in found) throw new Error(JSON.stringify(found.problems))
    return found.service
  })
}

const withoutSource = (services: readonly Service[]) =>
  services.map((service) => ({ ...service, source: undefined }))

describe('a list that goes out and comes in', () => {
  test('is the same list: the demo pack as CSV and as HXL', () => {
    const pack = demoPack()
    const table = serviceTable(pack.services, pack)
    for (const how of ['plain', 'hxl'] as const)
      expect(withoutSource(read(csvOf(table, how), pack))).toEqual(withoutSource(pack.services))
  })

  test('is the same list, whatever is in it', () => {
    fc.assert(
      fc.property(anyServices, fc.constantFrom('plain', 'hxl'), (services, how) => {
        const csv = csvOf(serviceTable(services, PACK), how)
        expect(withoutSource(read(csv))).toEqual(withoutSource(services))
      }),
      { numRuns: 150 },
    )
  })

  test('is the same list as a workbook, with phone numbers as text', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyServices, async (services) => {
        const [sheet] = await readWorkbook(await workbookOf(serviceTable(services, PACK)))
        const cells = (sheet?.data ?? []).map((row) => row.map((cell) => cell ?? ''))
        expect(cells.flat().every((cell) => typeof cell === 'string')).toBe(true)
        const csv = cells.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','))
        expect(withoutSource(read(csv.join('\n')))).toEqual(withoutSource(services))
      }),
      { numRuns: 30 },
    )
  })
})

test('no cell of a table is calculated by a spreadsheet', () => {
  fc.assert(
    fc.property(anyService, (service) => {
      for (const row of serviceTable([service], PACK).rows)
        for (const cell of row) if (/^[=@\t]|^[+-].*[a-z(]/iu.test(cell)) throw new Error(cell)
    }),
    { numRuns: 300 },
  )
})

describe('the template', () => {
  const reference = (name: string) =>
    parse(readFileSync(join(import.meta.dirname, '../../fixtures/directory', name), 'utf8'))

  test('begins with the columns of the published one and has their HXL tags', () => {
    const [heading = [], tags = []] = reference('template.hxl.csv')
    const ours = new Map(templateColumns(['en', 'ar']).map(({ column, hxl }) => [column, hxl]))
    // Texts that the published template has in one language only stand in each here.
    const asHere = (tag: string) => (/^#loc\+(?:name|address)$/u.test(tag) ? `${tag}+i_en` : tag)
    expect(heading.filter((column) => ours.get(column) === undefined)).toEqual([])
    expect(heading.map((column) => ours.get(column))).toEqual(tags.map(asHere))
  })

  test('is the table without rows, and every column is one that is read', () => {
    const { columns, rows } = serviceTable([], PACK)
    expect(rows).toEqual([])
    expect(columns.filter(({ column }) => !isServiceColumn(column))).toEqual([])
    expect(new Set(columns.map(({ column }) => column)).size).toBe(columns.length)
    expect(columns.filter(({ about, allowed }) => about === '' || allowed === '')).toEqual([])
  })

  test('as a workbook explains each column on a second sheet', async () => {
    const table = serviceTable([], PACK)
    const [services, explained] = await readWorkbook(await workbookOf(table))
    expect(services?.data).toEqual([table.columns.map(({ column }) => column)])
    expect(explained?.sheet).toBe('Columns')
    expect(explained?.data.slice(1)).toEqual(
      table.columns.map(({ column, about, allowed }) => [column, about, allowed]),
    )
  })
})
