import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import writeWorkbook from 'write-excel-file/node'
import { loadPack } from '../src/directory/pack/load-pack.ts'
import { atMostRow, type Row } from './row.ts'

/** `lantern services import` of 10,000 rows as an officer runs it: a process from its start to its exit, as a dry run. */
const ROWS = 10_000
const ROUNDS = 3
const GOAL = 10

export async function importRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-bench-import-'))
  try {
    const table = tableOfRows()
    const csv = join(folder, 'list.csv')
    const xlsx = join(folder, 'list.xlsx')
    writeFileSync(
      csv,
      table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'),
    )
    await writeWorkbook(table.map((row) => row.map((value) => ({ value, type: String })))).toFile(xlsx)
    return [measured('CSV', csv), measured('XLSX', xlsx)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function measured(kind: string, file: string): Row {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now()
    const { status, stdout } = spawnSync(
      process.execPath,
      ['src/cli/preflight.js', 'services', 'import', file, '--pack', 'demo'],
      { encoding: 'utf8', cwd: join(import.meta.dirname, '..') },
    )
    if (status !== 0 || !stdout.includes('10,000 go in')) throw new Error(`the import ended with ${status}`)
    return (performance.now() - begin) / 1000
  })
  return {
    ...atMostRow(`import of 10,000 rows, ${kind}`, 's', seconds, GOAL),
    beside: `${(statSync(file).size / 1024 / 1024).toFixed(1)} MB, each row with hours in words and a number to read`,
  }
}

function tableOfRows(): string[][] {
  const loaded = loadPack(join(import.meta.dirname, '../packs/demo'))
  if (!('pack' in loaded)) throw new Error('packs/demo cannot be read')
  const areas = loaded.pack.areas.map(({ id }) => id)
  const row = (at: number): Record<string, string> => ({
    service_id: `service-${at}`,
    name_en: `Example ${at}`,
    description_en: `Care number ${at}. They listen and tell you what help there is.`,
    org: `Example NGO ${at % 200}`,
    categories: at % 2 === 0 ? 'Psychosocial support, legal aid' : 'health; cmr',
    status: 'Active',
    country: 'XV',
    adm1_pcode: areas[at % areas.length] ?? '',
    coverage: 'adm1',
    phone: `+999 000 ${String(at).padStart(6, '0')}`,
    hours: `Mon-Fri ${(at % 3) + 7}am - ${(at % 4) + 2}pm`,
    languages: 'English, Arabic',
    serves: 'women; girls',
    documents: 'none',
    cost: 'Free',
    how_to_access: 'walk-in, phone',
    verified_on: `${(at % 28) + 1} March 2026`,
    verified_by: 'IM officer',
    review_by: '2099-01-01',
  })
  return [Object.keys(row(0)), ...Array.from({ length: ROWS }, (_, at) => Object.values(row(at)))]
}
