import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportReport } from '../../directory/import/import-sheet.ts'
import type { Mapping } from '../../directory/import/columns/mapping.ts'
import { loadPack } from '../../directory/pack/load-pack.ts'
import type { Pack } from '../../directory/pack/pack.ts'
import { todayIn } from '../../directory/checks/freshness.ts'
import { HOUSE } from '../house.ts'
import { progressBar } from '../progress-bar.ts'

/**
 * `lantern services import`: says row by row what of a file goes into the directory, and changes nothing. With `--propose` the
 * list waits for another person to publish it. Exit code: 0 when nothing is refused, or the proposal is made; 2 when rows are
 * refused or held and the rest could go in; 1 when nothing can be done with it.
 */
export const USAGE = `Usage: npm run -s lantern -- services import FILE --pack ID [--mapping FILE] [--save-mapping FILE] [--report FILE.csv] [--json] [--not-secret ID]... [--not-personal ID]...
       npm run -s lantern -- services import FILE --pack ID --propose --by "ROLE" [--even-so]`

export async function run(args: string[], folder = join(HOUSE, 'packs')): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) return failed(USAGE)
  const pack = packOf(wish.pack, folder)
  if (pack === undefined) return 1
  const mapping = wish.mapping === undefined ? {} : await mappingIn(wish.mapping)
  if (mapping === undefined) return 1
  const report = await imported(wish, pack, mapping)
  const saved = [
    ...(wish.report === undefined
      ? []
      : [{ file: wish.report, text: (await import('./import/report-table.ts')).reportCsv(report) }]),
    ...(wish.saveMapping === undefined
      ? []
      : [
          {
            file: wish.saveMapping,
            text: (await import('../../directory/import/columns/mapping.ts')).writeMapping(report.columns),
          },
        ]),
  ]
  for (const { file, text } of saved)
    try {
      writeFileSync(file, text)
    } catch (error) {
      return failed(`${file} cannot be written: ${reason(error)}.`)
    }
  const { jsonOf, reportLines } = await import('./import/report-table.ts')
  if (wish.json) console.log(JSON.stringify(jsonOf(report), null, 2))
  else for (const line of reportLines(report, pack, Date.now())) console.log(line)
  if (wish.propose) return (await import('./import/propose.ts')).propose(report, { ...wish, folder })
  return exitCode(report)
}

export function exitCode({ rows, services, findings }: ImportReport): number {
  if (services.length === 0) return 1
  return services.length === rows && findings.every(({ kind }) => kind !== 'refused' && kind !== 'held')
    ? 0
    : 2
}

async function imported(
  {
    file,
    notSecret,
    notPersonal,
  }: { file: string; notSecret: readonly string[]; notPersonal: readonly string[] },
  pack: Pack,
  mapping: Mapping,
): Promise<ImportReport> {
  const bar = progressBar(`Reading ${basename(file)}`)
  const { sourceIn } = await import('./import/source-in.ts')
  const { importSheet } = await import('../../directory/import/import-sheet.ts')
  const source = sourceIn(file)
  if ('refusal' in source)
    return { format: '', rows: 0, services: [], findings: [source.refusal], columns: {} }
  try {
    return await importSheet(source, pack, {
      today: todayIn(pack, Date.now()),
      mapping,
      notSecret: new Set(notSecret),
      notPersonal: new Set(notPersonal),
      progress: (done, of) => bar.show(done, of),
    })
  } finally {
    bar.end()
  }
}

/** The pack's own table may be what is to be mended, so only its other files must be in order. */
function packOf(id: string, folder: string): Pack | undefined {
  const loaded = /^[a-z0-9-]{1,40}$/u.test(id) ? loadPack(join(folder, id)) : { problems: [] }
  if ('pack' in loaded) return loaded.pack
  console.error(`There is no pack ${id} that can be read. See: npm run -s lantern -- check`)
  return undefined
}

const LONGEST_MAPPING = 1_000_000

async function mappingIn(file: string): Promise<Mapping | undefined> {
  const { readMapping } = await import('../../directory/import/columns/mapping.ts')
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    failed(`${file} cannot be read: ${reason(error)}.`)
    return undefined
  }
  const read = text.length > LONGEST_MAPPING ? { problem: 'is too long for a mapping' } : readMapping(text)
  if ('problem' in read) {
    failed(`${file} ${read.problem}.`)
    return undefined
  }
  for (const { column = '', problem, remedy } of read.findings)
    console.error(`${file}: "${column}" ${problem}. ${remedy}`)
  return read.mapping
}

function failed(line: string): number {
  console.error(line)
  return 1
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason was given'
}

const OPTIONS = {
  pack: { type: 'string' },
  mapping: { type: 'string' },
  'save-mapping': { type: 'string' },
  report: { type: 'string' },
  json: { type: 'boolean', default: false },
  propose: { type: 'boolean', default: false },
  by: { type: 'string' },
  'even-so': { type: 'boolean', default: false },
  'not-secret': { type: 'string', multiple: true },
  'not-personal': { type: 'string', multiple: true },
} as const

function wished(args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
    const [file] = positionals
    const {
      pack,
      mapping,
      report,
      json,
      propose,
      by,
      'save-mapping': saveMapping,
      'even-so': evenSo,
      'not-secret': notSecret = [],
      'not-personal': notPersonal = [],
    } = values
    if (file === undefined || positionals.length > 1 || pack === undefined) return undefined
    // Who proposes it must be said, and nobody is asked who only looks.
    if (propose !== (by !== undefined) || (evenSo && !propose)) return undefined
    return { file, pack, mapping, report, json, propose, by, saveMapping, evenSo, notSecret, notPersonal }
  } catch {
    return undefined
  }
}
