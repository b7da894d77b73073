import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Due } from '../../directory/due.ts'
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
      console.log(
        rows.length === 0
          ? `Nothing is due within ${days} days.`
          : `${rows.length} to dial, ${rows.filter(({ passed }) => passed).length} of them withheld already. Then: services checked ID --pack ID --by "ROLE"`,
      )
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

const HEADING = ['due', 'why', 'pack', 'service_id', 'name', 'numbers', 'checked_by', 'checked_on']
const WHY = { review: 'check', ends: 'ends' } as const

function cells({ date, why, passed, pack, id, name, numbers, checkedBy, checkedOn }: Due): string[] {
  const reason = passed ? `${WHY[why]}, withheld` : WHY[why]
  return [date, reason, pack, id, worded(name, LANGUAGE), numbers.join('; '), checkedBy, checkedOn]
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

/** A text that a spreadsheet would take for a formula gets a mark before it; a phone number is none. */
function quoted(cell: string): string {
  const text = /^[=@\t\r]|^[+-](?![\d ();+-]*$)/u.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
