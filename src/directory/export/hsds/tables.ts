import { strToU8, zipSync } from 'fflate'
import { guarded } from '../../pack/formula-guard.ts'
import type { HsdsRecord } from './record.ts'

/** The same list as an HSDS tabular data package: one CSV for each kind of object, tied together by ids. */
type Row = Record<string, string | number>
type Value = HsdsRecord | readonly HsdsRecord[]

/** Under which name an object stands in another, and in which table it stands. */
const TABLES: Readonly<Record<string, string>> = {
  organization: 'organization',
  service: 'service',
  service_at_locations: 'service_at_location',
  location: 'location',
  accessibility: 'accessibility',
  phones: 'phone',
  schedules: 'schedule',
  service_areas: 'service_area',
  languages: 'language',
  required_documents: 'required_document',
  cost_options: 'cost_option',
  attributes: 'attribute',
  taxonomy_term: 'taxonomy_term',
  taxonomy: 'taxonomy',
}
const PATHS: Readonly<Record<string, string>> = { taxonomy: 'taxonomies', accessibility: 'accessibility' }
/** These are pointed to; all others point to what they belong to. */
const POINTED_TO = new Set(['organization', 'location', 'taxonomy_term', 'taxonomy'])

export function hsdsTables(records: readonly HsdsRecord[]): Map<string, Row[]> {
  const tables = new Map<string, Map<string, Row>>(
    Object.values(TABLES).map((name) => [name, new Map<string, Row>()]),
  )
  for (const record of records) put('service', record, {})
  return new Map([...tables].map(([name, rows]) => [name, [...rows.values()]]))

  function put(table: string, record: HsdsRecord, owner: Row): void {
    const row: Row = {}
    for (const [field, value] of Object.entries(record)) {
      if (typeof value === 'string' || typeof value === 'number') row[field] = value
      const inner = TABLES[field]
      if (inner === undefined || typeof value !== 'object' || value === null) continue
      for (const one of listOf(value)) {
        put(inner, one, POINTED_TO.has(inner) ? {} : { [`${table}_id`]: String(record['id']) })
        if (POINTED_TO.has(inner)) row[`${inner}_id`] = String(one['id'])
      }
    }
    // An attribute names its owner by itself.
    tables.get(table)?.set(String(record['id']), { ...row, ...(table === 'attribute' ? {} : owner) })
  }
}

function listOf(value: object): readonly HsdsRecord[] {
  const given = value as Value
  return Array.isArray(given) ? given : [given as HsdsRecord]
}

/** The bytes of the ZIP; the same list gives the same bytes. */
export function hsdsPackage(records: readonly HsdsRecord[], name: string): Uint8Array {
  const tables = [...hsdsTables(records)].filter(([, rows]) => rows.length > 0)
  const resources = tables.map(([table, rows]) => ({
    name: table,
    path: pathOf(table),
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: {
      primaryKey: 'id',
      fields: columnsOf(rows).map((field) => ({ name: field, type: typeOf(field, rows) })),
    },
  }))
  const about = { name, title: name, profile: 'tabular-data-package', hsds_version: '3.0', resources }
  const files = {
    'datapackage.json': strToU8(`${JSON.stringify(about, null, 2)}\n`),
    ...Object.fromEntries(tables.map(([table, rows]) => [pathOf(table), strToU8(csvOf(rows))])),
  }
  return zipSync(files, { level: 9, mtime: '2000-01-01' })
}

const pathOf = (table: string) => `${PATHS[table] ?? `${table}s`}.csv`

function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function typeOf(field: string, rows: readonly Row[]): string {
  return rows.every((row) => typeof (row[field] ?? 0) === 'number') ? 'number' : 'string'
}

function csvOf(rows: readonly Row[]): string {
  const columns = columnsOf(rows)
  const lines = rows.map((row) =>
    columns.map((column) => {
      const value = row[column] ?? ''
      return typeof value === 'number' ? String(value) : quoted(guarded(value))
    }),
  )
  return `${[columns, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
