import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importSheet, type ImportReport } from '../../../src/directory/import/import-sheet.ts'
import type { Mapping } from '../../../src/directory/import/columns/mapping.ts'
import type { Pack } from '../../../src/directory/pack/pack.ts'
import { EXAMPLE, TODAY } from './example-pack.ts'

export const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name))

export function imported(
  content: string | Uint8Array,
  { pack = EXAMPLE, mapping = {} }: { pack?: Pack; mapping?: Mapping } = {},
): Promise<ImportReport> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return importSheet({ name: 'list.csv', bytes }, pack, { today: TODAY, mapping })
}

/** One service that is in order, with some of its cells otherwise; cells of other columns are added. */
export const GOOD: Readonly<Record<string, string>> = {
  service_id: 'one',
  name_en: 'Example one',
  description_en: 'Care by nurses.',
  org: 'Example NGO',
  categories: 'health',
  status: 'active',
  country: 'ZZ',
  adm1_pcode: 'ZZ01',
  coverage: 'adm1',
  phone: '+000 0000 0001',
  languages: 'en',
  verified_on: '2026-10-01',
  verified_by: 'IM officer',
  review_by: '2027-01-01',
}

export function sheetOf(...rows: Readonly<Record<string, string>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(cell).join(','))
    .join('\n')
}

/** "row column kind problem", without what to do. */
export function said({ findings }: ImportReport): string[] {
  return findings.map(({ row, column, kind, problem }) =>
    [row, column, kind, problem].filter((part) => part !== undefined).join(' '),
  )
}
