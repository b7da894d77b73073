import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { hsdsRecords } from '../../../../src/directory/export/hsds/page.ts'
import { hsdsPackage } from '../../../../src/directory/export/hsds/tables.ts'
import { demoPack } from '../../demo.ts'

/** The list as a package of tables. */
const records = hsdsRecords({ pack: demoPack(), language: 'en', now: Date.UTC(2026, 9, 1) })
const files = unzipSync(hsdsPackage(records, 'demo'))
const about = JSON.parse(strFromU8(files['datapackage.json'] ?? new Uint8Array())) as {
  resources: { name: string; path: string; schema: { fields: { name: string }[] } }[]
}
const tables = new Map(
  about.resources.map(({ name, path }) => {
    const rows: Record<string, string>[] = parse(strFromU8(files[path] ?? new Uint8Array()), {
      columns: true,
    })
    return [name, rows]
  }),
)

describe('a tabular package', () => {
  test('says which tables it has, and their columns', () => {
    expect(Object.keys(files).toSorted()).toEqual(
      ['datapackage.json', ...about.resources.map(({ path }) => path)].toSorted(),
    )
    for (const { name, schema } of about.resources)
      expect(Object.keys(tables.get(name)?.[0] ?? {})).toEqual(schema.fields.map((field) => field.name))
    expect(tables.get('service')).toHaveLength(records.length)
  })

  test('has every id once in its table, and none that points nowhere', () => {
    const ids = new Map([...tables].map(([name, rows]) => [name, new Set(rows.map(({ id }) => id))]))
    for (const [name, rows] of tables) {
      expect(ids.get(name)?.size).toBe(rows.length)
      for (const row of rows)
        for (const [field, value] of Object.entries(row)) {
          const target = /^(\w+)_id$/u.exec(field)?.[1] ?? ''
          if (value === '' || target === '') continue
          expect(ids.get(target === 'link' ? 'service' : target)?.has(value)).toBe(true)
        }
    }
    for (const name of ['phone', 'schedule', 'service_area', 'attribute'])
      for (const row of tables.get(name) ?? []) expect(row['service_id'] ?? row['link_id']).not.toBe('')
  })

  test('is the same bytes for the same list', () => {
    expect(hsdsPackage(records, 'demo')).toEqual(hsdsPackage(records, 'demo'))
  })

  test('has no cell that a spreadsheet would calculate', () => {
    const [first = {}] = records
    const csv = strFromU8(
      unzipSync(hsdsPackage([{ ...first, name: '=1+1' }], 'demo'))['services.csv'] ?? new Uint8Array(),
    )
    expect(csv).toContain("'=1+1")
  })
})
