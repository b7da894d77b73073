import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Due } from '../../directory/checks/due.ts'
import { guarded } from '../../directory/pack/formula-guard.ts'
import { worded } from '../../directory/worded.ts'
import { LANGUAGE } from '../house.ts'
import { withDirectory } from './with-directory.ts'

/** `lantern services due`: whom to dial this week, so that no number goes stale; the most urgent first. */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- services due [--pack ID] [--days 7] [--csv FILE]')
    return Promise.resolve(1)
  }
  const { pack, days, csv } = wish
  return withDirectory(
    async (publishing) => {
      const rows = await publishing.due(days, pack)
      if (csv !== undefined) return save(csv, rows)
      for (const line of inColumns([HEADING, ...rows.map(cells)])) console.log(line)
      for (const line of rows.length === 0 ? [`Nothing is due within ${days} days.`] : tally(rows))
        console.log(line)
      return 0
    },
    { pack },
  )
}

function wished(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: { pack: { type: 'string' }, days: { type: 'string', default: '7' }, csv: { type: 'string' } },
    })
    return /^\d{1,3}$/u.test(values.days) ? { ...values, days: Number(values.days) } : undefined
  } catch {
    return undefined
  }
}

const HEADING = [
  'due',
  'why',
  'pack',
  'country',
  'service_id',
  'name',
  'numbers',
  'checked_by',
  'checked_on',
  'source',
]
const WHY = { review: 'check', ends: 'ends', never: 'never dialled' } as const

function cells(due: Due): string[] {
  const { date, why, passed, pack, country, id, name, numbers, checkedBy, checkedOn, evidence } = due
  const reason = passed ? `${WHY[why]}, withheld` : WHY[why]
  const source =
    evidence === undefined
      ? ''
      : `${evidence.url} (${[evidence.on ?? 'no date', evidence.confidence].join(', ')})`
  return [
    date === '' ? 'draft' : date,
    reason,
    pack,
    country,
    id,
    worded(name, LANGUAGE),
    numbers.join('; '),
    checkedBy,
    checkedOn,
    source,
  ]
}

/** How many, and what comes after the call. */
function tally(rows: readonly Due[]): string[] {
  const withheld = rows.filter(({ passed }) => passed).length
  const drafts = rows.filter(({ why }) => why === 'never').length
  return [
    `${rows.length} to dial, ${withheld} of them withheld already. Then: services checked ID --pack ID --by "ROLE"`,
    ...(drafts === 0
      ? []
      : [
          `${drafts} of them nobody ever dialled: they are drafts. Set status, verified_on, verified_by and review_by in the table, as docs/packs.md says.`,
        ]),
  ]
}

function inColumns(rows: readonly string[][]): string[] {
  const widths = HEADING.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function save(file: string, rows: readonly Due[]): number {
  const lines = [HEADING, ...rows.map(cells)].map((row) => row.map(quoted).join(','))
  try {
    // With a mark of its encoding, so that a spreadsheet shows every script.
    writeFileSync(file, `\u{feff}${lines.join('\r\n')}\r\n`, { mode: 0o600 })
  } catch {
    console.error('The file could not be written: is there room, and may that folder be written to?')
    return 1
  }
  console.log(`${rows.length} to dial: ${file}`)
  return 0
}

function quoted(cell: string): string {
  const text = guarded(cell)
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
