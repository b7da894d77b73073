import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { unguarded } from '../../../pack/formula-guard.ts'
import type { Foreign, Format } from '../../foreign.ts'
import { readHsds } from './hsds-json.ts'

/** An HSDS tabular data package: one CSV for each kind of object, put together again to the objects that the JSON has. */
export const hsdsPackageFormat: Format = {
  name: 'HSDS 3, as a package of tables',
  isOne: (foreign) => tablesIn(foreign)?.has('service') === true,
  read: (foreign, pack) => readHsds(servicesOf(tablesIn(foreign) ?? new Map<string, string>()), pack),
}

type Row = Record<string, string>

const TABLES = [
  'service',
  'organization',
  'location',
  'service_at_location',
  'phone',
  'schedule',
  'address',
  'accessibility',
  'service_area',
  'language',
  'required_document',
  'cost_option',
  'contact',
  'attribute',
  'taxonomy_term',
  'taxonomy',
] as const
const resources = z.object({
  resources: z.array(z.object({ name: z.string(), path: z.string() })),
})

/** By the name that the package gives its files, else by the files' own names. */
function tablesIn(foreign: Foreign): Map<string, string> | undefined {
  if (foreign.kind !== 'package') return undefined
  const tables = new Map<string, string>()
  const about = [...foreign.files].find(([path]) => /(?:^|\/)datapackage\.json$/u.test(path))
  const [aboutPath = '', aboutText = ''] = about ?? []
  const folder = aboutPath.slice(0, aboutPath.lastIndexOf('/') + 1)
  for (const { name, path } of resourcesIn(aboutText)) {
    const file = foreign.files.get(`${folder}${path}`)
    const table = tableNamed(name) ?? tableNamed(path)
    if (file !== undefined && table !== undefined) tables.set(table, file)
  }
  for (const [path, file] of foreign.files) {
    const table = /\.csv$/iu.test(path) ? tableNamed(path) : undefined
    if (table !== undefined && !tables.has(table)) tables.set(table, file)
  }
  return tables
}

function resourcesIn(text: string) {
  try {
    return resources.safeParse(JSON.parse(text)).data?.resources ?? []
  } catch {
    return []
  }
}

/** "services.csv", "service", "services_at_location.csv", "taxonomies", "addresss.csv". */
function tableNamed(path: string): string | undefined {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.csv$/iu, '')
    .toLowerCase()
  if (/^services?_at_locations?$/u.test(name)) return 'service_at_location'
  if (/^address(?:e?s)?$/u.test(name)) return 'address'
  if (name === 'taxonomies') return 'taxonomy'
  return TABLES.find((table) => table === name || `${table}s` === name)
}

function rowsOf(file: string | undefined): Row[] {
  if (file === undefined) return []
  try {
    const rows: Row[] = parse(file, {
      bom: true,
      columns: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    })
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([field, value]) => [field, unguarded(value)])),
    )
  } catch {
    return []
  }
}

function servicesOf(files: ReadonlyMap<string, string>): unknown[] {
  const table = (name: (typeof TABLES)[number]) => rowsOf(files.get(name))
  const by = (rows: readonly Row[], field: string) => Map.groupBy(rows, (row) => row[field] ?? '')
  const phones = table('phone')
  const schedules = table('schedule')
  const [phonesOf, phonesAt, phonesAtBoth, phonesOfOwner] = [
    'service_id',
    'location_id',
    'service_at_location_id',
    'organization_id',
  ].map((field) => by(phones, field))
  const [schedulesOf, schedulesAt, schedulesAtBoth] = [
    'service_id',
    'location_id',
    'service_at_location_id',
  ].map((field) => by(schedules, field))
  const addresses = by(table('address'), 'location_id')
  const accessibility = by(table('accessibility'), 'location_id')
  const taxonomies = new Map(table('taxonomy').map((row) => [row['id'] ?? '', row]))
  const terms = new Map(
    table('taxonomy_term').map((row) => [
      row['id'] ?? '',
      { ...row, taxonomy: taxonomies.get(row['taxonomy_id'] ?? '') ?? { name: row['taxonomy'] } },
    ]),
  )
  const attributes = by(table('attribute'), 'link_id')
  const locations = new Map(
    table('location').map((row) => {
      const id = row['id'] ?? ''
      return [
        id,
        {
          ...row,
          addresses: addresses.get(id),
          accessibility: accessibility.get(id),
          phones: phonesAt?.get(id),
          schedules: schedulesAt?.get(id),
        },
      ]
    }),
  )
  const places = by(table('service_at_location'), 'service_id')
  const organizations = new Map(
    table('organization').map((row) => [
      row['id'] ?? '',
      { ...row, phones: phonesOfOwner?.get(row['id'] ?? '') },
    ]),
  )
  const lists = (['service_area', 'language', 'required_document', 'cost_option', 'contact'] as const).map(
    (name) => [`${name}s`, by(table(name), 'service_id')] as const,
  )
  return table('service').map((row) => {
    const id = row['id'] ?? ''
    return {
      ...row,
      organization: organizations.get(row['organization_id'] ?? ''),
      phones: phonesOf?.get(id),
      schedules: schedulesOf?.get(id),
      attributes: attributes
        .get(id)
        ?.map((one) => ({ ...one, taxonomy_term: terms.get(one['taxonomy_term_id'] ?? '') })),
      ...Object.fromEntries(lists.map(([name, rows]) => [name, rows.get(id)])),
      service_at_locations: places.get(id)?.map((at) => ({
        ...at,
        location: locations.get(at['location_id'] ?? ''),
        phones: phonesAtBoth?.get(at['id'] ?? ''),
        schedules: schedulesAtBoth?.get(at['id'] ?? ''),
      })),
    }
  })
}
