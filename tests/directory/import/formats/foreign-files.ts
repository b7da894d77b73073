import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../../../src/directory/import/finding.ts'
import type { Foreign } from '../../../../src/directory/import/foreign.ts'
import { FORMATS } from '../../../../src/directory/import/formats.ts'
import { demoPack } from '../../demo.ts'

/** Files in the shapes in which other systems publish theirs; everything in them is invented. */
const FOLDER = join(import.meta.dirname, '../../../fixtures/directory/foreign')
export const PACK = demoPack()

export function jsonFile(name: string): Foreign & { kind: 'json' } {
  return { kind: 'json', value: JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) }
}

export function packageFolder(name: string): Foreign & { kind: 'package' } {
  const paths = readdirSync(join(FOLDER, name), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const files = new Map(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(join(FOLDER, name).length + 1), readFileSync(path, 'utf8')]
    }),
  )
  return { kind: 'package', files }
}

export interface ReadRecord {
  row: number
  cells: Readonly<Record<string, string>>
}

/** Through the first format that says the file is one of its own, as the importer asks them. */
export function readForeign(
  foreign: Foreign,
  pack = PACK,
): { format: string; records: ReadRecord[]; findings: Finding[] } {
  const format = FORMATS.find((one) => one.isOne(foreign))
  if (format === undefined) throw new Error('no format knows it')
  const { sheet, findings } = format.read(foreign, pack)
  const records = sheet.rows.map(({ row, cells }) => ({
    row,
    cells: Object.fromEntries(
      sheet.heading.map((column, at) => [column, cells[at] ?? '']).filter(([, cell]) => cell !== ''),
    ),
  }))
  return { format: format.name, records, findings }
}

/** What was found in one record: its column, and how it ends. */
export const foundIn = (findings: readonly Finding[], row: number) =>
  findings.filter((finding) => finding.row === row).map(({ kind, column = '' }) => `${kind} ${column}`)
